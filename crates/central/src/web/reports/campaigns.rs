//! The campaigns of a period in the department's report: what each cost, and in a few words what it brought.

use domain::Money;
use domain::campaign::{CampaignKind, CampaignState};
use time::Date;
use web::Lang;
use web::format::{compact_vnd, count_text, date_text};

use super::paper::Block;
use super::report::{CampaignOfReport, Report};
use super::write::{ROWS, table};
use crate::db::Db;
use crate::db::campaign_list::{self, From, Picked};
use crate::db::users::Scope;
use crate::error::Result;
use crate::web::campaign_texts::CampaignTexts;
use crate::web::campaigns::load::load;
use crate::web::campaigns::report::{CampaignReport, Effect};
use crate::web::campaigns::words::{kind_words, whole_percent};
use crate::web::workbook::Cell;

/// Campaigns that a report tells of, at most: those that began last.
const CAMPAIGNS_MOST: usize = 200;
/// The paper is in Vietnamese.
const LANG: Lang = Lang::Vi;

/// Returns the campaigns of which at least one day lies in a period, the one that began last first.
///
/// # Errors
/// For whoever is not of the department; when the database fails.
pub(super) async fn list(
    db: &Db,
    scope: Scope,
    (days, today): ((Date, Date), Date),
    now_ms: i64,
) -> Result<Vec<CampaignOfReport>> {
    let picked = Picked { within: Some(days), ..Picked::default() };
    let found = campaign_list::page(db, &picked, today, &From::Start, CAMPAIGNS_MOST).await?;
    let mut campaigns = Vec::with_capacity(found.rows.len());
    for row in found.rows {
        // One that ended early may have been over before the period.
        let Some(report) = load(db, scope, row.id, now_ms).await? else { continue };
        if report.last_run() < days.0 && report.state() != CampaignState::CalledOff {
            continue;
        }
        campaigns.push(CampaignOfReport {
            kind: report.kind.clone(),
            first_day: report.first_day,
            last_day: report.last_run().max(report.first_day),
            cost_vnd: report.cost_vnd,
            is_of_period: report.first_day >= days.0 && report.state() != CampaignState::CalledOff,
            result: result(&report),
            name: report.name,
        });
    }
    Ok(campaigns)
}

/// Says what a campaign brought, as its own page does, in a cell of a table.
fn result(report: &CampaignReport) -> String {
    if report.state() == CampaignState::CalledOff {
        return LANG.campaign_called_off().to_owned();
    }
    let Some(effect) = &report.effect else {
        return LANG.campaign_not_begun().trim_end_matches('.').to_owned();
    };
    let words = match effect {
        Effect::Uplift { change_per_mille: change, .. } => {
            let verdict = match (change.low > 0, change.high < 0) {
                (true, _) => LANG.campaign_more(),
                (_, true) => LANG.campaign_less(),
                _ => LANG.campaign_unclear(),
            };
            let [estimate, low, high] = [change.estimate, change.low, change.high].map(whole_percent);
            format!("{verdict}: {estimate} (từ {low} đến {high})")
        }
        Effect::BeforeAfter { before_vnd, during_vnd, .. } => {
            let [before, during] = [*before_vnd, *during_vnd].map(|vnd| compact_vnd(vnd, LANG));
            format!("{}: {before} → {during}", LANG.campaign_before_after())
        }
        Effect::TooLittle(_) => LANG.campaign_too_little().to_owned(),
    };
    if report.state() == CampaignState::Running { format!("{words}; chưa xong") } else { words }
}

/// Returns what the paper says of them; nothing in a report that knows of none.
pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let rows = report.campaigns.iter().map(|row| {
        vec![
            Cell::text(&row.name),
            Cell::text(CampaignKind::from_code(&row.kind).map_or("", |kind| kind_words(LANG, kind))),
            Cell::Text(format!("{} – {}", date_text(row.first_day), date_text(row.last_day))),
            Cell::Vnd(row.cost_vnd),
            Cell::text(&row.result),
        ]
    });
    let head = ["Chiến dịch", "Hình thức", "Thời gian", "Kinh phí", "Kết quả"];
    let mut blocks = vec![Block::Text(summary(report))];
    if !report.campaigns.is_empty() {
        blocks.push(Block::Remark(
            "Kết quả tính cho cả chiến dịch, so với mức lẽ ra bán được; trong ngoặc là khoảng đúng 95 trên 100 lần."
                .to_owned(),
        ));
        blocks.push(table("Chiến dịch", "Chiến dịch quảng bá", head, rows, ROWS));
    }
    blocks
}

/// Says how many began, and what they cost together: each campaign counts in one period alone, and none that was called off.
pub(super) fn summary(report: &Report) -> String {
    let begun = || report.campaigns.iter().filter(|row| row.is_of_period);
    let cost_vnd = begun().map(|row| row.cost_vnd).fold(0, i64::saturating_add);
    let count = count_text(i64::try_from(begun().count()).unwrap_or(i64::MAX));
    format!("Trong kỳ bắt đầu {count} chiến dịch quảng bá, kinh phí {}.", Money::new(cost_vnd))
}
