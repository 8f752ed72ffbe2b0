//! The projections as text: two databases with the same digest hold the same books, byte for byte; and where they do not,
//! the rows are named.

use futures_util::TryStreamExt;
use protocol::Hash;
use sqlx::SqliteConnection;

use crate::db::{Result, Tx};

/// A table of the books.
struct Book {
    name: &'static str,
    /// Its rows in the order of its key.
    rows: &'static str,
    /// Remembers it for the rest of a transaction.
    keep: &'static str,
    /// What was remembered and is not so any more.
    gone: &'static str,
    /// What was not so then.
    come: &'static str,
}

macro_rules! book {
    ($name:literal, $columns:literal, $key:literal) => {
        Book {
            name: $name,
            rows: concat!("select concat_ws(' ', ", $columns, ") from ", $name, " order by ", $key),
            keep: concat!("create temp table was_", $name, " as select * from ", $name),
            gone: concat!(
                "select concat_ws(' ', ",
                $columns,
                ") from (select * from was_",
                $name,
                " except select * from ",
                $name,
                " limit 20)"
            ),
            come: concat!(
                "select concat_ws(' ', ",
                $columns,
                ") from (select * from ",
                $name,
                " except select * from was_",
                $name,
                " limit 20)"
            ),
        }
    };
}

const BOOKS: [Book; 15] = [
    book!("lots", "quote(lot_id), quote(product_id), quote(producer_id), quote(received_on), quote(expires_on), quote(code)",
        "lot_id"),
    book!("stock", "quote(product_id), quote(lot_id), quote(location), quote(quantity_milli)",
        "product_id, lot_id, location"),
    book!("stock_moves", "quote(stream_no), quote(seq), quote(move_no), quote(product_id), quote(lot_id), quote(producer_id),
        quote(cause), quote(quantity_milli), quote(gross_vnd), quote(discount_vnd), quote(commission_ppm),
        quote(commission_vnd), quote(commission_tax_vnd), quote(due_vnd)", "stream_no, seq, move_no"),
    book!("producer_payments", "quote(stream_no), quote(seq), quote(shift_id), quote(producer_id), quote(number),
        quote(is_settlement), quote(due_vnd), quote(carried_vnd), quote(paid_vnd), quote(paid_at_ms),
        quote(joint_part), quote(adjusted_vnd), quote(corrects_stream), quote(corrects_seq), quote(reason)", "stream_no, seq"),
    book!("purchases", "quote(stream_no), quote(seq), quote(lot_id), quote(seller_id), quote(product_id),
        quote(quantity_milli), quote(cost_vnd), quote(amount_vnd), quote(bought_on), quote(voucher)", "stream_no, seq, lot_id"),
    book!("settled", "quote(producer_id), quote(stream), quote(seq)", "producer_id, stream"),
    book!("balances", "quote(account), quote(producer_id), quote(amount_vnd)", "account, producer_id"),
    book!("sales", "quote(sale_id), quote(stream_no), quote(seq), quote(receipt_number), quote(shift_id), quote(cashier_id),
        quote(business_date), quote(sold_at_ms), quote(payable_vnd), quote(cash_vnd)", "sale_id"),
    book!("pad_sales", "quote(sale_id), quote(claimed_at_ms), quote(day), quote(first_line), quote(last_line),
        quote(past_date)", "sale_id"),
    book!("refunds", "quote(stream_no), quote(seq), quote(receipt_number), quote(sale_id), quote(is_void), quote(shift_id),
        quote(refunded_at_ms), quote(paid_vnd), quote(cash_vnd)", "stream_no, seq"),
    book!("refund_lines", "quote(stream_no), quote(seq), quote(sale_id), quote(in_programme), quote(place), quote(line_no),
        quote(quantity_milli)", "stream_no, seq, in_programme, place"),
    book!("shifts", "quote(shift_id), quote(counter), quote(cashier_id), quote(business_date), quote(opened_at_ms),
        quote(float_vnd), quote(stream_no), quote(opened_seq), quote(closed_at_ms), quote(closed_seq), quote(expected_vnd),
        quote(counted_vnd)", "shift_id"),
    book!("cash_moves", "quote(stream_no), quote(seq), quote(shift_id), quote(amount_vnd)", "stream_no, seq"),
    book!("deposits", "quote(sale_id), quote(number), quote(due_on), quote(total_vnd), quote(taken_at_ms), quote(left_vnd)",
        "sale_id"),
    book!("deposit_moves", "quote(stream_no), quote(seq), quote(shift_id), quote(sale_id), quote(is_taken)",
        "stream_no, seq"),
];

/// Returns the digest of goods, money, sales, shifts, moves of cash and deposits, each in the order of its key.
///
/// # Errors
/// When the database does not answer.
pub async fn digest(connection: &mut SqliteConnection) -> Result<Hash> {
    let mut hash = Hash::ZERO;
    for book in BOOKS {
        let mut rows = sqlx::query_scalar::<_, String>(book.rows).fetch(&mut *connection);
        while let Some(row) = rows.try_next().await? {
            hash = Hash::of(&[hash.bytes(), row.as_bytes()]);
        }
        hash = Hash::of(&[hash.bytes(), b"\0"]);
    }
    Ok(hash)
}

/// Remembers the books as they are now, until the transaction is rolled back.
pub(super) async fn keep(tx: &mut Tx) -> Result<()> {
    for book in BOOKS {
        sqlx::query(book.keep).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Returns a sentence for each row that was remembered and is not so any more, or the other way round.
pub(super) async fn differences(tx: &mut Tx) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for book in BOOKS {
        let gone: Vec<String> = sqlx::query_scalar(book.gone).fetch_all(&mut **tx).await?;
        let come: Vec<String> = sqlx::query_scalar(book.come).fetch_all(&mut **tx).await?;
        let name = book.name;
        found.extend(gone.iter().map(|row| {
            format!("table {name}: {row} does not follow from the journal: run `ocop-pos rebuild`")
        }));
        found
            .extend(come.iter().map(|row| format!("table {name}: {row} is missing: run `ocop-pos rebuild`")));
    }
    Ok(found)
}
