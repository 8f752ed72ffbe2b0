//! The other papers of a counter: shift reports, cash vouchers, refunds, gifts, orders, goods that left the shelf, went to
//! another store or were packed anew, counts, settlements and what puts them right, terms with producers, and the pad for paper days.
//!
//! Stored and read again like a receipt, and under the same rule: a field is never renamed and never removed, a new one
//! is optional, anything else is another `v`. Every amount comes from the books; [`Slip::check`] only refuses a paper
//! that contradicts itself.

use serde::{Deserialize, Serialize};

use crate::encode::{EncodeError, encode};
use crate::language::Language;
use crate::layout::CopyMark;
use crate::page::{Page, joined, labelled};
use crate::profile::{Paper, Profile};
use crate::raster::draw;
use crate::row::{Cell, Layout, Row, Rule, Span};
use crate::snapshot::{SnapshotError, agree};

pub mod agreement;
pub mod cash;
pub mod correction;
pub mod count;
pub mod delivery;
pub mod gift;
pub mod order;
pub mod pad;
pub mod refund;
pub mod removal;
pub mod repack;
pub mod settlement;
pub mod shift;
pub mod transfer;

/// The version that [`Slip::v`] names.
pub const SLIP_VERSION: u32 = 1;

/// One paper. Amounts are whole đồng, quantities thousandths of the unit; absent texts are empty and take no room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// Version of this format: [`SLIP_VERSION`].
    pub v: u32,
    /// Language of the words around what staff typed.
    pub language: Language,
    /// Name of the point of sale.
    pub point_name: String,
    /// Its address.
    pub address: String,
    /// Its telephone number.
    pub phone: String,
    /// Tax number (MST) of the operator.
    pub tax_number: String,
    /// Number of this paper, for example "PC-000012".
    pub number: String,
    /// Business date as it is to be read.
    pub business_date: String,
    /// Local time as it is to be read.
    pub local_time: String,
    /// Who made it out.
    pub cashier: String,
    /// At which counter.
    pub counter: String,
    /// What the paper is about.
    pub body: SlipBody,
}

/// What a paper is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SlipBody {
    /// X or Z report of a shift.
    Shift(shift::ShiftReport),
    /// Cash put in or taken out.
    Cash(cash::CashVoucher),
    /// Money back against a receipt.
    Refund(refund::RefundSlip),
    /// What is in a present, without prices.
    Gift(gift::GiftSlip),
    /// An order with its deposit.
    Order(order::OrderSlip),
    /// Goods that came in.
    Delivery(delivery::DeliverySlip),
    /// Goods that left the shelf and were not sold.
    Removal(removal::RemovalSlip),
    /// Goods on their way between two stores.
    Transfer(transfer::TransferSlip),
    /// Goods that were packed anew.
    Repack(repack::RepackSlip),
    /// The shelf was counted.
    Count(count::CountSlip),
    /// Terms with a producer.
    Agreement(agreement::AgreementSlip),
    /// What was settled with a producer, or paid to one.
    Settlement(settlement::SettlementSlip),
    /// Such a paper is put right.
    Correction(correction::CorrectionSlip),
    /// Empty lines for a day without power.
    Pad(pad::PadSlip),
}

impl Slip {
    /// Returns the text to store.
    ///
    /// # Errors
    /// [`SnapshotError::Json`], which no slip of ours gives.
    pub fn to_json(&self) -> Result<String, SnapshotError> {
        serde_json::to_string(self).map_err(|error| SnapshotError::Json(error.to_string()))
    }

    /// Reads a stored text. Another version than [`SLIP_VERSION`] is refused, not guessed at.
    ///
    /// # Errors
    /// [`SnapshotError::Version`] or [`SnapshotError::Json`].
    pub fn from_json(text: &str) -> Result<Slip, SnapshotError> {
        #[derive(Deserialize)]
        struct Version {
            v: u32,
        }
        let json_error = |error: serde_json::Error| SnapshotError::Json(error.to_string());
        let version: Version = serde_json::from_str(text).map_err(json_error)?;
        if version.v != SLIP_VERSION {
            return Err(SnapshotError::Version(version.v));
        }
        serde_json::from_str(text).map_err(json_error)
    }

    /// Checks that what can be added up on the paper adds up.
    ///
    /// # Errors
    /// [`SnapshotError::Sum`] names the number that is wrong.
    pub fn check(&self) -> Result<(), SnapshotError> {
        if self.v != SLIP_VERSION {
            return Err(SnapshotError::Version(self.v));
        }
        match &self.body {
            SlipBody::Shift(report) => report.check(),
            SlipBody::Cash(voucher) => voucher.check(),
            SlipBody::Refund(refund) => refund.check(),
            SlipBody::Order(order) => order.check(),
            SlipBody::Removal(removal) => removal.check(),
            SlipBody::Transfer(transfer) => transfer.check(),
            SlipBody::Repack(repack) => repack.check(),
            SlipBody::Count(count) => count.check(),
            SlipBody::Delivery(delivery) => delivery.check(),
            SlipBody::Settlement(settlement) => settlement.check(),
            SlipBody::Correction(correction) => correction.check(),
            SlipBody::Gift(_) | SlipBody::Agreement(_) | SlipBody::Pad(_) => Ok(()),
        }
    }

