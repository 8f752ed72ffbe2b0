//! Counting a drawer: how many of each note or just the sum, then the one question at the close.

use domain::Money;
use maud::{Markup, html};
use receipts::language::Language;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Lang;
use web::form::{Field, csrf_field};
use web::fragment::{Tone, message};

use super::drawer_texts::DrawerTexts;
use super::page_texts::PageTexts;
use super::visit::Visit;
use crate::counter::shift::{Closing, FACES_VND, ShiftState};
use web::amount;

/// The most digits of a number of notes, visitors or tastings.
const DIGITS_MOST: usize = 6;

/// A count as typed, and the answers at the close. Everything but the form's name may stay empty.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CloseShift {
    /// Names this form; posting it twice closes one shift.
    op_id: String,
    /// The shift whose drawer was counted.
    shift_id: Option<Uuid>,
    /// The sum, as typed: `1.250.000`; empty when the notes tell it.
    counted: String,
    /// Notes of 500.000 ₫, and so on.
    n500000: String,
    n200000: String,
    n100000: String,
    n50000: String,
    n20000: String,
    n10000: String,
    n5000: String,
    n2000: String,
    n1000: String,
    n500: String,
    n200: String,
    /// About how many came.
    visitors: String,
    /// How many were given.
    tastings: String,
    /// `yes`: nothing was counted because nothing is there.
    is_empty: String,
    /// `count` to count again.
    step: String,
}

/// What was counted.
struct Count {
    counted: Money,
    /// Value and how many; empty when only the sum was typed.
    notes: Vec<(i64, i64)>,
}

impl CloseShift {
    /// The form's name.
    pub fn op_id(&self) -> &str {
        &self.op_id
    }

    /// Says whether another shift was counted than this one.
    pub fn is_of_another(&self, open: &ShiftState) -> bool {
        self.shift_id.is_some_and(|counted| counted != open.shift_id)
    }

    /// Whether the person wants to count again.
    pub fn is_back(&self) -> bool {
        self.step == "count"
    }

    /// The fields of the notes, in the order of [`FACES_VND`].
    fn counts(&self) -> [(&'static str, &str); FACES_VND.len()] {
        [
            ("n500000", &self.n500000),
            ("n200000", &self.n200000),
            ("n100000", &self.n100000),
            ("n50000", &self.n50000),
            ("n20000", &self.n20000),
            ("n10000", &self.n10000),
            ("n5000", &self.n5000),
            ("n2000", &self.n2000),
            ("n1000", &self.n1000),
            ("n500", &self.n500),
            ("n200", &self.n200),
        ]
    }

    /// Returns what was counted and the notes that make it up, or the name of the first field that is wrong. Notes and sum
    /// must agree if both are there.
    fn count(&self) -> Result<Count, &'static str> {
        let mut notes = Vec::new();
        for (face_vnd, (name, text)) in FACES_VND.into_iter().zip(self.counts()) {
            if let Some(count) = number(text, name)?.filter(|count| *count > 0) {
                notes.push((face_vnd, count));
            }
        }
        let are_typed = self.counts().iter().any(|(_, text)| !text.trim().is_empty());
        let worth = Money::new(notes.iter().map(|(face_vnd, count)| face_vnd * count).sum());
        let counted = match (are_typed, self.counted.trim()) {
            (true, "") => worth,
            (true, text) => amount::parse(text).filter(|sum| *sum == worth).ok_or("counted")?,
            (false, text) => amount::parse(text).ok_or("counted")?,
        };
        Ok(Count { counted, notes })
    }

    /// Returns what was typed, or the name of the first field that is wrong.
    pub fn closing(&self, lang: Lang) -> Result<Closing, &'static str> {
        let Count { counted, notes } = self.count()?;
        Ok(Closing {
            shift_id: self.shift_id.map(Into::into),
            counted,
            notes,
            visitors: number(&self.visitors, "visitors")?,
            tastings: number(&self.tastings, "tastings")?,
            is_empty: self.is_empty == "yes",
            language: language(lang),
        })
    }
}

/// Returns the language of papers that a page asks for.
pub(super) const fn language(lang: Lang) -> Language {
    match lang {
        Lang::Vi => Language::Vi,
        Lang::En => Language::En,
    }
}

/// Whether a field belongs to the second step.
pub fn is_asked_last(field: &str) -> bool {
    ["visitors", "tastings", "is_empty"].contains(&field)
}

/// Returns a whole number, or `None` for an empty field.
fn number(text: &str, name: &'static str) -> Result<Option<i64>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.len() > DIGITS_MOST || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(name);
    }
    text.parse().map(Some).map_err(|_| name)
}

