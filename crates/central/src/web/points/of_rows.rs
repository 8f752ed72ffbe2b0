//! How rows of the database become parts of a point's file.

use super::detail::{
    ActOnPoint, CheckOfPoint, ChosenOfPoint, CostOfPoint, EquipmentOfPoint, FileOfPoint, LocationOfPoint,
    PointReport, StepOfPoint,
};
use crate::db::audit::AuditRow;
use crate::db::points::Point;
use crate::db::points::costs::Cost;
use crate::db::points::criteria::Check;
use crate::db::points::equipment::Equipment;
use crate::db::points::files::PointFile;
use crate::db::points::locations::Location;
use crate::db::points::steps::Step;
use web::Lang;

impl LocationOfPoint {
    /// Returns its name.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.name_vi,
            Lang::En => &self.name_en,
        }
    }
}

impl From<Location> for LocationOfPoint {
    fn from(row: Location) -> Self {
        Self { code: row.code, name_vi: row.name_vi, name_en: row.name_en }
    }
}

impl From<Point> for PointReport {
    fn from(point: Point) -> Self {
        Self {
            point_id: point.id.uuid(),
            name: point.name,
            address: point.address,
            commune: point.commune,
            former_district: point.former_district,
            operator_id: point.operator_id,
            operator: None,
            legal_status: point.legal_status,
            tax_number: point.tax_number,
            decision_number: point.decision_number,
            decided_on: point.decided_on,
            funding: point.funding,
            location: None,
            state: point.state,
            next: Vec::new(),
            store_id: point.store_id,
            store: None,
            has_till: false,
            steps: Vec::new(),
            criteria_in_force: None,
            checks: Vec::new(),
            checked_step_on: None,
            equipment: Vec::new(),
            costs: Vec::new(),
            files: Vec::new(),
            accepted: Vec::new(),
            chosen: ChosenOfPoint::default(),
            shelf: None,
            acts: Vec::new(),
        }
    }
}

impl From<Step> for StepOfPoint {
    fn from(row: Step) -> Self {
        Self { state: row.state, on: row.on_day, note: row.note, taken_by: row.taken_by }
    }
}

impl CheckOfPoint {
    /// Returns a check with how many criteria were met, not met, not known.
    pub fn of(row: Check, counts: [usize; 3]) -> Self {
        let Check { decision, set_id, checked_on: on, note, checked_by, .. } = row;
        Self { decision, set_id, on, note, checked_by, counts }
    }
}

impl From<Equipment> for EquipmentOfPoint {
    fn from(row: Equipment) -> Self {
        Self {
            equipment_id: row.id,
            kind: row.kind,
            name: row.name,
            item_count: row.item_count,
            value_vnd: row.value_vnd,
            funding: row.funding,
            paper_number: row.paper_number,
            handed_on: row.handed_on,
            gone_on: row.gone_on,
            note: row.gone_note,
            is_withdrawn: row.is_withdrawn,
            withdrawn_note: row.withdrawn_note,
        }
    }
}

impl From<Cost> for CostOfPoint {
    fn from(row: Cost) -> Self {
        Self {
            cost_id: row.id,
            kind: row.kind,
            amount_vnd: row.amount_vnd,
            on: row.spent_on,
            funding: row.funding,
            paper_number: row.paper,
            note: row.note,
            is_withdrawn: row.is_withdrawn,
        }
    }
}

impl From<PointFile> for FileOfPoint {
    fn from(row: PointFile) -> Self {
        Self {
            file_id: row.id,
            equipment_id: row.equipment_id,
            title: row.title,
            kind: row.kind,
            byte_count: row.byte_count,
            brought_by: row.brought_by,
            at_ms: row.brought_at_ms,
        }
    }
}

impl From<AuditRow> for ActOnPoint {
    fn from(row: AuditRow) -> Self {
        Self { at_ms: row.at_ms, actor: row.actor, action: row.action, detail: row.detail }
    }
}
