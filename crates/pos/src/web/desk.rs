//! The shells of the counter's page and of the pages beside it.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use web::Fault;
use web::layout::{Link, Page, Shape};

use super::menu::Menu;
use super::note;
use super::scan_habit;
use super::texts::CounterTexts;
use super::visit::Visit;
use super::{chips, keys};
use crate::counter::{CounterState, Note};
use crate::db::store;

/// The right end of the counter's header: who, chips, time.
pub fn status(visit: &Visit, state: &CounterState) -> Markup {
    html! {
        button.who type="button" data-post="/counter/show" name="show" value="switch"
            aria-keyshortcuts=(keys::SWITCH.shortcut) title=(keys::SWITCH.cap) {
            span { (visit.seat.counter) " · " (visit.seat.cashier) }
            span.hidden { (visit.lang.switch_person()) }
        }
        (chips::fragment(visit.lang, state))
        time #now { (web::format::local_time_text(visit.app.clock().now_ms())) }
    }
}

/// The last line of the counter's page.
pub fn hints(visit: &Visit) -> Markup {
    let lang = visit.lang;
    html! {
        footer.hints {
            span { kbd { (keys::HELP.cap) } " " (lang.help()) }
            span { kbd { (keys::UP.cap) } " " kbd { (keys::DOWN.cap) } " " (lang.hint_rows()) }
            span { kbd { (keys::MORE.cap) } " " kbd { (keys::LESS.cap) } " " (lang.hint_pieces()) }
            span { kbd { (keys::REMOVE.cap) } " " (lang.hint_remove()) }
            span { (lang.hint_saved()) }
        }
    }
}

/// Returns a page beside the counter, with the note that was left for it.
///
/// # Errors
/// When the store's name cannot be read.
pub async fn page(visit: &Visit, here: &str, title: &str, main: Markup) -> Result<Response, Fault> {
    page_with(visit, here, title, None, main).await
}

/// As [`page`], with a note of its own, which goes before one that was left.
///
/// # Errors
/// When the store's name cannot be read.
pub async fn page_with(
    visit: &Visit,
    here: &str,
    title: &str,
    told: Option<&Note>,
    main: Markup,
) -> Result<Response, Fault> {
    let brand = visit.ok(brand(visit).await)?;
    let lang = visit.lang;
    let mut links = vec![Link { href: "/", words: lang.counter_page(), is_here: false }];
    links.extend(Menu::places(visit.seat.manager).map(|place| Link {
        href: place.href,
        words: (place.words)(lang),
        is_here: place.href == here,
    }));
    let page = Page {
        csrf: Some(&visit.csrf),
        login: Some("/sign-in"),
        links: &links,
        query: &visit.query,
        status: html! { span.who { (visit.seat.counter) " · " (visit.seat.cashier) } },
        is_demo: !visit.app.config().banner.is_empty(),
        is_training: visit.app.config().is_training(),
        ..Page::new(lang, Shape::Desk, &brand, title)
    };
    let left = if told.is_none() { visit.site.take_note(&visit.seat.counter) } else { None };
    let habit = scan_habit::told(visit).await?;
    let main =
        html! { @if let Some(told) = told.or(left.as_ref()) { (note::fragment(lang, told)) } (main) (habit) };
    Ok(page.with(main).into_response())
}

async fn brand(visit: &Visit) -> crate::db::Result<String> {
    name_of_store(&visit.app).await
}

/// Returns the store's name on screen; empty before enrolment.
///
/// # Errors
/// When the database does not answer.
pub async fn name_of_store(app: &crate::App) -> crate::db::Result<String> {
    if let Some(settings) = store::find_settings(app.db().read()).await? {
        return Ok(settings.name);
    }
    Ok(store::find_store(app.db().read()).await?.map(|store| store.name).unwrap_or_default())
}