    /// Lays the paper out. It always succeeds.
    pub fn layout(&self, paper: Paper, copy: Option<&CopyMark>) -> Layout {
        let mut page = Page::new(paper);
        if let Some(copy) = copy {
            page.copy_mark(copy, self.language);
        }
        let head = [&self.point_name, &self.address, &self.phone, &self.tax_number];
        page.letterhead(head.map(String::as_str), self.language);
        match &self.body {
            SlipBody::Shift(report) => shift::lay(&mut page, self, report),
            SlipBody::Cash(voucher) => cash::lay(&mut page, self, voucher),
            SlipBody::Agreement(agreement) => agreement::lay(&mut page, self, agreement),
            SlipBody::Refund(refund) => refund::lay(&mut page, self, refund),
            SlipBody::Gift(gift) => gift::lay(&mut page, self, gift),
            SlipBody::Order(order) => order::lay(&mut page, self, order),
            SlipBody::Delivery(delivery) => delivery::lay(&mut page, self, delivery),
            SlipBody::Removal(removal) => removal::lay(&mut page, self, removal),
            SlipBody::Transfer(transfer) => transfer::lay(&mut page, self, transfer),
            SlipBody::Repack(repack) => repack::lay(&mut page, self, repack),
            SlipBody::Count(count) => count::lay(&mut page, self, count),
            SlipBody::Settlement(settlement) => settlement::lay(&mut page, self, settlement),
            SlipBody::Correction(correction) => correction::lay(&mut page, self, correction),
            SlipBody::Pad(pad) => pad::lay(&mut page, self, pad),
        }
        page.finish(paper)
    }

    /// Returns the bytes for a printer. The same slip gives the same bytes.
    ///
    /// # Errors
    /// When the command builder refuses.
    pub fn bytes(&self, profile: &Profile, copy: Option<&CopyMark>) -> Result<Vec<u8>, EncodeError> {
        encode(&draw(&self.layout(profile.paper, copy)), profile)
    }

    /// Returns the name of the counter in the paper's language; one that the shop chose stays.
    fn counter_name(&self) -> String {
        match (self.language, self.counter.strip_prefix("Quầy ")) {
            (Language::En, Some(number)) => format!("Counter {number}"),
            _ => self.counter.clone(),
        }
    }

    /// Title, number and moment, who and where, between two rules.
    fn title(&self, page: &mut Page, title: &str) {
        let language = self.language;
        page.rule(Rule::Solid);
        page.centred(title, page.fonts.title);
        page.space(2);
        let number = joined(" ", &[language.pick("Số", "No."), &self.number]);
        let number = if self.number.is_empty() { String::new() } else { number };
        let moment = joined(" ", &[&self.business_date, &self.local_time]);
        page.words_pair(Span::left(number, page.fonts.strong), Span::right(moment, page.fonts.moment));
        let cashier = labelled(language.pick("Thu ngân", "Cashier"), &self.cashier);
        page.words_pair(
            Span::left(cashier, page.fonts.body),
            Span::right(joined("", &[&self.counter_name()]), page.fonts.body),
        );
        page.rule(Rule::Solid);
    }

    /// The QR by which a producer reads on; nothing without an address.
    fn reading(&self, page: &mut Page, url: &str) {
        let pick = |vietnamese, english| self.language.pick(vietnamese, english);
        page.qr_beside(
            url,
            [
                pick("Quét để xem hàng và tiền của cơ sở", "Scan to see your goods and money"),
                pick("Giữ kín: ai có mã này đều xem được.", "Keep it to yourself: whoever has it can look."),
            ],
        );
    }
}

impl Page {
    /// Places for signatures side by side: who signs, and room for the hand.
    fn signatures(&mut self, who: &[&str]) {
        self.space(10);
        let width = u16::try_from(self.width).unwrap_or(u16::MAX);
        let count = u16::try_from(who.len()).unwrap_or(1).max(1);
        let cells = who.iter().map(|who| Cell { width: width / count, label: (*who).to_owned() }).collect();
        self.rows.push(Row::Rule(Rule::Solid));
        self.rows.push(Row::Boxes(cells, SIGNATURE_DOTS));
    }
}

/// Room for a signature: 14 mm.
const SIGNATURE_DOTS: u16 = 112;

/// Papers of before have no such figure, and stay as they are.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "what serde asks for")]
const fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// Checks a stated sum against its parts.
fn adds_up(
    what: &'static str,
    stated_vnd: i64,
    parts: impl IntoIterator<Item = i64>,
) -> Result<(), SnapshotError> {
    agree(what, stated_vnd, parts.into_iter().map(Some))
}
