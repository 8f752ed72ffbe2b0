//! Samples of the page of VAT on commission.

use domain::Rate;
use domain::commission_tax::{CommissionTax, CommissionTaxes};
use time::Duration;
use web::csrf::CsrfToken;

use super::points::empty;
use super::{LONGEST, TODAY, each};
use crate::web::points::commission_tax::page;
use crate::web::points::detail::PointReport;
use crate::web::points::typed::Typed;

#[test]
fn vat_on_commission() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let full = PointReport { operator: Some(LONGEST.to_owned()), ..empty() };
    let row =
        |days: i64| CommissionTax { valid_from: TODAY + Duration::days(days), rate: Rate::percent(100) };
    let taxes = CommissionTaxes::new([-900, -1, 0, 39].map(row).to_vec());
    each(|lang| {
        let mut typed = Typed::with(lang, [("from", TODAY.to_string())]);
        typed.refuse("from", LONGEST);
        typed.refuse("commission_tax", LONGEST);
        vec![
            page(lang, &csrf, (&full, &typed), (&taxes, TODAY)),
            page(lang, &csrf, (&empty(), &Typed::with(lang, [])), (&CommissionTaxes::default(), TODAY)),
        ]
    });
}
