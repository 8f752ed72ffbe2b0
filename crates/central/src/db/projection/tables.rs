//! The tables that follow from the journal alone: how effects become rows of them, and how those are read back. The
//! same list serves ingest, rebuild, digests and verification, so none of them can forget a table or a column.

mod deliveries;
mod reconciling;
mod reporting;
mod settling;
mod transfers;

use domain::ids::{ProducerId, ProductId, SaleId};
use time::Date;

use super::effects::{Cell, Effects, Sales};
use crate::db::engine::{Val, args};
use crate::db::entries::plain;
use deliveries::deliveries;
use reconciling::{bank_tenders, drawer_counts, goods_daily, money_daily};
use reporting::{consigned_daily, first_days, promoted_daily, visitors_daily};
use settling::{settled, settlements, stock_moves};
use transfers::{lot_ancestors, transfers};

type Rows<'e> = Box<dyn Iterator<Item = Vec<Val>> + Send + 'e>;

/// A table of the books.
#[derive(Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Empties it.
    pub(super) clear: &'static str,
    /// `insert into …` with all columns.
    pub(super) insert: &'static str,
    /// What to do with a key that is there.
    pub(super) conflict: &'static str,
    /// Selects all columns in the order of `insert`.
    pub(crate) select: &'static str,
    /// The order of the keys.
    pub(crate) order: &'static str,
    /// Rows of effects, in that order.
    pub(crate) rows: for<'e> fn(&'e Effects) -> Rows<'e>,
}

macro_rules! table {
    ($name:literal ($columns:literal) key ($key:literal) $conflict:expr; $rows:expr) => {
        Table {
            name: $name,
            clear: concat!("delete from ", $name),
            insert: concat!("insert into ", $name, " (", $columns, ")"),
            conflict: $conflict,
            select: concat!("select ", $columns, " from ", $name),
            order: concat!(" order by ", $key),
            rows: $rows,
        }
    };
}

