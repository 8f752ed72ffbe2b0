//! Samples of the page of product groups.

use web::csrf::CsrfToken;

use super::{LONGEST, TODAY, each};
use crate::web::points::typed::Typed;
use crate::web::product_groups::page::View;
use crate::web::product_groups::{GroupsReport, VersionOfGroup};

#[test]
fn product_groups() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let version = |number: u8| VersionOfGroup {
        code: format!("group-{}", number / 2),
        from: TODAY,
        name_vi: LONGEST.to_owned(),
        name_en: LONGEST.to_owned(),
        refuses_expired: number.is_multiple_of(2),
        decision: LONGEST.to_owned(),
        recorded_by: if number == 1 { String::new() } else { "quantri".to_owned() },
        ended_on: (number > 1).then_some(TODAY),
    };
    let (full, empty) = (
        GroupsReport { group_versions: (0..4).map(version).collect() },
        GroupsReport { group_versions: Vec::new() },
    );
    each(|lang| {
        let blank = Typed::with(lang, []);
        let mut wrong =
            Typed::with(lang, [("code", "food".to_owned()), ("refuse_expired", "yes".to_owned())]);
        for field in ["name_vi", "name_en", "from", "decision"] {
            wrong.refuse(field, LONGEST);
        }
        let all = [
            (&full, true, &blank, "saved"),
            (&full, false, &blank, "ended"),
            (&empty, true, &wrong, "in-use"),
        ];
        all.map(|(report, may_act, typed, done)| {
            View { lang, csrf: &csrf, may_act, report, typed, done }.render()
        })
        .to_vec()
    });
}
