//! What lies in a present: no price, and nothing from which one could be read.

use serde::{Deserialize, Serialize};

use super::Slip;
use crate::figures::quantity;
use crate::font::measure;
use crate::page::{Page, joined, labelled};
use crate::row::{Rule, Span};

/// A present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftSlip {
    /// Who gives; may be empty.
    pub from: String,
    /// Who receives; may be empty.
    pub to: String,
    /// A wish, in the giver's words.
    pub message: String,
    /// What it is called, for example "Giỏ quà Tết Hương núi"; may be empty.
    pub title: String,
    /// What it holds.
    pub lines: Vec<GiftLine>,
    /// Content of a QR by which the store finds the sale for an exchange. It must hold no amount, as a receipt's does.
    pub exchange_qr: String,
    /// Exchange policy, thanks.
    pub footer: Vec<String>,
}

/// One product of a present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftLine {
    /// Its name.
    pub name: String,
    /// OCOP stars that were valid that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    /// Quantity in thousandths of the unit.
    pub quantity_milli: i64,
    /// Its unit.
    pub unit: String,
    /// Who makes it.
    pub producer: String,
}

pub(super) fn lay(page: &mut Page, slip: &Slip, gift: &GiftSlip) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    page.rule(Rule::Solid);
    page.centred(pick("PHIẾU QUÀ TẶNG", "GIFT"), page.fonts.title);
    page.centred(&gift.title, page.fonts.strong);
    page.space(2);
    page.paragraph(&labelled(pick("Kính tặng", "To"), &gift.to), page.fonts.body);
    page.paragraph(&labelled(pick("Người tặng", "From"), &gift.from), page.fonts.body);
    if !gift.message.is_empty() {
        page.space(6);
        page.centred(&format!("“{}”", joined(" ", &[&gift.message])), page.fonts.body);
    }
    page.rule(Rule::Dashed);
    for line in &gift.lines {
        let amount = joined(" ", &[&quantity(line.quantity_milli), &line.unit]);
        let stars = line.stars.unwrap_or(0).min(5);
        let right = Span::right(amount, page.fonts.body);
        let named = |stars: &str| Span::left(joined(" ", &[&line.name, stars]), page.fonts.body);
        let full = named(&"★".repeat(usize::from(stars)));
        let name =
            if stars == 0 || page.stand_beside(&full, &right) { full } else { named(&format!("{stars}★")) };
        if measure(&right.text, right.style) <= page.width {
            page.amount_pair(name, right);
        } else {
            page.words_pair(name, right);
        }
        page.indented(&line.producer, page.fonts.small);
        page.space(4);
    }
    page.rule(Rule::Solid);
    let number = joined(" ", &[pick("Số", "No."), &slip.number]);
    page.words_pair(
        Span::left(if slip.number.is_empty() { String::new() } else { number }, page.fonts.small),
        Span::right(joined(" ", &[&slip.business_date]), page.fonts.small),
    );
    page.qr_beside(
        &gift.exchange_qr,
        [
            pick("Mã đổi quà", "Exchange code"),
            pick("Mang phiếu này khi cần đổi hàng.", "Bring this slip to exchange goods."),
        ],
    );
    page.space(6);
    gift.footer.iter().for_each(|text| page.centred(text, page.fonts.small));
}
