//! News for a producer as one sentence a product: what sold, what it brought, what is left, what to bring. The shop sends it by
//! its own Zalo.

use ::receipts::language::Language;
use domain::cover::{PACE_DAYS, to_send};
use domain::ids::ProducerId;
use domain::settlement::StatementRow;
use domain::{Money, Quantity};
use sqlx::SqliteConnection;
use time::{Date, Duration};

use super::Result;
use super::settlement::Open;
use crate::db::{products, stock_moves};

/// Products that are told of by name; a longer message is read by nobody.
const PRODUCTS_MOST: usize = 12;

/// Returns the news of what is open with a producer; empty when nothing of theirs sold and nothing runs out. `store` is the name
/// of the sender.
///
/// # Errors
/// When the database does not answer.
pub async fn news(
    connection: &mut SqliteConnection,
    producer_id: ProducerId,
    open: &Open,
    (store, today, language): (&str, Date, Language),
) -> Result<String> {
    let since = today - Duration::days(PACE_DAYS);
    let lately = stock_moves::list_sold_since(connection, producer_id, since).await?;
    let mut lines = Vec::new();
    for (product_id, row) in &open.rows {
        let pace = lately.get(product_id).copied().unwrap_or_default();
        let (name, unit) = products::find_name(connection, *product_id).await?.unwrap_or_default();
        let line = Told { name: &name, unit: &unit, row, to_bring: to_send(row.closing, pace) };
        lines.extend(line.sentence(language));
    }
    if lines.is_empty() {
        return Ok(String::new());
    }
    let more = lines.len().saturating_sub(PRODUCTS_MOST);
    lines.truncate(PRODUCTS_MOST);
    if more > 0 {
        lines.push(match language {
            Language::Vi => format!("Và {more} sản phẩm khác."),
            Language::En => format!("And {more} other products."),
        });
    }
    let owed = open.account.balance()?;
    lines.push(match language {
        Language::Vi => format!("{store} còn phải trả {owed}."),
        Language::En => format!("{store} owes you {owed}."),
    });
    Ok(lines.join("\n"))
}

/// What is told of a product.
struct Told<'a> {
    name: &'a str,
    unit: &'a str,
    row: &'a StatementRow,
    to_bring: Quantity,
}

impl Told<'_> {
    /// Returns the sentence, or `None` when there is no news.
    fn sentence(&self, language: Language) -> Option<String> {
        let sold = self.row.sold.minus(self.row.refunded).unwrap_or_default();
        if sold == Quantity::ZERO && self.to_bring == Quantity::ZERO {
            return None;
        }
        let Self { name, unit, row, to_bring } = self;
        let (due, left): (Money, Quantity) = (row.due, row.closing.max(Quantity::ZERO));
        let mut words = match (language, sold == Quantity::ZERO) {
            (Language::Vi, true) => format!("{name} ({unit}): còn {left}"),
            (Language::Vi, false) => format!("{name} ({unit}): bán {sold}, được {due}, còn {left}"),
            (Language::En, true) => format!("{name} ({unit}): left {left}"),
            (Language::En, false) => format!("{name} ({unit}): sold {sold}, brought {due}, left {left}"),
        };
        if *to_bring > Quantity::ZERO {
            words.push_str(&match language {
                Language::Vi => format!(", mang thêm {to_bring}"),
                Language::En => format!(", bring {to_bring} more"),
            });
        }
        words.push('.');
        Some(words)
    }
}