/// All of them.
pub const TABLES: [Table; 30] = [
    table!("exceptions" ("store_id, incarnation, seq, reason, detail, suspended_vnd, raised_at_ms")
        key ("store_id, incarnation, seq") ""; exceptions),
    table!("lots" ("store_id, lot_id, product_id, producer_id, received_on, expires_on, code")
        key ("store_id, lot_id") "on conflict (store_id, lot_id) do nothing"; lots),
    table!("stock" ("store_id, product_id, lot_id, location, quantity_milli")
        key ("store_id, product_id, lot_id, location")
        "on conflict (store_id, product_id, lot_id, location)
         do update set quantity_milli = stock.quantity_milli + excluded.quantity_milli"; stock),
    table!("balances" ("store_id, account, producer_id, amount_vnd")
        key ("store_id, account, producer_id")
        "on conflict (store_id, account, producer_id)
         do update set amount_vnd = balances.amount_vnd + excluded.amount_vnd"; balances),
    table!("receipts" ("store_id, sale_id, receipt, day, payable_vnd, line_count, incarnation, seq, is_counted")
        key ("store_id, sale_id") ""; receipts),
    table!("pad_sales" ("store_id, sale_id, claimed_at_ms, first_line, last_line, past_date, told_apart")
        key ("store_id, sale_id") ""; pad_sales),
    table!("sale_lines" ("store_id, incarnation, seq, line_no, product_id, product_facts_id, producer_id, lot_id, day, quantity_milli, gross_vnd, discount_vnd, tax_vnd, producer_due_vnd, commission_vnd, commission_tax_vnd")
        key ("store_id, incarnation, seq, line_no") ""; sale_lines),
    table!("refunds" ("store_id, incarnation, seq, sale_id, receipt, day, paid_vnd, is_void")
        key ("store_id, incarnation, seq") ""; refunds),
    table!("refunded_lines" ("store_id, sale_id, line_no, quantity_milli")
        key ("store_id, sale_id, line_no")
        "on conflict (store_id, sale_id, line_no) do update set
            quantity_milli = refunded_lines.quantity_milli + excluded.quantity_milli"; refunded_lines),
    table!("deliveries" ("store_id, incarnation, seq, line_no, lot_id, product_id, producer_id, day, quantity_milli, noted_milli")
        key ("store_id, incarnation, seq, line_no") ""; deliveries),
    table!("stock_moves" ("store_id, incarnation, seq, move_no, product_id, lot_id, producer_id, cause, quantity_milli, gross_vnd, discount_vnd, commission_ppm, commission_vnd, commission_tax_vnd, due_vnd")
        key ("store_id, incarnation, seq, move_no") ""; stock_moves),
    table!("settlements" ("store_id, incarnation, seq, producer_id, number, is_settlement, day, due_vnd, carried_vnd, paid_vnd, closed_at_ms, joint_part, adjusted_vnd, corrects_incarnation, corrects_seq, reason")
        key ("store_id, incarnation, seq") ""; settlements),
    table!("settled" ("store_id, producer_id, incarnation, seq, until_incarnation, until_seq")
        key ("store_id, producer_id, incarnation, seq, until_incarnation") ""; settled),
    table!("transfers" ("store_id, incarnation, seq, number, is_out, other_store_id, lot_count, is_whole, day, at_ms")
        key ("store_id, incarnation, seq") ""; transfers),
    table!("lot_ancestors" ("store_id, lot_id, ancestor_id")
        key ("store_id, lot_id, ancestor_id") "on conflict (store_id, lot_id, ancestor_id) do nothing"; lot_ancestors),
    table!("sales_daily" ("store_id, day, product_id, product_facts_id, producer_id, quantity_milli, revenue_vnd, producer_due_vnd, line_count")
        key ("store_id, day, product_id, product_facts_id, producer_id")
        "on conflict (store_id, day, product_id, product_facts_id, producer_id) do update set
            quantity_milli = sales_daily.quantity_milli + excluded.quantity_milli,
            revenue_vnd = sales_daily.revenue_vnd + excluded.revenue_vnd,
            producer_due_vnd = sales_daily.producer_due_vnd + excluded.producer_due_vnd,
            line_count = sales_daily.line_count + excluded.line_count";
        |effects| Box::new(effects.sales_daily.iter().map(|cell| sales(effects, cell)))),
    table!("sales_monthly" ("store_id, month, product_id, product_facts_id, producer_id, quantity_milli, revenue_vnd, producer_due_vnd, line_count")
        key ("store_id, month, product_id, product_facts_id, producer_id")
        "on conflict (store_id, month, product_id, product_facts_id, producer_id) do update set
            quantity_milli = sales_monthly.quantity_milli + excluded.quantity_milli,
            revenue_vnd = sales_monthly.revenue_vnd + excluded.revenue_vnd,
            producer_due_vnd = sales_monthly.producer_due_vnd + excluded.producer_due_vnd,
            line_count = sales_monthly.line_count + excluded.line_count";
        |effects| Box::new(effects.sales_monthly.iter().map(|cell| sales(effects, cell)))),
    table!("sales_months" ("store_id, month, line_count, quantity_milli, revenue_vnd")
        key ("store_id, month")
        "on conflict (store_id, month) do update set
            line_count = sales_months.line_count + excluded.line_count,
            quantity_milli = sales_months.quantity_milli + excluded.quantity_milli,
            revenue_vnd = sales_months.revenue_vnd + excluded.revenue_vnd"; sales_months),
    table!("receipts_daily" ("store_id, day, receipt_count, payable_vnd, programme_vnd, line_count")
        key ("store_id, day")
        "on conflict (store_id, day) do update set
            receipt_count = receipts_daily.receipt_count + excluded.receipt_count,
            payable_vnd = receipts_daily.payable_vnd + excluded.payable_vnd,
            programme_vnd = receipts_daily.programme_vnd + excluded.programme_vnd,
            line_count = receipts_daily.line_count + excluded.line_count"; receipts_daily),
    table!("store_days" ("store_id, first_day, last_day")
        key ("store_id")
        "on conflict (store_id) do update set
            first_day = case when excluded.first_day < store_days.first_day then excluded.first_day else store_days.first_day end,
            last_day = case when excluded.last_day > store_days.last_day then excluded.last_day else store_days.last_day end"; store_days),
    table!("product_receipts_daily" ("store_id, day, product_id, receipt_count")
        key ("store_id, day, product_id")
        "on conflict (store_id, day, product_id) do update set
            receipt_count = product_receipts_daily.receipt_count + excluded.receipt_count";
        |effects| Box::new(effects.product_receipts_daily.iter().map(|cell| product_receipts(effects, cell)))),
    table!("product_receipts_monthly" ("store_id, month, product_id, receipt_count")
        key ("store_id, month, product_id")
        "on conflict (store_id, month, product_id) do update set
            receipt_count = product_receipts_monthly.receipt_count + excluded.receipt_count";
        |effects| Box::new(effects.product_receipts_monthly.iter().map(|cell| product_receipts(effects, cell)))),
    table!("visitors_daily" ("store_id, day, shift_count, answered_count, visitor_count, tasting_count")
        key ("store_id, day")
        "on conflict (store_id, day) do update set
            shift_count = visitors_daily.shift_count + excluded.shift_count,
            answered_count = visitors_daily.answered_count + excluded.answered_count,
            visitor_count = visitors_daily.visitor_count + excluded.visitor_count,
            tasting_count = visitors_daily.tasting_count + excluded.tasting_count"; visitors_daily),
    table!("consigned_daily" ("store_id, day, cause, quantity_milli, move_count, revenue_vnd")
        key ("store_id, day, cause")
        "on conflict (store_id, day, cause) do update set
            quantity_milli = consigned_daily.quantity_milli + excluded.quantity_milli,
            move_count = consigned_daily.move_count + excluded.move_count,
            revenue_vnd = consigned_daily.revenue_vnd + excluded.revenue_vnd"; consigned_daily),
    table!("promoted_daily" ("store_id, day, promotion_id, quantity_milli, revenue_vnd, off_vnd, line_count")
        key ("store_id, day, promotion_id")
        "on conflict (store_id, day, promotion_id) do update set
            quantity_milli = promoted_daily.quantity_milli + excluded.quantity_milli,
            revenue_vnd = promoted_daily.revenue_vnd + excluded.revenue_vnd,
            off_vnd = promoted_daily.off_vnd + excluded.off_vnd,
            line_count = promoted_daily.line_count + excluded.line_count"; promoted_daily),
    table!("first_days" ("store_id, product_id, day")
        key ("store_id, product_id")
        "on conflict (store_id, product_id) do update set day = excluded.day where excluded.day < first_days.day"; first_days),
    table!("money_daily" ("store_id, day, account, kind, amount_vnd, entry_count")
        key ("store_id, day, account, kind")
        "on conflict (store_id, day, account, kind) do update set
            amount_vnd = money_daily.amount_vnd + excluded.amount_vnd,
            entry_count = money_daily.entry_count + excluded.entry_count"; money_daily),
    table!("goods_daily" ("store_id, day, cause, quantity_milli")
        key ("store_id, day, cause")
        "on conflict (store_id, day, cause) do update set
            quantity_milli = goods_daily.quantity_milli + excluded.quantity_milli"; goods_daily),
    table!("drawer_counts" ("store_id, incarnation, seq, day, expected_vnd, counted_vnd, float_vnd")
        key ("store_id, incarnation, seq") ""; drawer_counts),
    table!("bank_tenders" ("store_id, incarnation, seq, day, reference_hash, amount_vnd")
        key ("store_id, incarnation, seq") ""; bank_tenders),
];

fn exceptions(effects: &Effects) -> Rows<'_> {
    Box::new(effects.exceptions.iter().map(|((incarnation, seq), row)| {
        args![
            effects.store_id,
            *incarnation,
            *seq,
            row.finding.reason.code(),
            &row.finding.detail,
            row.suspended_vnd,
            row.raised_at_ms,
        ]
    }))
}

fn lots(effects: &Effects) -> Rows<'_> {
    Box::new(effects.lots.values().map(|lot| {
        args![
            effects.store_id,
            lot.id,
            lot.product_id,
            lot.owner.producer_id(),
            lot.received_on,
            lot.expires_on,
            lot.code.as_deref().map(|code| plain(code, 60)),
        ]
    }))
}

fn stock(effects: &Effects) -> Rows<'_> {
    let row = |((product, lot, location), milli): (&(_, _, &'static str), &i64)| {
        args![effects.store_id, *product, *lot, *location, *milli]
    };
    Box::new(effects.stock.iter().map(row))
}

fn balances(effects: &Effects) -> Rows<'_> {
    let row = |((account, producer), vnd): (&(&'static str, _), &i64)| {
        args![effects.store_id, *account, *producer, *vnd]
    };
    // Suspense that is empty has no row, or the order in which streams came would show.
    let stands = |((account, _), vnd): &(&(&'static str, _), &i64)| {
        **vnd != 0 || *account != domain::fold::Account::Suspense.code()
    };
    Box::new(effects.balances.iter().filter(stands).map(row))
}

fn receipts(effects: &Effects) -> Rows<'_> {
    Box::new(effects.receipts.iter().map(|(sale, row)| {
        args![
            effects.store_id,
            *sale,
            &row.receipt,
            row.day,
            row.payable_vnd,
            row.line_count,
            row.incarnation,
            row.seq,
            row.is_counted,
        ]
    }))
}

fn pad_sales(effects: &Effects) -> Rows<'_> {
    Box::new(effects.pad_sales.iter().map(|(sale, row)| {
        args![
            effects.store_id,
            *sale,
            row.claimed_at,
            i64::from(row.first_line),
            i64::from(row.last_line),
            row.past_date,
            i64::try_from(row.told_apart.len()).unwrap_or(i64::MAX),
        ]
    }))
}

fn sale_lines(effects: &Effects) -> Rows<'_> {
    Box::new(effects.sale_lines.iter().map(|((incarnation, seq, number), row)| {
        args![
            effects.store_id,
            *incarnation,
            *seq,
            *number,
            row.product_id,
            row.product_facts_id,
            row.producer_id.map(ProducerId::uuid),
            row.lot_id,
            row.day,
            row.quantity_milli,
            row.gross_vnd,
            row.discount_vnd,
            row.tax_vnd,
            row.producer_due_vnd,
            row.commission_vnd,
            row.commission_tax_vnd,
        ]
    }))
}

fn refunds(effects: &Effects) -> Rows<'_> {
    Box::new(effects.refunds.iter().map(|((incarnation, seq), row)| {
        args![
            effects.store_id,
            *incarnation,
            *seq,
            row.sale_id.map(SaleId::uuid),
            &row.receipt,
            row.day,
            row.paid_vnd,
            row.is_void,
        ]
    }))
}

fn refunded_lines(effects: &Effects) -> Rows<'_> {
    let row =
        |((sale, line_no), milli): (&(SaleId, i64), &i64)| args![effects.store_id, *sale, *line_no, *milli];
    Box::new(effects.refunded_lines.iter().map(row))
}

fn sales(effects: &Effects, (cell, sales): (&Cell, &Sales)) -> Vec<Val> {
    let (period, product, facts, producer) = *cell;
    args![
        effects.store_id,
        period,
        product,
        facts,
        producer,
        sales.quantity_milli,
        sales.revenue_vnd,
        sales.producer_due_vnd,
        sales.line_count,
    ]
}

fn sales_months(effects: &Effects) -> Rows<'_> {
    Box::new(effects.sales_months.iter().map(|(month, row)| {
        args![effects.store_id, *month, row.line_count, row.quantity_milli, row.revenue_vnd]
    }))
}

fn receipts_daily(effects: &Effects) -> Rows<'_> {
    Box::new(effects.receipts_daily.iter().map(|(day, row)| {
        args![effects.store_id, *day, row.receipt_count, row.payable_vnd, row.programme_vnd, row.line_count]
    }))
}

fn store_days(effects: &Effects) -> Rows<'_> {
    let mut days = effects.receipts_daily.keys();
    let first = days.next();
    let span = first.map(|first| args![effects.store_id, *first, *days.next_back().unwrap_or(first)]);
    Box::new(span.into_iter())
}

fn product_receipts(effects: &Effects, ((period, product), count): (&(Date, ProductId), &i64)) -> Vec<Val> {
    args![effects.store_id, *period, *product, *count]
}
