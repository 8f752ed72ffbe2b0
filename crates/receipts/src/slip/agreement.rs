//! What an operator and a producer agreed on: a paper for both to sign.

use serde::{Deserialize, Serialize};

use super::Slip;
use crate::page::{Page, labelled};
use crate::row::Rule;

/// Terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementSlip {
    /// With whom.
    pub producer: String,
    /// The single product; empty for all of them.
    pub product: String,
    /// First day as it is to be read.
    pub valid_from: String,
    /// What was agreed, a clause each, in the paper's language.
    pub clauses: Vec<String>,
    /// The manager who agreed for the operator.
    pub approved_by: String,
}

pub(super) fn lay(page: &mut Page, slip: &Slip, agreement: &AgreementSlip) {
    let pick = |vietnamese, english| slip.language.pick(vietnamese, english);
    slip.title(page, pick("THỎA THUẬN BÁN HÀNG", "TERMS OF SALE"));
    page.paragraph(&labelled(pick("Chủ thể", "Producer"), &agreement.producer), page.fonts.body);
    let all = pick("Mọi sản phẩm", "All products");
    let goods = if agreement.product.is_empty() { all } else { &agreement.product };
    page.paragraph(&labelled(pick("Hàng", "Goods"), goods), page.fonts.body);
    page.paragraph(&labelled(pick("Từ ngày", "From"), &agreement.valid_from), page.fonts.body);
    page.rule(Rule::Dashed);
    for clause in &agreement.clauses {
        page.paragraph(&format!("• {clause}"), page.fonts.body);
    }
    page.rule(Rule::Solid);
    let kept = pick(
        "Những lần bán trước ngày này không thay đổi.",
        "What was sold before that day does not change.",
    );
    page.paragraph(kept, page.fonts.small);
    page.paragraph(&labelled(pick("Người duyệt", "Allowed by"), &agreement.approved_by), page.fonts.body);
    page.signatures(&[pick("Chủ thể", "Producer"), pick("Điểm bán", "Store")]);
}
