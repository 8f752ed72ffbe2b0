//! News for a producer, as a message that the shop sends by its own Zalo.

use domain::Quantity;
use domain::cover::{PACE_DAYS, to_send};
use domain::ids::ProducerId;
use sqlx::SqliteConnection;
use time::{Date, Duration};
use web::Lang;
use web::news::{ProductNews, shortened};

use super::Result;
use super::settlement::Open;
use crate::db::{merged, products, stock_moves};

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
    let mut lines = Vec::new();
    for (product_id, row) in &open.rows {
        let pace = lately.get(product_id).copied().unwrap_or_default();
        let (name, unit) = products::find_name(connection, *product_id).await?.unwrap_or_default();
        let told = ProductNews {
            name: &name,
            unit: &unit,
            sold: row.sold.minus(row.refunded).unwrap_or_default(),
            due: row.due,
            left: row.closing,
            // What is another product by now is asked for under that name.
            to_bring: if merged::is_merged(connection, product_id.uuid()).await? {
                Quantity::ZERO
            } else {
                to_send(row.closing, pace)
            },
        };
        lines.extend(told.sentence(lang));
    }
    if lines.is_empty() {
        return Ok(String::new());
    }
    let mut lines = shortened(lang, lines);
    let owed = open.account.balance()?;
    lines.push(match lang {
        Lang::Vi => format!("{store} còn phải trả {owed}."),
        Lang::En => format!("{store} owes you {owed}."),
    });
    Ok(lines.join("\n"))
}
