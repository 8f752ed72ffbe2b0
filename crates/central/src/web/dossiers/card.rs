//! The dossier on the page of its product: what is there, what is missing, what lapses; and the scans of decisions.

use maud::{Markup, html};
use uuid::Uuid;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::format::{count_text, date_text, datetime_text};
use web::fragment::{Tone, chip};

use super::page::state_chip;
use super::report::{KindOfDossier, PaperOfDossier};
use crate::web::paper_files;
use crate::web::paper_texts::PaperTexts;

/// The card of a product's dossier.
pub struct Dossier<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// Who looks may enter and withdraw papers.
    pub may_act: bool,
    /// The product.
    pub product_id: Uuid,
    /// It is some producer's, whose papers count for it.
    pub has_producer: bool,
    /// Kinds with their papers.
    pub kinds: &'a [KindOfDossier],
}

impl Dossier<'_> {
    /// Returns the card.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        let gaps = self.kinds.iter().filter(|kind| kind.is_asked && kind.standing.is_gap()).count();
        let of_kind = |kind| ended_of(kind).map(move |paper| (kind, paper));
        let ended: Vec<_> = self.kinds.iter().flat_map(of_kind).collect();
        html! {
            section.card #dossier {
                div.head {
                    h2 { (lang.dossier_title()) }
                    @if self.may_act { a.button.primary href=(self.form(None)) { (lang.paper_add()) } }
                }
                p {
                    @if gaps == 0 { (chip(Tone::Good, lang.dossier_complete())) }
                    @else {
                        (chip(Tone::Warn, &lang.dossier_lacks(count_text(i64::try_from(gaps).unwrap_or(i64::MAX)))))
                        " " span.mute { (lang.dossier_stops_nothing()) }
                    }
                }
                div.table.folds { table {
                    thead { tr { th { (lang.dossiers_kind()) } th { (lang.dossiers_state()) } th { (lang.column_papers()) } } }
                    tbody { @for kind in self.kinds { (self.kind(kind)) } }
                } }
                @if !ended.is_empty() {
                    details {
                        summary { (lang.dossier_ended()) }
                        ul.list { @for (kind, paper) in ended { li { (self.ended(kind, paper)) } } }
                    }
                }
            }
        }
    }

    fn form(&self, of: Option<(&str, &str)>) -> String {
        let product = format!("/products/{}/papers/new", self.product_id);
        match of {
            Some((name, value)) => format!("{product}?{name}={value}"),
            None => product,
        }
    }

    fn kind(&self, kind: &KindOfDossier) -> Markup {
        let lang = self.lang;
        let name = kind.standing.name(lang);
        let is_decided = kind.held_by == "recognition";
        let current = || kind.papers.iter().filter(|paper| paper.is_current);
        html! {
            tr {
                td.wordy {
                    (name)
                    @if !kind.is_asked { small { (lang.dossier_not_asked()) } }
                    @if kind.held_by == "producer" && self.has_producer { small { (lang.dossier_of_producer()) } }
                }
                td { (state_chip(lang, &kind.standing)) }
                td {
                    @if is_decided { span.mute { (lang.dossier_by_recognition()) } }
                    @for paper in current() { (self.paper(paper)) }
                    @if self.may_act && !is_decided && current().next().is_none() {
                        a href=(self.form(Some(("kind", &kind.standing.kind)))) aria-label=(lang.paper_add_kind(name)) {
                            (lang.paper_add_short())
                        }
                    }
                }
            }
        }
    }

    fn paper(&self, paper: &PaperOfDossier) -> Markup {
        let lang = self.lang;
        let number = self.number(paper);
        html! {
            div {
                strong { (number) }
                @if let Some(day) = paper.until { " · " (lang.standing_until(date_text(day))) }
                small { (about(lang, paper)) @if !paper.has_scan { " · " (lang.paper_no_scan()) } }
                @if !paper.note.is_empty() { small { (paper.note) } }
                @if paper.has_scan { div { a href=(self.scan(paper)) aria-label=(lang.scan_of(number)) { (lang.paper_scan()) } } }
                @if self.may_act {
                    @let newer = self.form(Some(("replaces", &paper.paper_id.to_string())));
                    div { a href=(newer) aria-label=(lang.paper_replace_title(number)) { (lang.paper_replace()) } }
                    (self.withdraw(paper))
                }
            }
        }
    }

    /// Two steps, and a reason.
    fn withdraw(&self, paper: &PaperOfDossier) -> Markup {
        let (lang, number) = (self.lang, self.number(paper));
        let why = format!("why-{}", paper.paper_id);
        html! {
            details.ending {
                summary aria-label=(lang.paper_withdraw_now(number)) { (lang.paper_withdraw()) }
                form method="post" action={ "/products/" (self.product_id) "/papers/" (paper.paper_id) "/withdraw" } {
                    (csrf_field(self.csrf))
                    p.small { (lang.paper_withdraw_about()) }
                    div.field { label for=(why) { (lang.paper_why()) } input id=(why) name="why" type="text" required maxlength="200" autocomplete="off"; }
                    button.danger { (lang.paper_withdraw_now(number)) }
                }
            }
        }
    }

    fn ended(&self, kind: &KindOfDossier, paper: &PaperOfDossier) -> Markup {
        let lang = self.lang;
        let when = paper.ended_at_ms.map(datetime_text).unwrap_or_default();
        html! {
            (kind.standing.name(lang)) ": " (self.number(paper))
            small.mute {
                @if paper.withdrawn_why.is_empty() { (lang.paper_replaced_on(when, &paper.ended_by)) }
                @else { (lang.paper_withdrawn_on(when, &paper.ended_by)) ": " (paper.withdrawn_why) }
            }
            @if paper.has_scan { div { a href=(self.scan(paper)) { (lang.paper_scan()) } } }
        }
    }

    fn number<'p>(&self, paper: &'p PaperOfDossier) -> &'p str {
        if paper.number.is_empty() { self.lang.paper_no_number() } else { &paper.number }
    }

    fn scan(&self, paper: &PaperOfDossier) -> String {
        format!("/products/{}/papers/{}/scan", self.product_id, paper.paper_id)
    }
}

/// Those that count no more.
fn ended_of(kind: &KindOfDossier) -> impl Iterator<Item = &PaperOfDossier> {
    kind.papers.iter().filter(|paper| !paper.is_current)
}

/// What the paper says besides its number, and who entered it.
fn about(lang: Lang, paper: &PaperOfDossier) -> String {
    let parts = [
        paper.issued_on.map(|day| lang.paper_of_day(date_text(day))),
        Some(paper.issuer.clone()),
        Some(lang.paper_by(&paper.added_by, datetime_text(paper.at_ms))),
    ];
    let given: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    given.join(" · ")
}

/// The scan of a decision about a product, and the form that brings one.
pub fn decision_scan(
    (lang, csrf, may_act): (Lang, &CsrfToken, bool),
    (product_id, recognition_id): (Uuid, Uuid),
    (number, has_scan): (&str, bool),
) -> Markup {
    let at = format!("/products/{product_id}/recognitions/{recognition_id}/scan");
    let words = if has_scan { lang.scan_replace() } else { lang.scan_add() };
    html! {
        @if has_scan { div { a href=(at) aria-label=(lang.scan_of(number)) { (lang.paper_scan()) } } }
        @if may_act {
            details {
                summary aria-label={ (words) ": " (number) } { (words) }
                form method="post" action=(at) enctype="multipart/form-data" {
                    (csrf_field(csrf))
                    (paper_files::field(lang, &format!("scan-{recognition_id}"), true, None))
                    button { (lang.scan_save()) }
                }
            }
        }
    }
}
