//! Rows of the department's report.

use super::Rows;
use crate::db::engine::args;
use crate::db::projection::effects::Effects;

pub(super) fn visitors_daily(effects: &Effects) -> Rows<'_> {
    Box::new(effects.visitors_daily.iter().map(|(day, row)| {
        args![
            effects.store_id,
            *day,
            row.shift_count,
            row.answered_count,
            row.visitor_count,
            row.tasting_count,
        ]
    }))
}

pub(super) fn consigned_daily(effects: &Effects) -> Rows<'_> {
    Box::new(effects.consigned_daily.iter().map(|((day, cause), row)| {
        args![effects.store_id, *day, *cause, row.quantity_milli, row.move_count, row.revenue_vnd]
    }))
}

pub(super) fn promoted_daily(effects: &Effects) -> Rows<'_> {
    Box::new(effects.promoted_daily.iter().map(|((day, promotion), row)| {
        args![
            effects.store_id,
            *day,
            *promotion,
            row.quantity_milli,
            row.revenue_vnd,
            row.off_vnd,
            row.line_count,
        ]
    }))
}

pub(super) fn first_days(effects: &Effects) -> Rows<'_> {
    Box::new(effects.first_days.iter().map(|(product, day)| args![effects.store_id, *product, *day]))
}
