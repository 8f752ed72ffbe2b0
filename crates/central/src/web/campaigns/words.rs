//! How campaigns are written: kinds, states, what can be said of an effect and what not.

use domain::campaign::{CampaignKind, CampaignState};
use maud::Markup;
use web::Lang;
use web::format::{change_text, count_text};
use web::fragment::{Tone, chip};

use super::report::Missing;
use crate::web::campaign_texts::CampaignTexts;

/// Writes a kind.
pub fn kind_words(lang: Lang, kind: CampaignKind) -> &'static str {
    match kind {
        CampaignKind::Price => lang.campaign_kind_price(),
        CampaignKind::Fair => lang.campaign_kind_fair(),
        CampaignKind::Tasting => lang.campaign_kind_tasting(),
        CampaignKind::Media => lang.campaign_kind_media(),
        CampaignKind::Post => lang.campaign_kind_post(),
        CampaignKind::Banner => lang.campaign_kind_banner(),
    }
}

/// Writes a state.
pub fn state_words(lang: Lang, state: CampaignState) -> &'static str {
    match state {
        CampaignState::Running => lang.campaign_running(),
        CampaignState::Coming => lang.campaign_coming(),
        CampaignState::Over => lang.campaign_over(),
        CampaignState::Ended => lang.campaign_ended(),
        CampaignState::CalledOff => lang.campaign_called_off(),
    }
}

/// Writes a state with its sign.
pub fn state_chip(lang: Lang, state: CampaignState) -> Markup {
    let tone = match state {
        CampaignState::Running => Tone::Good,
        CampaignState::Coming => Tone::Warn,
        _ => Tone::Quiet,
    };
    chip(tone, state_words(lang, state))
}

/// Says what is missing, and what would be enough.
pub fn missing_words(lang: Lang, missing: Missing) -> String {
    use domain::uplift::{LINES_EXPECTED_LEAST, LINES_LEAST, WEEKS_LEAST};
    match missing {
        Missing::NothingBefore => lang.campaign_missing_before().to_owned(),
        Missing::NothingDuring => lang.campaign_missing_during().to_owned(),
        Missing::Weeks(found) => lang.campaign_missing_weeks(found, WEEKS_LEAST),
        Missing::Lines(found) => lang.campaign_missing_lines(count_text(found), LINES_LEAST),
        Missing::Days(found) => lang.campaign_missing_days(found, LINES_EXPECTED_LEAST),
    }
}

/// Writes a change in thousandths in whole percent, with its sign: figures of statistics have no tenths that mean anything.
pub fn whole_percent(per_mille: i64) -> String {
    let percent = (per_mille.saturating_abs().saturating_add(5) / 10).saturating_mul(per_mille.signum());
    change_text(percent.saturating_mul(10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_whole_percents() {
        for (per_mille, expected) in [(154, "+15 %"), (155, "+16 %"), (-155, "−16 %"), (4, "0 %"), (0, "0 %")]
        {
            assert_eq!(whole_percent(per_mille).trim_start_matches('±'), expected, "{per_mille}");
        }
    }
}
