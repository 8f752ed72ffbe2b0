//! Money that was put into drawers and taken out by hand; a projection of the entries of kind `cash_moved`.

use domain::ids::{CashierId, ShiftId};
use protocol::payload::CashMoved;
use sqlx::SqliteConnection;

use super::{Result, Tx, engine::one_row};

/// Writes a move of cash from its entry.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_move(tx: &mut Tx, stream_no: i64, seq: i64, moved: &CashMoved) -> Result<()> {
    let rows =
        sqlx::query("insert into cash_moves (stream_no, seq, shift_id, amount_vnd) values ($1, $2, $3, $4)")
            .bind(stream_no)
            .bind(seq)
            .bind(moved.shift)
            .bind(moved.amount)
            .execute(&mut **tx)
            .await?
            .rows_affected();
    one_row("cash_moves", rows)
}

/// Returns what a cashier took out of a drawer in a shift without a manager's word, đồng, as a positive number.
///
/// # Errors
/// When the database does not answer.
pub async fn sum_taken_alone(tx: &mut Tx, shift_id: ShiftId, cashier_id: CashierId) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "select coalesce(sum(-cash_moves.amount_vnd), 0) from cash_moves
         join entries on entries.stream_no = cash_moves.stream_no and entries.seq = cash_moves.seq
         where cash_moves.shift_id = $1 and cash_moves.amount_vnd < 0
               and entries.shared ->> '$.approved_by' is null and entries.shared ->> '$.cashier' = $2",
    )
    .bind(shift_id.uuid())
    .bind(cashier_id.to_string())
    .fetch_one(&mut **tx)
    .await?)
}

/// Returns how many moves of cash stand in a stream: the next voucher has the number after it.
///
/// # Errors
/// When the database does not answer.
pub async fn count_moves(connection: &mut SqliteConnection, stream_no: i64) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from cash_moves where stream_no = $1")
        .bind(stream_no)
        .fetch_one(connection)
        .await?)
}
