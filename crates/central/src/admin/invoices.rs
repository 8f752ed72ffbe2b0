//! E-invoices: what an operator's accountant decided, and the numbers of each store. Stores learn of both at once.

use domain::ids::{OperatorId, StoreId};
use domain::invoice::code::{AuthorityChars, NumberRange};
use domain::invoice::duty::{Duty, LegalStatus};
use domain::invoice::symbol::Symbol;
use domain::invoice::tax_number::TaxNumber;
use protocol::wire::CatalogueRow;

use super::Admin;
use crate::commission_tax::business_day;
use crate::db::Tx;
use crate::db::catalogue::{self, Audience, News};
use crate::db::engine::sql;
use crate::db::invoices::{self, OperatorInvoices, Range};
use crate::db::stores::{self, Store};
use crate::error::{Error, Refusal, Result};

impl Admin {
    /// Sets how an operator makes e-invoices, and tells its stores. A store begins when it has numbers as well.
    ///
    /// # Errors
    /// When a value is missing or wrong, or the operator's legal form does not use the form of the symbol.
    pub async fn set_invoices(&self, new: &OperatorInvoices) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let sql = sql!("select name, legal_status from operators where id = $1", new.operator_id);
        let found: Option<(String, String)> = tx.opt(sql).await?;
        let (name, legal_status) = found.ok_or(Error::NotFound("operator"))?;
        let row = checked(new, &legal_status)?;
        invoices::upsert(&mut tx, &row).await?;
        for store in stores::list_in(&mut tx, Some(new.operator_id)).await? {
            self.tell(&mut tx, &store).await?;
        }
        let detail = format!("{name} {} {}", row.symbol, row.duty);
        self.finish(tx, "operator.invoices", &new.operator_id.to_string(), &detail).await
    }

    /// Gives a store numbers of its own, or moves the end of its range. When a store's computer was replaced without a
    /// backup, its new one needs a new range: nobody knows which numbers the old one used last.
    ///
    /// # Errors
    /// When the operator has no settings yet, or a number was given before.
    pub async fn give_numbers(&self, store_id: StoreId, first: i64, last: i64) -> Result<()> {
        let range = NumberRange::new(first, last)
            .map_err(|_| Refusal::Invalid { what: "numbers", rule: "a range between 1 and 99999999999" })?;
        let mut tx = self.db.begin().await?;
        let store = stores::find_in(&mut tx, store_id).await?.ok_or(Error::NotFound("store"))?;
        if !invoices::lock(&mut tx, store.operator_id).await? {
            let rule = "set the operator's invoices first: `ocop-central operator invoices`";
            return Err(Refusal::Invalid { what: "numbers", rule }.into());
        }
        self.check_free(&mut tx, store.operator_id, store_id, range).await?;
        let row = Range { store_id, number_first: range.first(), number_last: range.last() };
        invoices::upsert_range(&mut tx, store.operator_id, row, self.clock.now_ms()).await?;
        self.tell(&mut tx, &store).await?;
        let detail = format!("{} {first}-{last}", store.code);
        self.finish(tx, "store.numbers", &store_id.to_string(), &detail).await
    }

    /// A number that was ever given to anybody stays theirs; a store's newest range may grow at its end.
    async fn check_free(
        &self,
        tx: &mut Tx,
        operator: OperatorId,
        store: StoreId,
        range: NumberRange,
    ) -> Result<()> {
        let current = invoices::find_range(tx, store).await?;
        for given in invoices::list_ranges(tx, operator).await? {
            if current == Some(given) && given.number_first == range.first() {
                if range.last() < given.number_last {
                    let rule = "the end of a range only moves up: its numbers may be in use";
                    return Err(Refusal::Invalid { what: "numbers", rule }.into());
                }
                continue;
            }
            let taken = NumberRange::new(given.number_first, given.number_last);
            if taken.is_ok_and(|taken| taken.overlaps(range)) {
                let rule = "some of them were given before: choose others, no number may be used twice";
                return Err(Refusal::Invalid { what: "numbers", rule }.into());
            }
        }
        Ok(())
    }

    async fn tell(&self, tx: &mut Tx, store: &Store) -> Result<()> {
        let row = CatalogueRow::Store(stores::wire_row(tx, store, business_day(self.clock.now_ms())).await?);
        let news = News::of(&row, Audience::Store(store.id))?;
        catalogue::publish(tx, vec![news], self.clock.now_ms()).await
    }
}

/// Returns the settings without blanks around them.
fn checked(new: &OperatorInvoices, legal_status: &str) -> Result<OperatorInvoices> {
    let wrong = |what, rule| Error::from(Refusal::Invalid { what, rule });
    let text = |text: &str| text.trim().to_owned();
    let symbol = Symbol::parse(&new.symbol)
        .map_err(|_| wrong("symbol", "like 1C26MAA: form 1 or 2, C or K, the year, M, two capitals"))?;
    AuthorityChars::parse(&new.authority_chars)
        .map_err(|_| wrong("authority characters", "the five capitals and digits of the tax authority"))?;
    if Duty::from_code(&new.duty).is_none() {
        return Err(wrong("duty", "by_legal_form, always or never"));
    }
    if LegalStatus::from_code(legal_status).is_none_or(|status| !status.may_use(symbol.form())) {
        return Err(wrong("symbol", "a household on percentage tax uses form 2"));
    }
    if !(1..24 * 60).contains(&new.cutoff_min) {
        return Err(wrong("cut-off", "a minute of the day between 00:01 and 23:59"));
    }
    let provider_tax_number = text(&new.provider_tax_number);
    if !provider_tax_number.is_empty() && TaxNumber::parse(&provider_tax_number).is_err() {
        return Err(wrong("tax number of the provider", "its digits do not fit together: compare them"));
    }
    let row = OperatorInvoices {
        operator_id: new.operator_id,
        duty: new.duty.clone(),
        symbol: text(&new.symbol),
        authority_chars: text(&new.authority_chars),
        form_version: text(&new.form_version),
        cutoff_min: new.cutoff_min,
        provider: text(&new.provider),
        provider_tax_number,
        lookup_url: text(&new.lookup_url),
    };
    let texts = [&row.form_version, &row.provider, &row.lookup_url];
    if texts.into_iter().any(|text| text.chars().count() > 200 || text.chars().any(char::is_control)) {
        return Err(wrong("settings", "at most 200 characters each"));
    }
    Ok(row)
}
