//! The customer's screen: a second window that shows what is scanned, what there is to pay, and thanks. Nobody signs in
//! there; it is answered in the shop's own network alone, and it can do nothing.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use axum::Json;
use axum::extract::{ConnectInfo, FromRequestParts, Query, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::Money;
use domain::arrival::Arrival;
use futures_util::stream;
use maud::{Markup, html};
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use utoipa::ToSchema;
use web::fragment::stars;
use web::layout::{Page, Shape};
use web::words::WebTexts;
use web::{Fault, Lang, qr};

use super::bank_texts::BankTexts;
use super::deposit_texts::DepositTexts;
use super::display_pictures;
use super::display_texts::DisplayTexts;
use super::error::fault;
use super::live::ANSWER_FIRST;
use super::sign_in::COUNTERS_MAX;
use super::texts::CounterTexts;
use super::visit::{Site, Wanted};
use crate::counter::display::{self, DisplayLine, DisplayState, Thanks};
use crate::counter::payment::VietQrState;

/// The stream's address.
pub const EVENTS: &str = "/display/events";
/// Rows beside the newest one.
const ITEMS_MAX: usize = 6;

/// Whose screen it is.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
pub struct DisplayOf {
    /// The counter, from 1.
    counter: u8,
}

/// Somebody in the shop's own network, or on the computer itself.
pub struct Neighbour;

impl<S: Send + Sync> FromRequestParts<S> for Neighbour {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        match ConnectInfo::<SocketAddr>::from_request_parts(parts, state).await {
            Ok(ConnectInfo(peer)) if is_near(peer.ip()) => Ok(Self),
            _ => Err(Fault::forbidden()),
        }
    }
}

