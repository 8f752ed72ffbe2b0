//! Deliveries as the journal has them, by the number on their paper.

use domain::Quantity;
use domain::ids::{LotId, ProductId};
use protocol::payload::{GoodsIn, GoodsInLine, GoodsInPrivate};

use super::{Error, Result, Tx};

/// Returns the lots of a delivery, those outside the programme too; `None` when no delivery has the number.
///
/// # Errors
/// When the database does not answer, or an entry cannot be read.
pub async fn find_lines(tx: &mut Tx, voucher: &str) -> Result<Option<Vec<GoodsInLine>>> {
    // The number ends with the entry's own, so that nothing has to be looked through.
    let seq = voucher.rsplit_once("NH").and_then(|(_, seq)| seq.parse::<i64>().ok());
    let found: Option<(String, Option<String>)> = sqlx::query_as(
        "select entries.shared, entries.private from streams
         join entries on entries.stream_no = streams.stream_no and entries.seq = $1
         where entries.kind = 'goods_in' and entries.shared ->> '$.voucher' = $2",
    )
    .bind(seq)
    .bind(voucher)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((shared, private)) = found else { return Ok(None) };
    let corrupt = |_| Error::Corrupt { table: "entries", column: "shared" };
    let mut lines = serde_json::from_str::<GoodsIn>(&shared).map_err(corrupt)?.lines;
    if let Some(private) = private {
        lines.extend(serde_json::from_str::<GoodsInPrivate>(&private).map_err(corrupt)?.lines);
    }
    Ok(Some(lines))
}

/// Says whether a lot is on the shelf as it came: nothing of it was sold, moved, counted or had been sold before. A stocktake that
/// corrected the product afterwards has mended the mistake already, be it in another lot.
///
/// # Errors
/// When the database does not answer.
pub async fn is_untouched(tx: &mut Tx, product_id: ProductId, lot: (LotId, Quantity)) -> Result<bool> {
    let (moves, milli, is_corrected): (i64, i64, bool) = sqlx::query_as(
        "select count(*), coalesce(sum(quantity_milli), 0),
             exists (select 1 from stock_moves as later
                     where later.product_id = $1 and later.cause = 'counted'
                         and (later.stream_no, later.seq) > (
                             select stream_no, seq from stock_moves as came
                             where came.product_id = $1 and came.lot_id = $2 order by stream_no, seq limit 1))
         from stock_moves where product_id = $1 and lot_id = $2",
    )
    .bind(product_id.uuid())
    .bind(lot.0.uuid())
    .fetch_one(&mut **tx)
    .await?;
    Ok(moves == 1 && milli == lot.1.milli() && !is_corrected)
}
