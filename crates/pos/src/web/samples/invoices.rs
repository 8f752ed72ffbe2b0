//! Samples of e-invoices.

use domain::invoice::buyer::BuyerError;
use maud::Markup;
use web::Lang;
use web::csrf::CsrfToken;

use super::{LONG, OFFLINE_SINCE_MS, id, usual};
use crate::counter::CounterState;
use crate::invoicing::Problem;
use crate::invoicing::status::InvoicesState;
use crate::web::chips;
use crate::web::invoice_form::{self, SaveBuyer};
use crate::web::invoices::{self, InvoiceState, InvoicesPage};

/// Returns the invoices' chip, summary, list and form, in every state.
pub(super) fn rendered(lang: Lang) -> Vec<Markup> {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let state = |waiting, alarm: &str, numbers_left| InvoicesState {
        waiting,
        oldest_ms: (waiting > 0).then_some(OFFLINE_SINCE_MS),
        alarm: alarm.to_owned(),
        step: domain::invoice::alarm::step(waiting),
        numbers_left,
    };
    let row = |state: &str, problem: &str, buyer: Option<&str>| InvoiceState {
        invoice_id: id(12),
        state: state.to_owned(),
        code: (state != "intent").then(|| "M1-26-VZQYY-00000000001".to_owned()),
        receipt: "LS-7Q3F-000122".to_owned(),
        sold_at_ms: OFFLINE_SINCE_MS,
        total_vnd: 999_999_999_999,
        buyer: buyer.map(str::to_owned),
        named_by: buyer.map(str::to_owned),
        named_at_ms: buyer.map(|_| OFFLINE_SINCE_MS),
        problem: problem.to_owned(),
        replaces: buyer.is_some(),
        replaced: false,
        follows: false,
    };
    let mut rows: Vec<_> = Problem::ALL.iter().map(|problem| row("sent", problem.code(), None)).collect();
    rows.extend([
        row("intent", "", None),
        row("waiting", "", None),
        row("rejected", LONG, Some(LONG)),
        row("accepted", "", Some("<b>A & B</b>")),
    ]);
    rows.push(InvoiceState { replaced: true, ..row("accepted", "", None) });
    rows.push(InvoiceState { replaced: true, ..row("rejected", "", None) });
    rows.push(InvoiceState { follows: true, ..row("waiting", "", Some(LONG)) });
    let mut all = Vec::new();
    for (state, list) in [
        (state(0, "quiet", None), &[][..]),
        (state(1, "quiet", Some(999)), &rows),
        (state(2, "few", None), &rows),
        (state(50, "urgent", Some(0)), &rows),
        (state(1_000_000, "missed", Some(1)), &rows),
    ] {
        all.push(chips::fragment(lang, &CounterState { invoices: state.clone(), ..usual() }));
        all.push(invoices::summary(lang, &InvoicesPage { state, has_taker: false, invoices: list.to_vec() }));
        all.push(invoices::table(lang, &csrf, list, || "a1".to_owned()));
    }
    for (is_issued, wrong) in [
        (false, None),
        (true, Some(BuyerError::Name)),
        (false, Some(BuyerError::TaxNumber)),
        (true, Some(BuyerError::Country)),
    ] {
        let form = SaveBuyer { name: LONG.to_owned(), kind: "person".to_owned(), ..SaveBuyer::default() };
        all.push(invoice_form::fields(lang, &csrf, is_issued, &form, wrong));
    }
    all
}
