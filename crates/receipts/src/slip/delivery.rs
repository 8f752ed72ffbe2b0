//! Goods that came in (phiếu nhận hàng): what was counted, and where the delivery note says otherwise. It goes with whoever
//! delivered them.

use serde::{Deserialize, Serialize};

use super::{Slip, SnapshotError, adds_up};
use crate::figures::{quantity, vnd};
use crate::page::{Page, joined, labelled};
use crate::row::{Rule, Span};

/// Goods that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverySlip {
    /// Whose consigned goods; empty for goods that the operator bought.
    pub producer: String,
    /// One lot each.
    pub lines: Vec<DeliveryLine>,
    /// What is to pay for what was bought outright, đồng: the sum of its lines.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub bought_vnd: i64,
    /// Where the producer reads about goods and money; empty when there is no such address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reading_url: String,
}

/// A quantity of a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryLine {
    /// The product.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// What was counted, thousandths of the unit.
    pub quantity_milli: i64,
    /// What the delivery note says; none when nobody typed it.
    pub noted_milli: Option<i64>,
    /// What the pack says; may be empty.
    pub lot: String,
    /// Last day of sale as it is to be read; may be empty.
    pub expires: String,
    /// The operator bought it outright from who delivered it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_bought: bool,
    /// What a unit and all of it cost that was bought outright, đồng; none for consigned goods, and where nobody typed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_vnd: Option<(i64, i64)>,
    /// What a unit of consigned goods sells for today, đồng; zero for others.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub price_vnd: i64,
    /// What the store keeps of it by the contract in force, parts per million; none without a contract, and for bought goods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commission_ppm: Option<u32>,
    /// Who makes the goods, where somebody else delivered them; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub not_of: String,
}

impl DeliverySlip {
    /// Σ of the lines = what is to pay.
    pub(super) fn check(&self) -> Result<(), SnapshotError> {
        let amounts = self.lines.iter().filter_map(|line| line.cost_vnd).map(|(_, amount)| amount);
        adds_up("goods bought", self.bought_vnd, amounts)
    }
}

pub(super) fn lay(page: &mut Page, slip: &Slip, delivery: &DeliverySlip) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    slip.title(page, pick("PHIẾU NHẬN HÀNG", "GOODS RECEIVED"));
    if delivery.producer.is_empty() {
        page.paragraph(pick("Hàng điểm bán mua", "Goods that the store bought"), page.fonts.body);
    } else {
        page.paragraph(&labelled(pick("Chủ thể", "Producer"), &delivery.producer), page.fonts.strong);
        let has = |is_bought: bool| delivery.lines.iter().any(|line| line.is_bought == is_bought);
        let words = match (has(true), has(false)) {
            (true, false) => pick("Hàng điểm bán mua đứt.", "Bought outright."),
            (true, true) => pick(
                "Hàng ký gửi trả tiền khi bán được; dòng ghi mua đứt là điểm bán mua.",
                "Consigned goods are paid for when sold; what is marked so is bought outright.",
            ),
            (false, _) => pick("Hàng ký gửi, trả tiền khi bán được.", "Consigned: paid for when sold."),
        };
        page.paragraph(words, page.fonts.body);
    }
    page.rule(Rule::Dashed);
    for line in &delivery.lines {
        let amount = quantity(line.quantity_milli);
        page.words_pair(
            Span::left(line.name.clone(), page.fonts.body),
            Span::right(amount, page.fonts.strong),
        );
        let lot = labelled(pick("Lô", "Lot"), &line.lot);
        let expires = labelled(pick("HSD", "Use by"), &line.expires);
        page.indented(&joined(" · ", &[&line.unit, &lot, &expires]), page.fonts.small);
        page.indented(&difference(slip, line), page.fonts.strong);
        match line.cost_vnd {
            Some((cost, amount)) => {
                let words = joined(" ", &[pick("Mua đứt, đơn giá", "Bought, a unit at"), &vnd(cost)]);
                page.indented_amount(&words, &vnd(amount));
            }
            None if line.is_bought => page.indented(pick("Mua đứt", "Bought outright"), page.fonts.small),
            None => page.indented(&terms(slip, line), page.fonts.small),
        }
        page.indented(
            &labelled(pick("Không phải hàng giao bởi", "Not delivered by"), &line.not_of),
            page.fonts.small,
        );
    }
    page.rule(Rule::Solid);
    if delivery.bought_vnd > 0 {
        page.total(pick("Tiền mua hàng", "To pay for goods bought"), delivery.bought_vnd);
    }
    slip.reading(page, &delivery.reading_url);
    page.signatures(&[pick("Người giao", "Delivered by"), pick("Người nhận", "Received by")]);
}

/// What consigned goods sell for, and what the store keeps of it; empty without a price.
fn terms(slip: &Slip, line: &DeliveryLine) -> String {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    if line.price_vnd <= 0 {
        return String::new();
    }
    let price = labelled(pick("Giá bán", "Sells for"), &vnd(line.price_vnd));
    let kept = match line.commission_ppm {
        Some(ppm) => {
            let rate = domain::Rate::from_ppm(ppm).map(|rate| rate.to_string()).unwrap_or_default();
            labelled(pick("hoa hồng", "commission"), &rate)
        }
        None => pick("chưa có hợp đồng", "no contract").to_owned(),
    };
    joined(" · ", &[&price, &kept])
}

/// What the note says more or less than was counted; empty when both agree, or nobody typed it.
fn difference(slip: &Slip, line: &DeliveryLine) -> String {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    let Some(noted_milli) = line.noted_milli.filter(|noted| *noted != line.quantity_milli) else {
        return String::new();
    };
    let (words, milli) = match line.quantity_milli.saturating_sub(noted_milli) {
        more @ 0.. => (pick("thừa", "more"), more),
        less => (pick("thiếu", "less"), less.saturating_neg()),
    };
    let noted = labelled(pick("Phiếu giao", "Delivery note"), &quantity(noted_milli));
    joined(", ", &[&noted, &joined(" ", &[words, &quantity(milli)])])
}
