//! Who changed what of a point and when, from the audit log.

use maud::{Markup, html};
use web::Lang;
use web::format::{date_text, datetime_text};

use super::detail::ActOnPoint;
use super::typed::day_of;
use super::words::{cost_words, legal_words, state_words};
use crate::web::point_texts::PointTexts;
use crate::web::product_texts::ProductTexts;

/// The acts, the latest first; `most` is how many are read at most.
pub fn card(lang: Lang, acts: &[ActOnPoint], most: i64) -> Markup {
    html! {
        section.card {
            h2 { (lang.point_history()) }
            @if acts.is_empty() { p { (lang.history_none()) } } @else {
                div.table { table {
                    thead { tr { th { (lang.column_when()) } th { (lang.column_who()) } th { (lang.column_what()) } } }
                    tbody { @for act in acts { tr {
                        td { (datetime_text(act.at_ms)) }
                        td { (act.actor) }
                        td { (act_words(lang, &act.action)) @for line in lines(lang, act) { small { (line) } } }
                    } } }
                } }
                @if i64::try_from(acts.len()) == Ok(most) { p.mute { (lang.history_cut(most)) } }
            }
        }
    }
}

fn act_words(lang: Lang, action: &str) -> String {
    let words = match action {
        "point.add" => lang.did_point_add(),
        "point.update" => lang.did_point_update(),
        "point.step" => lang.did_point_step(),
        "point.equipment" => lang.did_point_equipment(),
        "point.equipment_gone" => lang.did_point_gone(),
        "point.equipment_withdrawn" => lang.did_point_equipment_back(),
        "point.cost" => lang.did_point_cost(),
        "point.cost_withdrawn" => lang.did_point_cost_withdrawn(),
        "point.file" => lang.did_point_file(),
        "point.check" => lang.did_point_check(),
        "point.operator" => lang.did_point_operator(),
        "point.store" => lang.did_point_store(),
        "point.products" => lang.did_point_products(),
        "store.add" => lang.did_store_add(),
        "store.code" => lang.did_store_code(),
        other => return lang.did_other(other),
    };
    words.to_owned()
}

/// What changed, in words; of the other acts what is worth a line.
fn lines(lang: Lang, act: &ActOnPoint) -> Vec<String> {
    match act.action.as_str() {
        "point.update" => act.detail.lines().filter_map(|line| changed(lang, line)).collect(),
        "point.step" => {
            let states: Vec<&str> = act.detail.split(" → ").map(|code| state_words(lang, code)).collect();
            vec![states.join(" → ")]
        }
        "point.cost" | "point.cost_withdrawn" => {
            let (kind, amount) = act.detail.split_once(' ').unwrap_or((&act.detail, ""));
            vec![format!("{} {amount}", cost_words(lang, kind))]
        }
        "point.products" => act.detail.lines().map(str::to_owned).collect(),
        _ if act.detail.is_empty() => Vec::new(),
        _ => vec![act.detail.clone()],
    }
}

/// Reads `name: A → B`; `None` for a field that nobody knows.
fn changed(lang: Lang, line: &str) -> Option<String> {
    if line == "operator" {
        return Some(lang.point_operator().to_owned());
    }
    let (field, words) = line.split_once(": ")?;
    let label = match field {
        "name" => lang.point_name(),
        "address" => lang.point_address(),
        "commune" => lang.points_commune(),
        "former_district" => lang.point_district(),
        "legal_status" => lang.point_legal(),
        "tax_number" => lang.point_tax(),
        "decision_number" => lang.point_decision(),
        "decided_on" => lang.point_decided_on(),
        "funding" => lang.point_funding(),
        // The code tells a reader nothing; the page shows which it is.
        "location_type" => return Some(lang.points_location().to_owned()),
        _ => return None,
    };
    let in_words = |value: &str| match (field, value) {
        ("legal_status", code) => legal_words(lang, code).to_owned(),
        (_, "") => PointTexts::nothing_given(lang).to_owned(),
        ("decided_on", day) => day_of(day).map_or_else(|| day.to_owned(), date_text),
        (_, value) => value.to_owned(),
    };
    let words = match words.split_once(" → ") {
        Some((old, new)) => format!("{} → {}", in_words(old), in_words(new)),
        None => words.to_owned(),
    };
    Some(lang.changed(label, words))
}

#[cfg(test)]
mod tests {
    use domain::point::PointState;

    use super::*;

    #[test]
    fn a_change_is_told_in_words() {
        for (line, expected) in [
            ("name: Lý Sơn → Lý Sơn 2", Some("Tên điểm: Lý Sơn → Lý Sơn 2")),
            ("funding:  → ngân sách tỉnh", Some("Nguồn kinh phí: chưa ghi → ngân sách tỉnh")),
            ("decided_on: 2026-10-01 → 2026-11-02", Some("Ngày quyết định: 01/10/2026 → 02/11/2026")),
            ("legal_status:  → cooperative", Some("Loại hình: Chưa rõ → Hợp tác xã")),
            ("operator", Some("Đơn vị quản lý")),
            ("secret: a → b", None),
        ] {
            assert_eq!(changed(Lang::Vi, line).as_deref(), expected, "{line}");
        }
        let act = |action: &str, detail: &str| ActOnPoint {
            at_ms: 0,
            actor: String::new(),
            action: action.to_owned(),
            detail: detail.to_owned(),
        };
        assert_eq!(lines(Lang::Vi, &act("point.step", "surveyed → chosen")), ["Đã khảo sát → Đã chọn"]);
        let words = PointState::ALL.map(|state| act_words(Lang::Vi, state.code()));
        assert!(words.iter().all(|words| words.starts_with("Việc khác")));
    }
}