/// Says whether an address can only be of this computer or its own network.
fn is_near(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip == Ipv6Addr::LOCALHOST || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

impl DisplayOf {
    /// Returns the counter's name.
    fn name(self) -> Result<String, Fault> {
        let is_counter = (1..=COUNTERS_MAX).contains(&self.counter);
        is_counter.then(|| Lang::Vi.counter_no(self.counter)).ok_or_else(Fault::not_found)
    }
}

/// The page; for programs its state.
pub async fn page(
    _: Neighbour,
    State(site): State<Site>,
    Query(of): Query<DisplayOf>,
    lang: Lang,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let counter = of.name()?;
    let state = load(&site, &counter).await?;
    if Wanted::of(&headers) == Wanted::Json {
        return Ok(Json(state).into_response());
    }
    let events = format!("{EVENTS}?counter={}", of.counter);
    let page =
        Page { events: Some(&events), ..Page::new(lang, Shape::Display, &state.store, lang.display_page()) };
    let is_training = site.app().config().is_training();
    let main = html! {
        @if is_training { p.training { "⚠ " (WebTexts::training(lang)) } }
        (fragment(lang, &state))
        p.lost role="status" { (lang.display_lost()) }
    };
    Ok(page.with(main).into_response())
}

async fn load(site: &Site, counter: &str) -> Result<DisplayState, Fault> {
    let app = site.app();
    display::load(&app, counter, site.chosen(counter)).await.map_err(|error| fault(&app, error))
}

/// A screen that is looked at.
struct Watch {
    site: Site,
    lang: Lang,
    counter: String,
    changes: Receiver<()>,
    shown: Option<DisplayState>,
    number: u64,
}

/// Streams what the screen shows: what it is now, then whatever changes. It ends with the program.
pub async fn events(
    _: Neighbour,
    State(site): State<Site>,
    Query(of): Query<DisplayOf>,
    lang: Lang,
) -> Result<Response, Fault> {
    let (counter, changes) = (of.name()?, site.app().changes());
    let watch = Watch { site, lang, counter, changes, shown: None, number: 0 };
    let events = stream::unfold(watch, async |mut watch| {
        let event = watch.next().await?;
        Some((Ok::<_, Infallible>(event), watch))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

impl Watch {
    /// Waits for the next state that looks otherwise; `None` ends the stream, and the screen connects again.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.shown.is_some() {
                self.changed().await?;
                tokio::time::sleep(ANSWER_FIRST).await;
            }
            // One state stands for all changes before it.
            while self.changes.try_recv().is_ok() {}
            let state = load(&self.site, &self.counter).await.ok()?;
            if self.shown.as_ref() == Some(&state) {
                continue;
            }
            let markup = fragment(self.lang, &state).into_string().replace('\r', " ");
            self.shown = Some(state);
            self.number += 1;
            return Some(Event::default().id(self.number.to_string()).data(markup));
        }
    }

    /// Waits until something changed, the thanks are over, or it is another picture's turn.
    async fn changed(&mut self) -> Option<()> {
        let app = self.site.app();
        let until_ms = self.shown.as_ref().and_then(DisplayState::until_ms);
        let left_ms = until_ms.map(|until_ms| until_ms - app.clock().now_ms());
        let over = async {
            match left_ms.map(u64::try_from) {
                Some(left_ms) => tokio::time::sleep(Duration::from_millis(left_ms.unwrap_or(0))).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            change = self.changes.recv() => (!matches!(change, Err(RecvError::Closed))).then_some(()),
            () = over => Some(()),
            () = app.ending() => None,
        }
    }
}

/// `#screen`: everything on the screen.
pub fn fragment(lang: Lang, state: &DisplayState) -> Markup {
    html! {
        section #screen.screen aria-label=(lang.display_page()) {
            @if let Some(thanks) = &state.thanks {
                (thanked(lang, thanks))
            } @else if let Some(vietqr) = &state.vietqr {
                (to_scan(lang, vietqr, state))
            } @else if let Some(shown) = &state.picture {
                img.idle src={ (display_pictures::PAGE) "/" (shown.picture_id) } alt=(state.store);
            } @else if state.lines.is_empty() {
                p.thanks { (state.store) small { (lang.welcome()) } }
            } @else {
                (goods(lang, state))
            }
        }
    }
}

fn thanked(lang: Lang, thanks: &Thanks) -> Markup {
    html! {
        p.thanks { (lang.thank_you()) small { (lang.paid()) " " (Money::new(thanks.payable_vnd)) } }
        @if thanks.change_vnd > 0 {
            p.sum { span { (CounterTexts::change(lang)) } output { (Money::new(thanks.change_vnd)) } }
        }
        @if let Some(code) = &thanks.receipt_qr {
            (qr::picture(code, lang.receipt_qr()))
            p.less { (lang.receipt_qr_about()) }
        }
    }
}

/// A code for less than all that is due asks for a deposit, or for what is left beside other ways of paying.
fn to_scan(lang: Lang, vietqr: &VietQrState, state: &DisplayState) -> Markup {
    let (due, came) = (Money::new(vietqr.amount_vnd), Money::new(vietqr.came_vnd));
    let is_part = vietqr.amount_vnd != state.payable_vnd;
    let label = match (is_part, state.is_deposit) {
        (false, _) => lang.total_label(),
        (true, true) => lang.deposit_amount(),
        (true, false) => lang.transferred_part(),
    };
    if Arrival::of(due, came) == Arrival::Exact {
        return html! { p.thanks { (lang.transfer_is_here()) small { (came) } } };
    }
    html! {
        p.item { (lang.scan_to_pay()) small { span { (vietqr.account) } span { (vietqr.reference) } } }
        (qr::picture(&vietqr.payload, &lang.vietqr_picture(due)))
        @if is_part {
            p.less { span { (lang.total_label()) } span { (Money::new(state.payable_vnd)) } }
        }
        p.sum { span { (label) } output { (due) } }
    }
}

/// The newest row is large, the others follow, the last one first.
fn goods(lang: Lang, state: &DisplayState) -> Markup {
    let newest = state.newest.filter(|row| *row < state.lines.len());
    let others = state.lines.iter().enumerate().rev().filter(|(row, _)| Some(*row) != newest);
    let hidden = state.lines.len().saturating_sub(usize::from(newest.is_some()) + ITEMS_MAX);
    let times = |line: &DisplayLine| html! { (line.quantity_text()) " × " (Money::new(line.price_vnd)) };
    html! {
        @if let Some(line) = newest.and_then(|row| state.lines.get(row)) {
            p.item {
                span { (line.name) (stars(lang, line.stars)) }
                small { span { (times(line)) } span { (Money::new(line.amount_vnd)) } }
            }
        }
        ul.items {
            @for (_, line) in others.take(ITEMS_MAX) {
                li { span { (line.name) (stars(lang, line.stars)) } span.mute { (times(line)) } span.n.money { (Money::new(line.amount_vnd)) } }
            }
            @if hidden > 0 { li { span.mute { (lang.more_rows(hidden)) } } }
        }
        @if state.discount_vnd != 0 {
            p.less { span { (lang.discount()) } span { (Money::new(-state.discount_vnd)) } }
        }
        @if state.covered_vnd != 0 {
            p.less { span { (lang.covered()) } span { (Money::new(-state.covered_vnd)) } }
        }
        @if state.payable_vnd < 0 {
            p.sum { span { (lang.goes_back()) } output { (Money::new(-state.payable_vnd)) } }
        } @else {
            p.sum { span { (lang.total_label()) } output elementtiming="total" { (Money::new(state.payable_vnd)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn only_the_shops_own_network_sees_a_screen() {
        for (ip, expected) in [
            ("127.0.0.1", true),
            ("::1", true),
            ("192.168.1.20", true),
            ("10.0.0.7", true),
            ("172.16.3.4", true),
            ("169.254.1.1", true),
            ("::ffff:192.168.1.20", true),
            ("fd00::7", true),
            ("fe80::1", true),
            ("8.8.8.8", false),
            ("172.32.0.1", false),
            ("::ffff:8.8.8.8", false),
            ("2001:4860:4860::8888", false),
            ("0.0.0.0", false),
        ] {
            assert_eq!(is_near(ip.parse().unwrap()), expected, "{ip}");
        }
    }
}
