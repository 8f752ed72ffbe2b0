//! The page of a settlement over several stores; on paper it is the settlement alone, with two signatures.

use domain::Money;
use maud::{Markup, html};
use web::Lang;
use web::format::date_text;
use web::fragment::{Tone, chip, message};

use super::report::{JointOfList, JointReport, StoreOfJoint};
use crate::web::joint_texts::JointTexts;
use crate::web::producer::correction_texts::CorrectionTexts;
use crate::web::producer::grid_texts::GridTexts;
use crate::web::producer::settlement::page::{amount, row_card};
use crate::web::producer::settlement_texts::SettlementTexts;

/// Settlements, a line each.
pub fn joints(lang: Lang, joints: &[JointOfList]) -> Markup {
    html! {
        section.card {
            ul.list {
                @for joint in joints {
                    li {
                        span {
                            a href=(joint.page) { (lang.joint_number(&joint.number)) }
                            small.small { (lang.joint_of(&joint.producer, &joint.operator)) }
                            small.small { (lang.joint_sent_on(date_text(joint.paid_on))) }
                            (state(lang, joint.waiting))
                        }
                        strong.n.money { (Money::new(joint.paid_vnd)) }
                    }
                }
            }
        }
    }
}

fn state(lang: Lang, waiting: i64) -> Markup {
    if waiting > 0 {
        chip(Tone::Warn, &lang.joint_waits(waiting))
    } else {
        chip(Tone::Good, lang.joint_whole())
    }
}

/// The main part; `file` is the address of the same as a file.
pub fn main(lang: Lang, report: &JointReport, file: &str) -> Markup {
    let joint = &report.joint;
    let (words, left) = match report.left_vnd() {
        owed @ 0.. => (lang.joint_left(), owed),
        ahead => (lang.joint_left_ahead(), ahead.saturating_neg()),
    };
    html! {
        section.card {
            h2 { (lang.joint_number(&joint.number)) }
            p.mute { (lang.joint_of(&joint.producer, &joint.operator)) " · " (lang.joint_sent_on(date_text(joint.paid_on))) }
            p { (state(lang, joint.waiting)) }
            dl.sums {
                (amount(lang.joint_sent(), joint.paid_vnd))
                // Sums of some stores alone would be taken for those of all.
                @if joint.waiting == 0 {
                    (amount(lang.joint_due(), report.due_vnd))
                    @if report.carried_vnd != 0 { (amount(lang.joint_carried(), report.carried_vnd)) }
                    @if report.adjusted_vnd != 0 { (amount(lang.of_it_adjusted(), report.adjusted_vnd)) }
                    (amount(lang.joint_paid(), report.recorded_vnd))
                    dt { strong { (words) } } dd { strong { (Money::new(left)) } }
                } @else { (amount(lang.joint_paid(), report.recorded_vnd)) }
            }
            p.small.mute { @match &report.hash {
                Some(hash) => { (lang.joint_hash()) " " code { (hash) } },
                None => (lang.joint_hash_later()),
            } }
        }
        h2 { (lang.joint_stores()) }
        @for store in &report.stores { (store_card(lang, store)) }
        h2 { (lang.joint_rows()) }
        @if report.rows.is_empty() { section.card { p { (lang.joint_rows_none()) } } }
        @for row in &report.rows { (row_card(lang, row, None)) }
        section.card {
            div.columns.signed {
                @for who in [lang.joint_by_operator(), lang.joint_by_producer()] {
                    p { (who) small.small { (lang.joint_signed()) } }
                }
            }
        }
        div.actions {
            button type="button" data-print { (lang.print_paper()) }
            a.button href=(file) { (lang.download_xlsx()) }
        }
    }
}

fn store_card(lang: Lang, store: &StoreOfJoint) -> Markup {
    html! {
        section.card {
            p { strong { (store.store) } }
            @match &store.paper {
                Some(paper) => {
                    p {
                        @let line = lang.joint_store_line(&paper.number, date_text(paper.day));
                        @match &paper.page { Some(page) => a href=(page) { (line) }, None => (line) }
                        small.small { (lang.joint_up_to(paper.seq, paper.hash.get(..16).unwrap_or_default())) }
                    }
                    dl.sums {
                        (amount(lang.joint_due(), paper.due_vnd))
                        @if paper.carried_vnd != 0 { (amount(lang.joint_carried(), paper.carried_vnd)) }
                        @if paper.adjusted_vnd != 0 { (amount(lang.of_it_adjusted(), paper.adjusted_vnd)) }
                        (amount(lang.joint_paid(), paper.paid_vnd))
                    }
                },
                None => {
                    (message(Tone::Warn, lang.joint_store_waits()))
                    dl.sums { (amount(lang.joint_sent(), store.paid_vnd)) }
                }
            }
        }
    }
}
