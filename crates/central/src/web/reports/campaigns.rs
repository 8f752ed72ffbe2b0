//! The campaigns of a period in the department's report: what each cost, and in a few words what it brought.

use domain::Money;
use domain::campaign::{CampaignKind, CampaignState};
use domain::ids::StoreId;
use time::Date;
use web::Lang;
use web::format::{compact_vnd, count_text, date_text};

use super::paper::Block;
use super::report::{CampaignOfReport, Report};
use super::write::{ROWS, table};
use crate::db::Db;
use crate::db::campaign_list::{self, From, Listed, Picked};
use crate::error::Result;
use crate::web::campaign_texts::CampaignTexts;
use crate::web::campaigns::report::Effect;
use crate::web::campaigns::weigh::{self, Looked};
use crate::web::campaigns::words::{kind_words, whole_percent};
use crate::web::workbook::Cell;

/// Campaigns that a report tells of, at most: those that began last.
const CAMPAIGNS_MOST: usize = 200;
/// The paper is in Vietnamese.
const LANG: Lang = Lang::Vi;

/// Returns the campaigns of which at least one day lies in a period, the one that began last first. `stores` are all of them.
///
/// # Errors
/// When the database fails.
pub(super) async fn list(
    db: &Db,
    stores: Vec<StoreId>,
    (days, today): ((Date, Date), Date),
) -> Result<Vec<CampaignOfReport>> {
    let picked = Picked { within: Some(days), ..Picked::default() };
    let mut rows = campaign_list::page(db, &picked, today, &From::Start, CAMPAIGNS_MOST).await?.rows;
    // One that ended early may have been over before the period.
    rows.retain(|row| row.days.last_run() >= days.0 || row.days.state(today) == CampaignState::CalledOff);
    let looked: Vec<Looked> = rows.iter().map(|row| Looked::on(today, row.id, row.days)).collect();
    let effects = weigh::effects(&mut db.begin_reading().await?, stores, &looked).await?;
    let told = |(row, effect): (Listed, Option<Effect>)| {
        let state = row.days.state(today);
        CampaignOfReport {
            kind: row.kind.code().to_owned(),
            first_day: row.days.first,
            last_day: row.days.last_run().max(row.days.first),
            cost_vnd: row.cost.vnd(),
            is_of_period: row.days.first >= days.0 && state != CampaignState::CalledOff,
            result: result(state, effect),
            name: row.name,
        }
    };
    Ok(rows.into_iter().zip(effects).map(told).collect())
}

/// Says what a campaign brought, as its own page does, in a cell of a table.
fn result(state: CampaignState, effect: Option<Effect>) -> String {
    if state == CampaignState::CalledOff {
        return LANG.campaign_called_off().to_owned();
    }
    let Some(effect) = effect else {
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
            let [before, during] = [before_vnd, during_vnd].map(|vnd| compact_vnd(vnd, LANG));
            format!("{}: {before} → {during}", LANG.campaign_before_after())
        }
        Effect::TooLittle(_) => LANG.campaign_too_little().to_owned(),
    };
    if state == CampaignState::Running { format!("{words}; chưa xong") } else { words }
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
