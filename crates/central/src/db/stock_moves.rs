//! What came to the shelves and left them, move by move, and what it brought the producers: the lines of a settlement.

use domain::ids::{ProducerId, ProductId};
use domain::settlement::MoveSum;
use domain::stock_move::{MoveCause, Worth};
use domain::{Money, Quantity, Rate};
use protocol::StreamId;
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Tx, sql};
use crate::error::{Error, Result};

#[derive(FromRow)]
struct SumRow {
    product_id: Uuid,
    cause: String,
    commission_ppm: Option<i64>,
    is_settled: bool,
    quantity_milli: i64,
    gross_vnd: i64,
    discount_vnd: i64,
    commission_vnd: i64,
    commission_tax_vnd: i64,
    due_vnd: i64,
}

/// Returns what moved of a producer's goods up to an entry of a journal, added up as a settlement needs it; what moved up to
/// the entry `settled_seq` is in an earlier one.
///
/// # Errors
/// When the database fails, or a row is not what it must be.
pub(crate) async fn list_sums(
    tx: &mut Tx,
    producer_id: ProducerId,
    stream: StreamId,
    (settled_seq, until_seq): (i64, i64),
) -> Result<Vec<MoveSum>> {
    let sql = sql!(
        "select product_id, cause, commission_ppm, is_settled,
            cast(sum(quantity_milli) as bigint) as quantity_milli, cast(sum(gross_vnd) as bigint) as gross_vnd,
            cast(sum(discount_vnd) as bigint) as discount_vnd, cast(sum(commission_vnd) as bigint) as commission_vnd,
            cast(sum(commission_tax_vnd) as bigint) as commission_tax_vnd, cast(sum(due_vnd) as bigint) as due_vnd
         from (select product_id, cause, commission_ppm, seq <= $5 as is_settled, due_vnd <> 0 as is_owed, quantity_milli,
                gross_vnd, discount_vnd, commission_vnd, commission_tax_vnd, due_vnd
            from stock_moves
            where producer_id = $1 and store_id = $2 and incarnation = $3 and seq <= $4) as moves
         group by product_id, cause, commission_ppm, is_settled, is_owed
         order by product_id, cause, commission_ppm, is_settled, is_owed",
        producer_id,
        stream.store_id,
        stream.incarnation,
        until_seq,
        settled_seq
    );
    tx.all::<SumRow>(sql).await?.into_iter().map(SumRow::read).collect()
}

impl SumRow {
    fn read(self) -> Result<MoveSum> {
        let product_id = ProductId::from_uuid(self.product_id);
        let damaged = |why: &str| Error::damaged("stock_moves", product_id, why);
        let cause = MoveCause::from_code(&self.cause).ok_or_else(|| damaged("its cause is unknown"))?;
        let rate = self.commission_ppm.map(|ppm| {
            let rate = u32::try_from(ppm).ok().and_then(|ppm| Rate::from_ppm(ppm).ok());
            rate.ok_or_else(|| damaged("its commission is no rate"))
        });
        Ok(MoveSum {
            product_id,
            cause,
            is_settled: self.is_settled,
            quantity: Quantity::from_milli(self.quantity_milli),
            worth: Worth {
                gross: Money::new(self.gross_vnd),
                discount: Money::new(self.discount_vnd),
                commission_rate: rate.transpose()?,
                commission: Money::new(self.commission_vnd),
                commission_tax: Money::new(self.commission_tax_vnd),
                due: Money::new(self.due_vnd),
            },
        })
    }
}
