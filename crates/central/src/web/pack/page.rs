//! The page of a pack, made for a cheap telephone: one small document and the style sheet.

use maud::{Markup, html};
use web::Lang;
use web::format::date_text;
use web::fragment::{Tone, message, stars};
use web::layout::{Page, Shape};

use super::report::{LotOfPack, PackReport, RecognitionOfPack, StoreOfPack};
use crate::web::pack_texts::PackTexts;
use crate::web::sales::words::category_words;
use crate::web::texts::CentralTexts;

/// Digits that a telephone number has at least.
const PHONE_DIGITS_LEAST: usize = 9;

/// The page.
pub fn page(lang: Lang, is_demo: bool, report: &PackReport) -> Markup {
    frame(lang, is_demo, &report.name, main(lang, report))
}

/// The page of a label that leads nowhere.
pub fn unknown(lang: Lang, is_demo: bool) -> Markup {
    let main = html! {
        section.card {
            h2 { (lang.pack_unknown()) }
            p { (lang.pack_unknown_about()) }
        }
    };
    frame(lang, is_demo, lang.pack_unknown(), main)
}

fn frame(lang: Lang, is_demo: bool, title: &str, main: Markup) -> Markup {
    let page = Page { is_demo, ..Page::new(lang, Shape::Phone, lang.brand(), title) };
    page.with(main)
}

/// The main part.
pub fn main(lang: Lang, report: &PackReport) -> Markup {
    let group = if lang == Lang::Vi { &report.group_vi } else { &report.group_en };
    html! {
        @if report.is_retired { (message(Tone::Warn, lang.pack_retired())) }
        @if report.is_provisional { (message(Tone::Warn, lang.pack_provisional())) }
        @if let Some(lot) = report.lot.as_ref().filter(|lot| lot.is_expired) { (expired(lang, lot)) }
        section.card {
            h2 { (report.name) }
            p.mute { (report.unit) @if let Some(group) = group { " · " (group) } }
            @for recognition in &report.recognitions { (recognised(lang, recognition)) }
            dl.sums {
                @if let Some(producer) = &report.producer { dt { (lang.pack_producer()) } dd { strong { (producer) } } }
                @if !report.commune.is_empty() { dt { (lang.pack_commune()) } dd { (report.commune) } }
            }
        }
        @if let Some(lot) = &report.lot { (lot_card(lang, lot)) }
        h2 { (lang.pack_stores()) }
        section.card {
            @if report.stores.is_empty() { p { (lang.pack_no_store()) } } @else {
                ul.list { @for store in &report.stores { (store_line(lang, store)) } }
            }
        }
        p.mute.small { (lang.pack_about()) }
    }
}

fn recognised(lang: Lang, recognition: &RecognitionOfPack) -> Markup {
    html! {
        p {
            strong { (category_words(lang, Some(&recognition.category))) }
            @if recognition.stars.is_some() { " " (stars(lang, recognition.stars)) }
            @if !recognition.decision_number.is_empty() { small.small { (recognition.decision_number) } }
            @if let Some(last) = recognition.valid_to { small.small { (lang.pack_valid_to(date_text(last))) } }
        }
    }
}

fn expired(lang: Lang, lot: &LotOfPack) -> Markup {
    let day = lot.expires_on.map(date_text).unwrap_or_default();
    message(Tone::Bad, &lang.pack_expired(day))
}

fn lot_card(lang: Lang, lot: &LotOfPack) -> Markup {
    html! {
        h2 { (lang.pack_lot(&lot.code)) }
        section.card {
            @if let Some(day) = lot.expires_on { p { strong { (lang.pack_expires_on(date_text(day))) } } }
            @if lot.received.is_empty() { p { (lang.pack_lot_unknown()) } } @else {
                ul.list {
                    @for received in &lot.received {
                        li { (received.store) span.n { (lang.pack_received_on(date_text(received.received_on))) } }
                    }
                }
            }
        }
    }
}

fn store_line(lang: Lang, store: &StoreOfPack) -> Markup {
    let digits: String = store.phone.chars().filter(char::is_ascii_digit).collect();
    html! {
        li {
            span {
                (store.store)
                @if !store.address.is_empty() { small.small { (store.address) } }
            }
            @if digits.len() >= PHONE_DIGITS_LEAST {
                a.n href={ "https://zalo.me/" (digits) } rel="noopener noreferrer" {
                    (lang.pack_order()) span.hidden { " " (store.store) }
                }
            }
        }
    }
}
