//! The form of a counter's printer, and the buttons that try it.

use maud::{Markup, html};
use receipts::profile::{Cut, FeedSteps, Paper};
use web::Lang;
use web::form::{Field, csrf_field, select};

use super::printer_texts::PrinterTexts;
use super::printers::{FoundPrinter, PrinterOfCounter};
use super::texts::CounterTexts;
use super::visit::Visit;
use crate::counter::printers::folder;

/// The choice of an address that is typed.
pub(super) const OTHER: &str = "other";

/// What stands in the form beside what is set up.
pub(super) struct Filled<'a> {
    /// The counter, from 1.
    pub(super) counter: u8,
    /// An address that was typed and cannot be used.
    pub(super) typed: Option<&'a str>,
    /// A port of a scanner that was typed and cannot be used.
    pub(super) typed_port: Option<&'a str>,
}

impl Filled<'_> {
    pub(super) const fn of(counter: u8) -> Self {
        Self { counter, typed: None, typed_port: None }
    }
}

/// The form.
pub(super) fn form(
    visit: &Visit,
    of: &PrinterOfCounter,
    found: &[FoundPrinter],
    filled: &Filled<'_>,
) -> Markup {
    let lang = visit.lang;
    let error = filled.typed.map(|_| lang.printer_bad_address());
    html! {
        form.card.form method="post" action="/printers" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(visit.new_op_id());
            input type="hidden" name="counter" value=(of.counter);
            h2.whole { (lang.printer_of(lang.counter_no(of.counter))) }
            (choices(visit, &of.address, found, filled.typed.is_some()))
            (Field { value: filled.typed.unwrap_or_default(), error, hint: Some(lang.printer_typed_hint()),
                is_required: false, ..Field::new("other", lang.printer_typed()) }.render())
            (papers(lang, of))
            div.actions { button.primary { (lang.printer_save()) } }
        }
        @if !of.address.is_empty() { (attempts(visit, of)) }
    }
}

/// What can be chosen: what is set up, what was found, the folder, another address, which `other` chooses.
pub(super) fn choices(visit: &Visit, address: &str, found: &[FoundPrinter], other: bool) -> Markup {
    let lang = visit.lang;
    let folder = folder(&visit.app).to_string();
    let words = |name: &str, address: &str| format!("{name} · {address}");
    let mut options = vec![(String::new(), lang.printer_none().to_owned())];
    options.extend(found.iter().map(|found| (found.address.clone(), words(&found.name, &found.address))));
    options.push((folder.clone(), words(lang.printer_folder(), &folder)));
    let is_new = options.iter().all(|(choice, _)| choice != address);
    if is_new && address != OTHER {
        options.insert(1, (address.to_owned(), address.to_owned()));
    }
    options.push((OTHER.to_owned(), lang.printer_other().to_owned()));
    let options: Vec<(&str, &str)> =
        options.iter().map(|(choice, words)| (choice.as_str(), words.as_str())).collect();
    let chosen = if other { OTHER } else { address };
    select("address", lang.printer_choose(), &options, chosen, None)
}

fn papers(lang: Lang, of: &PrinterOfCounter) -> Markup {
    let widths: Vec<(String, &str)> =
        Paper::ALL.iter().map(|paper| (paper.dots().to_string(), paper_words(lang, paper.dots()))).collect();
    let widths: Vec<(&str, &str)> = widths.iter().map(|(dots, words)| (dots.as_str(), *words)).collect();
    let cuts = Cut::ALL.map(|cut| (cut.code(), cut_words(lang, cut)));
    let steps = [(FeedSteps::One.code(), lang.feed_one()), (FeedSteps::Two.code(), lang.feed_two())];
    let pins = [("2", lang.pin_two()), ("5", lang.pin_five())];
    html! {
        (select("paper_dots", lang.printer_paper(), &widths, &of.paper_dots.to_string(), None))
        (select("cut", lang.printer_cut(), &cuts, &of.cut, None))
        (select("feed_steps", lang.feed_steps(), &steps, &of.feed_steps, None))
        (select("drawer_pin", lang.drawer_pin(), &pins, &of.drawer_pin.to_string(), None))
    }
}

/// Returns the words of a paper's width.
pub(super) fn paper_words(lang: Lang, dots: u16) -> &'static str {
    match Paper::from_dots(dots) {
        Ok(Paper::Dots384) => lang.paper_58(),
        Ok(Paper::Dots512) => lang.paper_80_narrow(),
        Ok(Paper::Dots576) | Err(_) => lang.paper_80(),
    }
}

fn cut_words(lang: Lang, cut: Cut) -> &'static str {
    match cut {
        Cut::Partial => lang.cut_partial(),
        Cut::Full => lang.cut_full(),
        Cut::TearBar => lang.cut_tear_bar(),
        Cut::None => lang.cut_none(),
    }
}

/// Test page and drawer of the printer as it is saved.
fn attempts(visit: &Visit, of: &PrinterOfCounter) -> Markup {
    let lang = visit.lang;
    let attempt = |action: &str, words: &str| {
        html! {
            form method="post" action=(action) {
                (csrf_field(&visit.csrf))
                input type="hidden" name="op_id" value=(visit.new_op_id());
                input type="hidden" name="counter" value=(of.counter);
                button { (words) }
            }
        }
    };
    html! {
        section.card {
            p.hint { (lang.printer_try_about()) }
            div.act {
                (attempt("/printers/test", lang.printer_try()))
                (attempt("/printers/drawer", lang.drawer_try()))
            }
        }
    }
}
