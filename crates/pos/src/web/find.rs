//! What the box of a page beside the counter finds: a single product, or what there is to tell instead.

use domain::pack_link::PackLink;
use domain::scan::{Scan, read};
use maud::{Markup, html};
use uuid::Uuid;
use web::fragment::{Tone, note};
use web::{Fault, Lang};

use super::page_texts::PageTexts;
use super::results::{self, FoundState};
use super::texts::CounterTexts;
use super::visit::Visit;
use crate::db::products;

/// A product that was found.
pub(super) struct One {
    pub(super) product_id: Uuid,
    /// The QR on its pack, if that was scanned.
    pub(super) link: Option<PackLink>,
    /// Found by its code and not by words.
    pub(super) is_scanned: bool,
}

/// Finds what was scanned or typed. Several products are offered, each posting itself to `pick`.
pub(super) async fn one(visit: &Visit, text: &str, pick: &str) -> Result<Result<One, Markup>, Fault> {
    one_of(visit, text, |lang, found| results::fragment(lang, found, pick)).await
}

/// As [`one`]; `offer` shows several products.
pub(super) async fn one_of(
    visit: &Visit,
    text: &str,
    offer: impl Fn(Lang, &[FoundState]) -> Markup,
) -> Result<Result<One, Markup>, Fault> {
    let lang = visit.lang;
    let (code, link) = match read(text, visit.app.masks()) {
        Scan::Product(code) => (code, None),
        Scan::Pack(link) => match link.barcode(visit.app.label_host()) {
            Ok(code) => (code.clone(), Some(link)),
            Err(_) => return Ok(Err(note(Tone::Alarm, lang.note_foreign_label()))),
        },
        Scan::Words(words) => return by_words(visit, &words, offer).await,
        _ => return Ok(Err(note(Tone::Alarm, lang.note_unreadable()))),
    };
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    Ok(match visit.ok(products::find_by_code(&mut reader, &code).await)? {
        Some(product_id) => Ok(One { product_id: product_id.uuid(), link, is_scanned: true }),
        None => Err(note(Tone::Alarm, &lang.no_such_code(code.as_str()))),
    })
}

async fn by_words(
    visit: &Visit,
    words: &str,
    offer: impl Fn(Lang, &[FoundState]) -> Markup,
) -> Result<Result<One, Markup>, Fault> {
    let lang = visit.lang;
    let found = results::find(visit, words).await?;
    Ok(match found.as_slice() {
        [] => Err(note(Tone::Alarm, &lang.note_nothing(words))),
        [only] => Ok(One { product_id: only.product_id, link: None, is_scanned: false }),
        several => Err(html! {
            (note(Tone::Warn, lang.several_goods()))
            (offer(lang, several))
        }),
    })
}
