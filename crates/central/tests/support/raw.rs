//! What the journals say, read one by one from the table `entries`, and nothing that central has added up: for tests that count slowly.

use std::collections::BTreeMap;

use central::db::Db;
use central::db::engine::Sql;
use serde_json::Value;
use time::Date;
use time::macros::format_description;
use uuid::Uuid;

/// Store, kind, business day, sale, and what is said.
type EntryRow = (Uuid, String, Option<Date>, Option<Uuid>, Vec<u8>);

/// An entry that is in the books.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) store: Uuid,
    /// The day on which it counts: that of its shift; of a sale that was written by hand, and of what voids it, that of the pad.
    pub(crate) day: Date,
    pub(crate) kind: String,
    /// What it says.
    pub(crate) said: Value,
}

/// Goods that moved, and what they were worth. Quantities are thousandths of the unit.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) store: Uuid,
    pub(crate) day: Date,
    pub(crate) product: Uuid,
    /// What it counted as.
    pub(crate) facts: Option<Uuid>,
    pub(crate) lot: Uuid,
    /// Whose consigned goods.
    pub(crate) producer: Option<Uuid>,
    /// To the shelf; below zero for away from it.
    pub(crate) shelf: i64,
    /// Sent on its way between stores; below zero for arrived.
    pub(crate) way: i64,
    /// Sold; below zero for what came back.
    pub(crate) sold: i64,
    /// What buyers paid for it.
    pub(crate) vnd: i64,
    /// What its producer is owed of that.
    pub(crate) due: i64,
    /// What its producer is owed for what was lost.
    pub(crate) lost_vnd: i64,
    /// The last day of its lot, where the line names it.
    pub(crate) ends: Option<Date>,
}

/// Reads every entry that is in the books.
pub(crate) async fn read(db: &Db) -> Vec<Told> {
    let text = "select store_id, kind, business_date, sale_id, shared from entries where state = 'projected'";
    let rows: Vec<EntryRow> = db.all(Sql::new(text)).await.unwrap();
    let (mut all, mut pads) = (Vec::with_capacity(rows.len()), BTreeMap::new());
    for (store, kind, day, sale, shared) in rows {
        let said: Value = serde_json::from_slice(&shared).unwrap();
        if let (Some(sale), Some(day)) = (sale, day_of(&said["pad"]["day"])) {
            pads.insert(sale, day);
        }
        all.push((sale, Told { store, day: day.unwrap(), kind, said }));
    }
    let counted = |(sale, told): (Option<Uuid>, Told)| {
        let pad = sale.and_then(|sale| pads.get(&sale)).copied();
        let counts = ["sale", "void"].contains(&told.kind.as_str());
        Told { day: pad.filter(|_| counts).unwrap_or(told.day), ..told }
    };
    all.into_iter().map(counted).collect()
}

impl Told {
    /// Returns what it did to goods, line by line.
    pub(crate) fn lines(&self) -> Vec<Line> {
        let lines = || list(&self.said, "lines").iter();
        let milli = |line: &Value| int(line, "quantity");
        match self.kind.as_str() {
            "sale" => lines().map(|line| self.traded(line, 1)).collect(),
            "refund" | "void" => lines().map(|line| self.traded(line, -1)).collect(),
            "goods_in" => lines().map(|line| self.moved(line, milli(line))).collect(),
            "goods_out" => lines().map(|line| self.moved(line, -milli(line))).collect(),
            "goods_count" => list(&self.said, "products").iter().flat_map(|each| self.found(each)).collect(),
            "transfer_out" => {
                lines().map(|line| Line { way: milli(line), ..self.moved(line, -milli(line)) }).collect()
            }
            "transfer_in" => lines()
                .map(|line| Line { way: -milli(line), ..self.moved(line, int(line, "arrived")) })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Returns what was handed over in any of these ways.
    pub(crate) fn tenders(&self, kinds: &[&str]) -> i64 {
        let of_kind = |tender: &&Value| kinds.iter().any(|kind| tender["kind"] == *kind);
        list(&self.said, "tenders").iter().filter(of_kind).map(|tender| int(tender, "amount")).sum()
    }

    /// Returns which producer it paid how much, where it is about that; below zero for money that came back.
    pub(crate) fn paid(&self) -> Option<(Uuid, i64)> {
        let vnd = self.tenders(&["cash", "vietqr"]);
        let vnd = match self.kind.as_str() {
            "settlement" | "producer_paid" => vnd,
            "producer_adjusted" => -vnd,
            _ => return None,
        };
        Some((id(&self.said["producer"]).unwrap(), vnd))
    }

    /// Returns which producer is owed how much more by it, where it is about that and not about goods; below zero for what was paid.
    pub(crate) fn owed_change(&self) -> Option<(Uuid, i64)> {
        let (producer, paid) = self.paid()?;
        let is_adjusted = self.kind == "producer_adjusted";
        Some((producer, if is_adjusted { int(&self.said, "amount") } else { -paid }))
    }

    /// A line of a sale, or of what came back of one.
    fn traded(&self, line: &Value, sign: i64) -> Line {
        let (milli, is_waste) = (int(line, "quantity"), line["back_to"] == "waste");
        let due = if sign > 0 { due(line) } else { int(&line["split"], "producer_due") };
        Line {
            sold: sign * milli,
            vnd: sign * (int(line, "gross") - int(line, "discount")),
            due: sign * due,
            ..self.moved(line, if is_waste { 0 } else { -sign * milli })
        }
    }

    /// What a count changed of the lots of a product.
    fn found(&self, counted: &Value) -> Vec<Line> {
        let product = id(&counted["product"]).unwrap();
        let lots = list(counted, "lots").iter();
        lots.map(|lot| Line { product, ..self.moved(lot, int(lot, "quantity")) }).collect()
    }

    fn moved(&self, line: &Value, shelf: i64) -> Line {
        Line {
            store: self.store,
            day: self.day,
            // That of a counted lot stands above it.
            product: id(&line["product"]).unwrap_or_default(),
            facts: id(&line["facts"]),
            lot: id(&line["lot"]).unwrap(),
            producer: id(&line["producer"]).or(id(&line["terms"]["producer"])),
            shelf,
            way: 0,
            sold: 0,
            vnd: 0,
            due: 0,
            lost_vnd: int(line, "compensation"),
            ends: day_of(&line["expires_on"]),
        }
    }
}

/// What a sold line owes its producer, by its frozen terms.
fn due(line: &Value) -> i64 {
    let terms = &line["terms"];
    if terms.is_null() {
        return 0;
    }
    let gross = int(line, "gross");
    let paid = gross - int(line, "discount");
    let commission = part(if terms["basis"] == "net" { paid } else { gross }, int(terms, "commission_ppm"));
    let tax = part(commission, int(terms, "commission_tax_ppm"));
    (if terms["discount_bearer"] == "producer" { paid } else { gross }) - commission - tax
}

/// Parts per million of an amount that is not below zero, half away from zero.
fn part(vnd: i64, ppm: i64) -> i64 {
    (vnd * ppm * 2 + 1_000_000) / 2_000_000
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A number; nothing is said of zero.
fn int(value: &Value, name: &str) -> i64 {
    value[name].as_i64().unwrap_or_default()
}

fn id(value: &Value) -> Option<Uuid> {
    value.as_str().map(|text| text.parse().unwrap())
}

fn day_of(value: &Value) -> Option<Date> {
    Date::parse(value.as_str()?, format_description!("[year]-[month]-[day]")).ok()
}
