//! `ocop-central operator invoices …`.

use anyhow::Context;
use clap::Args;
use web::format::minute_of;

use super::people::operator_named;
use crate::admin::Admin;
use crate::app::App;
use crate::db::invoices::OperatorInvoices;

/// How an operator makes e-invoices from its cash registers.
#[derive(Debug, Args)]
pub(super) struct SetInvoices {
    /// Name of the operator.
    name: String,
    /// Form digit and symbol as registered, such as 1C26MAA; the year goes on by itself.
    #[arg(long)]
    symbol: String,
    /// The five characters that the tax authority gave.
    #[arg(long)]
    authority_chars: String,
    /// by_legal_form, always (a household above the threshold) or never.
    #[arg(long, default_value = "by_legal_form")]
    duty: String,
    /// Version of the data form.
    #[arg(long, default_value = "2.0.1")]
    form_version: String,
    /// Local time at which the day's data must be out.
    #[arg(long, default_value = "23:55")]
    cutoff: String,
    /// Name of the provider.
    #[arg(long, default_value = "")]
    provider: String,
    /// Tax number of the provider.
    #[arg(long, default_value = "")]
    provider_tax_number: String,
    /// Where a buyer looks an invoice up; printed on receipts.
    #[arg(long, default_value = "")]
    lookup_url: String,
}

pub(super) async fn set(app: &App, set: SetInvoices) -> anyhow::Result<()> {
    let row = OperatorInvoices {
        operator_id: operator_named(app, &set.name).await?.id,
        duty: set.duty,
        symbol: set.symbol,
        authority_chars: set.authority_chars,
        form_version: set.form_version,
        cutoff_min: minute_of(&set.cutoff).context("--cutoff: a time such as 23:55 is needed")?.into(),
        provider: set.provider,
        provider_tax_number: set.provider_tax_number,
        lookup_url: set.lookup_url,
    };
    Ok(Admin::new(app, "command line").set_invoices(&row).await?)
}
