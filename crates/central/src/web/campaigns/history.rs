//! What was done to a campaign, from the audit log.

use domain::campaign::CampaignKind;
use maud::{Markup, html};
use web::Lang;
use web::format::{date_text, datetime_text};

use super::form::day;
use super::words::kind_words;
use crate::web::campaign_texts::CampaignTexts;
use crate::web::products::detail::ActOnProduct;

/// The acts, the latest first.
pub fn card(lang: Lang, acts: &[ActOnProduct]) -> Markup {
    html! {
        section.card {
            h2 { (lang.campaign_history()) }
            div.table { table {
                thead { tr {
                    th { (lang.campaign_column_when()) } th { (lang.campaign_column_who()) } th { (lang.campaign_column_act()) }
                } }
                tbody { @for act in acts {
                    tr {
                        td { (datetime_text(act.at_ms)) }
                        td { (act.actor) }
                        td {
                            (act_words(lang, &act.action))
                            @for line in act.detail.lines().filter_map(|line| told(lang, &act.action, line)) { small { (line) } }
                        }
                    }
                } }
            } }
        }
    }
}

fn act_words(lang: Lang, action: &str) -> String {
    match action {
        "campaign.add" => lang.campaign_did_add().to_owned(),
        "campaign.update" => lang.campaign_did_update().to_owned(),
        "campaign.end" => lang.campaign_did_end().to_owned(),
        "campaign.enquiries" => lang.campaign_did_count().to_owned(),
        other => lang.campaign_did_other(other),
    }
}

/// Writes a line of an act; `None` for what needs no line.
fn told(lang: Lang, action: &str, line: &str) -> Option<String> {
    let (field, words) = line.split_once(": ")?;
    let days = |words: &str| {
        let ends = words.split(" → ").map(|text| day(text).map_or_else(|| text.to_owned(), date_text));
        ends.collect::<Vec<_>>().join(" → ")
    };
    let kinds = |words: &str| {
        let named = |code| CampaignKind::from_code(code).map_or(code, |kind| kind_words(lang, kind));
        words.split(" → ").map(named).collect::<Vec<_>>().join(" → ")
    };
    match (action, field) {
        ("campaign.enquiries", of) => Some(lang.campaign_changed(days(of), words)),
        ("campaign.update", "name") => Some(lang.campaign_changed(lang.campaign_name(), words)),
        ("campaign.update", "kind") => Some(lang.campaign_changed(lang.campaign_kind(), kinds(words))),
        ("campaign.update", "first_day") => {
            Some(lang.campaign_changed(lang.campaign_first_day(), days(words)))
        }
        ("campaign.update", "last_day") => Some(lang.campaign_changed(lang.campaign_last_day(), days(words))),
        ("campaign.update", "cost") => Some(lang.campaign_changed(lang.campaign_column_cost(), words)),
        ("campaign.update", "note") => Some(lang.campaign_changed(lang.campaign_note(), words)),
        ("campaign.update", "products") => Some(lang.campaign_changed(lang.campaign_products(), words)),
        ("campaign.update", "stores") => Some(lang.campaign_changed(lang.campaign_column_where(), words)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_in_words() {
        for (action, line, expected) in [
            (
                "campaign.update",
                "kind: fair → post",
                Some("Hình thức: Hội chợ, hội nghị kết nối → Bài đăng trên mạng"),
            ),
            (
                "campaign.update",
                "first_day: 2026-11-01 → 2026-11-03",
                Some("Từ ngày: 01/11/2026 → 03/11/2026"),
            ),
            ("campaign.update", "products: −TOI +MUOI", Some("Sản phẩm: −TOI +MUOI")),
            ("campaign.enquiries", "2026-11-03: 4 → 5", Some("03/11/2026: 4 → 5")),
            ("campaign.update", "secret: 1", None),
            ("campaign.add", "Chợ phiên", None),
        ] {
            assert_eq!(told(Lang::Vi, action, line).as_deref(), expected, "{line}");
        }
    }
}
