//! Samples of the page of levels and sets of criteria.

use web::csrf::CsrfToken;

use super::{LONGEST, TODAY, each};
use crate::web::points::typed::Typed;
use crate::web::standards::page::View;
use crate::web::standards::{CriteriaOfStandards, LevelOfStandards, StandardsReport};

#[test]
fn levels_and_criteria() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let level = |(number, level): (u8, &str)| LevelOfStandards {
        level: level.to_owned(),
        from: TODAY,
        decides: number.is_multiple_of(2),
        decision: LONGEST.to_owned(),
        recorded_by: if number == 1 { String::new() } else { "quantri".to_owned() },
    };
    let set = |number: u8| CriteriaOfStandards {
        criteria: LONGEST.to_owned(),
        from: TODAY,
        until: (number > 1).then_some(TODAY),
        recorded_by: if number == 1 { String::new() } else { "quantri".to_owned() },
    };
    let full = StandardsReport {
        levels: (1..).zip(["district", "province", "region", "nation"]).map(level).collect(),
        criteria_sets: (1..=2).map(set).collect(),
    };
    let empty = StandardsReport { levels: Vec::new(), criteria_sets: Vec::new() };
    each(|lang| {
        let blank = Typed::with(lang, []);
        let mut wrong = Typed::with(lang, [("level", "district".to_owned()), ("name", LONGEST.to_owned())]);
        for field in ["level", "from", "decides", "paper", "name", "first", "last"] {
            wrong.refuse(field, LONGEST);
        }
        let all = [(&full, true, &blank, true), (&full, false, &blank, false), (&empty, true, &wrong, false)];
        all.map(|(report, may_act, typed, is_saved)| {
            View { lang, csrf: &csrf, may_act, today: TODAY, report, typed, is_saved }.render()
        })
        .to_vec()
    });
}
