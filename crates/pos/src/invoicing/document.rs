//! What an invoice says, as it is stored with the sale, sent to a provider and written as XML. The stored form is kept for
//! ten years: a field is never renamed or removed, a new one is optional.

use domain::invoice::buyer::{Buyer, TypedBuyer};
use domain::invoice::code::AuthorityCode;
use domain::invoice::content::{Content, means_of_payment};
use domain::money::MoneyError;
use domain::sale::SaleLine;
use domain::tender::Tender;
use protocol::stream::iso_date;
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::setup::Setup;

/// Seller, goods and totals: everything but code, number and buyer. Amounts are whole đồng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// 1: with VAT lines, 2: without.
    pub form: u8,
    /// What it is called.
    pub title: String,
    /// Symbol without the form digit: `C26MAA`.
    pub symbol: String,
    /// Version of the data form.
    pub form_version: String,
    /// The day.
    #[serde(with = "iso_date")]
    pub date: Date,
    /// Local time, `14:05`.
    pub time: String,
    /// The number on the receipt.
    pub receipt: String,
    /// Who sells.
    pub seller: Seller,
    /// Tax number of the provider; may be empty.
    pub provider_tax_number: String,
    /// `TM`, `CK` or `TM/CK`.
    pub means_of_payment: String,
    /// What was sold.
    pub lines: Vec<DocumentLine>,
    /// Totals of each rate; none without VAT lines.
    pub rates: Vec<DocumentRate>,
    /// Sum of the lines.
    pub net_vnd: i64,
    /// VAT.
    pub tax_vnd: i64,
    /// What the goods cost: cash rounding is none of the invoice's.
    pub total_vnd: i64,
    /// The total in words.
    pub total_in_words: String,
    /// The issued invoice that this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaced>,
    /// Why, when goods came back; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Who sells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    /// Name as registered.
    pub name: String,
    /// Tax number.
    pub tax_number: String,
    /// Address of the store.
    pub address: String,
    /// Its telephone.
    pub phone: String,
}

/// One product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLine {
    /// The shop's own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Decimal number: `1.25`.
    pub quantity: String,
    /// Decimal number; without tax where there are VAT lines.
    pub price: String,
    /// Its discounts.
    pub discount_vnd: i64,
    /// Quantity × price − discount.
    pub amount_vnd: i64,
    /// `8 %`, `KCT`, `KKKNT`; empty without VAT lines.
    pub rate: String,
}

/// The lines of one rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRate {
    /// As on the lines.
    pub rate: String,
    /// Sum of their amounts.
    pub net_vnd: i64,
    /// Their VAT.
    pub tax_vnd: i64,
}

/// An issued invoice, as its replacement names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// Its form.
    pub form: u8,
    /// Its symbol.
    pub symbol: String,
    /// Its number, unless the provider gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// Its code.
    pub code: String,
    /// Its day.
    #[serde(with = "iso_date")]
    pub date: Date,
}

/// Who it is made out to. No `Debug`: names belong into no log.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentBuyer {
    /// `person`, `organisation` or `foreigner`.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Personal number, tax number or number of the passport.
    pub number: String,
    /// Address; the country of a foreigner.
    pub address: String,
}

/// An invoice as it leaves the shop.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// The invoice: the same for every try.
    pub id: Uuid,
    /// Which version of it; a higher one takes the place of one that was refused.
    pub revision: i64,
    /// The tax authority's code.
    pub code: String,
    /// Its number of at most eight digits; none when the provider gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// What it says.
    pub invoice: Document,
    /// To whom; none for nobody in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyer: Option<DocumentBuyer>,
}

/// A sale that becomes an invoice.
pub(crate) struct Sold<'a> {
    pub(crate) lines: &'a [SaleLine],
    pub(crate) tendered: &'a [Tender],
    pub(crate) date: Date,
    pub(crate) time: String,
    pub(crate) receipt: String,
}

impl Document {
    /// Returns what the invoice of a sale says.
    pub(crate) fn of(setup: &Setup<'_>, sold: &Sold<'_>) -> Result<Self, MoneyError> {
        let form = setup.symbol.form();
        let content = Content::of(form, sold.lines)?;
        let document = Self {
            form: form.digit(),
            title: form.title().to_owned(),
            symbol: setup.symbol.on(sold.date),
            form_version: setup.row.form_version.clone(),
            date: sold.date,
            time: sold.time.clone(),
            receipt: sold.receipt.clone(),
            seller: Seller {
                name: setup.row.seller.clone(),
                tax_number: setup.store.tax_number.clone(),
                address: setup.store.address.clone(),
                phone: setup.store.phone.clone(),
            },
            provider_tax_number: setup.row.provider_tax_number.clone(),
            means_of_payment: means_of_payment(sold.tendered).to_owned(),
            lines: Vec::new(),
            rates: Vec::new(),
            net_vnd: 0,
            tax_vnd: 0,
            total_vnd: 0,
            total_in_words: String::new(),
            replaces: None,
            note: String::new(),
        };
        Ok(document.with_content(&content))
    }

    /// Returns the same invoice about other goods.
    pub(crate) fn with_content(self, content: &Content) -> Self {
        let line = |line: &domain::invoice::content::Line| DocumentLine {
            sku: line.sku.clone(),
            name: line.name.clone(),
            unit: line.unit.clone(),
            quantity: decimal(line.quantity.milli()),
            price: line.price.to_string(),
            discount_vnd: line.discount.vnd(),
            amount_vnd: line.amount.vnd(),
            rate: line.rate.clone(),
        };
        let rate = |total: &domain::invoice::content::RateTotal| DocumentRate {
            rate: total.rate.clone(),
            net_vnd: total.net.vnd(),
            tax_vnd: total.tax.vnd(),
        };
        Self {
            lines: content.lines.iter().map(line).collect(),
            rates: content.rates.iter().map(rate).collect(),
            net_vnd: content.net.vnd(),
            tax_vnd: content.tax.vnd(),
            total_vnd: content.total.vnd(),
            total_in_words: content.words.clone(),
            ..self
        }
    }

    /// Returns how a replacement names this invoice.
    pub(crate) fn replaced(&self, code: &str, number: Option<i64>) -> Replaced {
        Replaced {
            form: self.form,
            symbol: self.symbol.clone(),
            number: number.and_then(AuthorityCode::short_number),
            code: code.to_owned(),
            date: self.date,
        }
    }
}

impl DocumentBuyer {
    /// Returns what is stored of a buyer; nothing of one who gave no name.
    pub(crate) fn of(buyer: &Buyer) -> Option<Self> {
        let TypedBuyer { kind, name, number, address } = buyer.typed();
        (*buyer != Buyer::Anonymous).then_some(Self { kind, name, number, address })
    }
}

/// Returns thousandths as a decimal number with a point.
fn decimal(milli: i64) -> String {
    let (sign, milli) = (if milli < 0 { "-" } else { "" }, milli.unsigned_abs());
    let text = format!("{sign}{}.{:03}", milli / 1_000, milli % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn a_quantity_is_a_decimal_number() {
        for (milli, expected) in
            [(1_000, "1"), (1_250, "1.25"), (5, "0.005"), (10_000, "10"), (0, "0"), (-500, "-0.5")]
        {
            assert_eq!(decimal(milli), expected);
        }
    }
}
