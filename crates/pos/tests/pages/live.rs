//! The stream of an open page.

use axum::body::Body;
use axum::http::{Request, header};
use futures_util::StreamExt;
use testkit::catalogue::id_of;
use tower::ServiceExt;

use crate::visitor::{As, CASHIER, GARLIC, HOST, Visitor, store};

/// A stream, read event by event.
pub(crate) struct Events(axum::body::BodyDataStream);

impl Events {
    pub(crate) async fn open(visitor: &Visitor, cookies: &str) -> (u16, Self) {
        let request = Request::get("/counter/events")
            .header(header::HOST, HOST)
            .header(header::ACCEPT, "text/event-stream")
            .header(header::COOKIE, cookies)
            .body(Body::empty())
            .unwrap();
        let response = visitor.router.clone().oneshot(request).await.unwrap();
        (response.status().as_u16(), Self(response.into_body().into_data_stream()))
    }

    /// Returns number and elements of the next event; `None` when the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<(i64, String)> {
        let mut text = String::new();
        while !text.ends_with("\n\n") {
            text.push_str(std::str::from_utf8(&self.0.next().await?.unwrap()).unwrap());
        }
        let id = text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().parse().unwrap();
        Some((id, text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap().to_owned()))
    }
}

#[tokio::test]
async fn the_current_state_comes_first_and_every_change_after_it() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    let (status, mut events) = Events::open(&visitor, &visitor.cookies()).await;
    assert_eq!(status, 200);
    let (first, markup) = events.next().await.unwrap();
    assert!(markup.contains("280.000 ₫"), "{markup}");
    assert!(
        !markup.contains("id=\"note\"") && !markup.contains("id=\"side\""),
        "they belong to the window that acted"
    );
    let answer = visitor.scan(GARLIC).await;
    let (second, markup) = events.next().await.unwrap();
    assert!(markup.contains("560.000 ₫"), "{markup}");
    assert!(second > first);
    assert_eq!(
        answer.headers["x-state"].to_str().unwrap(),
        second.to_string(),
        "answer and stream number alike"
    );
    // Several changes while nobody reads are one event.
    for _ in 0..40 {
        store.app.tell_changed();
    }
    let (third, _) = events.next().await.unwrap();
    assert_eq!(third, second + 40);
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_with_the_program() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let cookies = visitor.cookies();
    let (_, mut first) = Events::open(&visitor, &cookies).await;
    first.next().await.unwrap();
    visitor.post(As::Json, "/sign-out", &[]).await;
    store.app.tell_changed();
    assert!(first.next().await.is_none());
    assert_eq!(Events::open(&visitor, &cookies).await.0, 401);

    let visitor = Visitor::signed_in(&store, CASHIER).await;
    let (_, mut second) = Events::open(&visitor, &visitor.cookies()).await;
    second.next().await.unwrap();
    store.app.tell_ending();
    assert!(second.next().await.is_none());
}

#[tokio::test]
async fn a_stream_ends_when_its_person_is_taken_off_the_list() {
    let store = store().await;
    let visitor = Visitor::signed_in(&store, CASHIER).await;
    let (_, mut events) = Events::open(&visitor, &visitor.cookies()).await;
    events.next().await.unwrap();
    let mut tx = store.app.db().begin().await.unwrap();
    pos::db::cashiers::update_inactive(&mut tx, id_of(CASHIER)).await.unwrap();
    tx.commit().await.unwrap();
    store.app.tell_changed();
    assert!(events.next().await.is_none());
}

/// A page that lies open is no sign of a person.
#[tokio::test]
async fn a_stream_keeps_no_counter_unlocked() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    for _ in 0..2 {
        store.clock.advance(6 * 60_000);
        let _ = Events::open(&visitor, &visitor.cookies()).await;
    }
    assert_eq!(visitor.get(As::Json, "/counter/state").await.status, 401);
}