/// The first step: the notes, or the sum. What the drawer should hold is told only to who does not count blind.
pub fn form(visit: &Visit, open: &ShiftState, form: &CloseShift, wrong: Option<&str>) -> Markup {
    let lang = visit.lang;
    let bad_note = wrong.filter(|field| form.counts().iter().any(|(name, _)| name == field));
    let about = if open.expected_vnd.is_none() { lang.blind_about() } else { lang.any_count_about() };
    html! {
        form.card.form method="post" action="/shift/count" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(visit.op_id_of(&form.op_id));
            input type="hidden" name="shift_id" value=(open.shift_id);
            h2.whole { (lang.count_drawer()) }
            fieldset.notes.whole {
                legend.mute { (lang.by_notes()) }
                @for (index, (face_vnd, (name, text))) in FACES_VND.into_iter().zip(form.counts()).enumerate() {
                    div.wrong[wrong == Some(name)] {
                        label for=(name) { (Money::new(face_vnd)) }
                        input id=(name) name=(name) inputmode="numeric" autocomplete="off" maxlength=(DIGITS_MOST) value=(text)
                            aria-invalid=[(wrong == Some(name)).then_some("true")] autofocus[index == 0];
                    }
                }
            }
            @if bad_note.is_some() { p.error.whole { span aria-hidden="true" { "✕ " } (lang.bad_count()) } }
            (Field { value: &form.counted, error: (wrong == Some("counted")).then_some(lang.bad_sum()), hint: Some(lang.or_sum_hint()),
                inputmode: "numeric", is_amount: true, is_required: false, ..Field::new("counted", lang.or_sum()) }.render())
            p.hint.whole { (about) " " (lang.open_cart_stays()) }
            div.actions { button.primary { (lang.next()) } }
        }
    }
}

/// The second step: what was counted, the one question, and the close.
pub fn question(visit: &Visit, form: &CloseShift, wrong: Option<&str>) -> Markup {
    let lang = visit.lang;
    let counted = form.count().map_or(Money::ZERO, |count| count.counted);
    let error = |field: &str| (wrong == Some(field)).then_some(lang.bad_number());
    let guess = |name, label, hint, value| {
        let (error, hint) = (error(name), Some(hint));
        Field { value, error, hint, inputmode: "numeric", is_required: false, ..Field::new(name, label) }
    };
    html! {
        form.card.form method="post" action="/shift/close" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(visit.op_id_of(&form.op_id));
            @if let Some(shift_id) = form.shift_id { input type="hidden" name="shift_id" value=(shift_id); }
            input type="hidden" name="counted" value=(form.counted);
            @for (name, text) in form.counts() { input type="hidden" name=(name) value=(text); }
            h2.whole { (lang.close_shift()) }
            p.payable.whole { span { (lang.counted_sum()) } output { (counted) } }
            @if wrong == Some("is_empty") {
                (message(Tone::Warn, lang.empty_question()))
                label.tick.whole { input type="checkbox" name="is_empty" value="yes"; span { (lang.empty_yes()) } }
            }
            (Field { has_focus: true, ..guess("visitors", lang.visitors(), lang.visitors_hint(), &form.visitors) }.render())
            (guess("tastings", lang.tastings(), lang.tastings_hint(), &form.tastings).render())
            div.actions {
                button.primary { (lang.close_shift()) }
                button formaction="/shift/count" name="step" value="count" { (lang.count_again()) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(counted: &str, n500000: &str, n1000: &str) -> Result<(i64, usize), &'static str> {
        let text = str::to_owned;
        let form = CloseShift {
            counted: text(counted),
            n500000: text(n500000),
            n1000: text(n1000),
            ..CloseShift::default()
        };
        form.closing(Lang::Vi).map(|closing| (closing.counted.vnd(), closing.notes.len()))
    }

    #[test]
    fn the_smallest_notes_count() {
        let form = CloseShift { n500: "1".to_owned(), n200: "4".to_owned(), ..CloseShift::default() };
        let closing = form.closing(Lang::Vi).unwrap();
        assert_eq!((closing.counted.vnd(), closing.notes), (1_300, vec![(500, 1), (200, 4)]));
    }

    #[test]
    fn notes_and_sum_agree() {
        for (counted, n500000, n1000, expected) in [
            ("", "2", "7", Ok((1_007_000, 2))),
            ("1.007.000", "2", "7", Ok((1_007_000, 2))),
            ("1.000.000", "2", "7", Err("counted")),
            ("1.007k", "", "", Ok((1_007_000, 0))),
            ("", "0", "", Ok((0, 0))),
            ("0", "", "", Ok((0, 0))),
            ("", "", "", Err("counted")),
            ("", "-1", "", Err("n500000")),
            ("", "1,5", "", Err("n500000")),
            ("", "", "1234567", Err("n1000")),
            ("", " 3 ", "", Ok((1_500_000, 1))),
        ] {
            assert_eq!(typed(counted, n500000, n1000), expected, "{counted:?} {n500000:?} {n1000:?}");
        }
    }

    #[test]
    fn an_answer_is_a_whole_number_or_nothing() {
        for (visitors, expected) in
            [("", Ok(None)), ("40", Ok(Some(40))), ("khoảng 40", Err("visitors")), ("4.5", Err("visitors"))]
        {
            let form = CloseShift {
                counted: "0".to_owned(),
                visitors: visitors.to_owned(),
                ..CloseShift::default()
            };
            assert_eq!(form.closing(Lang::Vi).map(|closing| closing.visitors), expected, "{visitors:?}");
        }
    }
}
