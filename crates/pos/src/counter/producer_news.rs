//! News for a producer, as a message that the shop sends by its own Zalo.

use domain::cover::{PACE_DAYS, good, to_send};
use domain::ids::ProducerId;
use domain::{Money, Quantity};
use sqlx::SqliteConnection;
use time::{Date, Duration};
use web::Lang;
use web::news::{ProductNews, shortened};

use super::Result;
use super::settlement::Open;
use crate::db::{merged, products, stock, stock_moves};

/// Returns the news of what is open with a producer; empty when nothing of theirs sold and nothing runs out. `store` is the name
/// of the sender.
///
/// # Errors
/// When the database does not answer.
pub async fn news(
    connection: &mut SqliteConnection,
    producer_id: ProducerId,
    open: &Open,
    (store, today, lang): (&str, Date, Lang),
) -> Result<String> {
    let since = today - Duration::days(PACE_DAYS);
    let lately = stock_moves::list_sold_since(connection, producer_id, since).await?;
    let all_ended = stock::list_ended(connection, producer_id, today).await?;
    let mut lines = Vec::new();
    for (product_id, row) in &open.rows {
        let pace = lately.get(product_id).copied().unwrap_or_default();
        let ended = all_ended.get(product_id).copied().unwrap_or_default();
        let left = good(row.closing, ended);
        let (name, unit) = products::find_name(connection, *product_id).await?.unwrap_or_default();
        let told = ProductNews {
            name: &name,
            unit: &unit,
            sold: row.sold.minus(row.refunded).unwrap_or_default(),
            due: row.due,
            left,
            ended,
            // What is another product by now is asked for under that name.
            to_bring: if merged::is_merged(connection, product_id.uuid()).await? {
                Quantity::ZERO
            } else {
                to_send(left, pace)
            },
        };
        lines.extend(told.sentence(lang));
    }
    if lines.is_empty() {
        return Ok(String::new());
    }
    let mut lines = shortened(lang, lines);
    let owed = open.account.balance()?;
    lines.push(balance(lang, store, owed)?);
    Ok(lines.join("\n"))
}

/// Says who owes whom: an advance is no debt below zero.
fn balance(lang: Lang, store: &str, owed: Money) -> Result<String> {
    let ahead = Money::ZERO.minus(owed)?;
    Ok(match (lang, ahead > Money::ZERO) {
        (Lang::Vi, false) => format!("{store} còn phải trả {owed}."),
        (Lang::En, false) => format!("{store} owes you {owed}."),
        (Lang::Vi, true) => format!("{store} đã trả trước {ahead}, trừ vào tiền hàng sau."),
        (Lang::En, true) => format!("{store} has paid {ahead} ahead, to be taken off what sells next."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_advance_is_told_as_one() {
        let told = |lang, vnd| balance(lang, "LS", Money::new(vnd)).unwrap();
        assert_eq!(told(Lang::Vi, 87_424), "LS còn phải trả 87.424 ₫.");
        assert_eq!(told(Lang::Vi, 0), "LS còn phải trả 0 ₫.");
        assert_eq!(told(Lang::Vi, -500_000), "LS đã trả trước 500.000 ₫, trừ vào tiền hàng sau.");
        assert_eq!(told(Lang::En, -500_000), "LS has paid 500.000 ₫ ahead, to be taken off what sells next.");
    }
}
