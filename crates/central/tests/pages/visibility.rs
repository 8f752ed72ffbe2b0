//! Which field of an answer each audience may see: one table. A field that stands in no row fails, and so does one that comes
//! to an audience that its row does not name.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use central::db::Db;
use central::db::engine::Sql;
use central::db::users::Role;
use domain::stock::Lot;
use serde_json::Value;
use uuid::Uuid;

use super::browser::Browser;
use crate::support::points::record_point;
use crate::support::random_world::{Last, RandomWorld};
use crate::support::settling::record;

testkit::on_both_engines!(each_audience_gets_the_fields_that_the_table_names);

/// Who may see which fields: the department (D), an operator of its own stores (O), a producer of its own goods (P), whoever
/// holds a producer's reading key (K). Nobody else is told anything: not even that there is something.
const TABLE: &[(&str, &[&str])] = &[
    // Goods, who makes and sells them, and what was sold.
    (
        "DOPK",
        &[
            "as_of_ms",
            "code",
            "from",
            "heard_at_ms",
            "left_milli",
            "low",
            "name",
            "page",
            "producer",
            "product_id",
            "products",
            "quantity_milli",
            "revenue_vnd",
            "sold_lately_milli",
            "sold_milli",
            "store",
            "store_id",
            "stores",
            "to",
            "unit",
        ],
    ),
    // A settlement by its number.
    ("DOPK", &["number", "operator"]),
    // Goods between stores.
    ("PK", &["under_way"]),
    // What is owed: not the department's business.
    ("OPK", &["goods", "owed_vnd"]),
    // A settlement as both who settled see it, over one store or all of an operator's.
    (
        "OPK",
        &[
            "carried_vnd",
            "closing_milli",
            "commission_ppm",
            "commission_tax_vnd",
            "commission_vnd",
            "compensation_vnd",
            "counted_milli",
            "day",
            "discount_vnd",
            "dispute",
            "due_vnd",
            "gross_vnd",
            "hash",
            "id",
            "joint",
            "joints",
            "lost_by_operator_milli",
            "lost_by_producer_milli",
            "opening_milli",
            "paid_on",
            "paid_vnd",
            "paper",
            "received_milli",
            "recorded_vnd",
            "refunded_milli",
            "repacked_milli",
            "returned_milli",
            "rows",
            "seq",
            "transferred_milli",
            "waiting",
        ],
    ),
    // What an operator is to pay.
    ("O", &["on_its_way_vnd", "payable_vnd"]),
    // Between a producer and an operator: what goods brought and cost, how a settlement was counted, what was agreed.
    (
        "PK",
        &[
            "cells",
            "clauses",
            "expires_on",
            "goods_count",
            "is_behind",
            "is_cut",
            "is_in_force",
            "is_later",
            "lately",
            "lots",
            "month",
            "operator_id",
            "operators",
            "owed_by",
            "papers",
            "picked",
            "product",
            "received_on",
            "silent_until_ms",
            "standing",
            "sums",
            "units",
            "valid_from",
            "versions",
        ],
    ),
    // Who makes it.
    ("DO", &["producer_id"]),
    // How stores sell: receipts, recognitions, other producers' goods.
    (
        "DO",
        &[
            "all",
            "before",
            "before_from",
            "before_to",
            "before_vnd",
            "categories",
            "category",
            "counts",
            "days",
            "exceptions",
            "freshness",
            "groups",
            "held_vnd",
            "is_complete",
            "notices",
            "open_transfers",
            "out",
            "over_time",
            "own_milli",
            "pages",
            "product_count",
            "promotions",
            "receipt_count",
            "reported",
            "slow",
            "stars",
            "to_bring_milli",
            "totals",
            "transfers",
            "under_way_milli",
        ],
    ),
    // Goods that a producer will bring.
    ("P", &["arrived_milli", "comes_on", "deliveries", "delivery_id", "is_ended"]),
    // The department's report. Sums of consigned goods by operator are quantities; what is owed for them is told to nobody here.
    (
        "D",
        &[
            "address",
            "adjusted_milli",
            "answered_count",
            "by_category",
            "by_commune",
            "by_group",
            "by_producer",
            "by_product",
            "by_stars",
            "by_store",
            "closing",
            "consigned",
            "cutoff",
            "days_of",
            "delivered_milli",
            "difficulties",
            "fresh",
            "given_back_milli",
            "group",
            "headings",
            "is_known",
            "is_over",
            "is_sealed",
            "key",
            "kinds",
            "lapsing",
            "last_year",
            "last_year_vnd",
            "made_at_ms",
            "net_sold_milli",
            "ocop",
            "on",
            "on_sale",
            "opening",
            "period",
            "periods",
            "points",
            "previous",
            "previous_vnd",
            "producer_count",
            "promoted",
            "proposals",
            "reach",
            "recipients",
            "report",
            "saved_at_ms",
            "saved_by",
            "seal",
            "shift_count",
            "sign",
            "signed_on",
            "signer_name",
            "signer_title",
            "sold",
            "stopped",
            "subject",
            "tasting_count",
            "template",
            "total",
            "traffic",
            "visitor_count",
            "wasted_milli",
            "words",
            "year",
        ],
    ),
    // Goods that stores added.
    ("D", &["barcode", "price_vnd"]),
    // Labels that were scanned.
    ("D", &["is_suspicious", "labels", "lot", "on_shelf_milli", "scans"]),
    // Lists that administrators bring.
    ("D", &["imports"]),
    // Devices and journals.
    (
        "D",
        &[
            "commune",
            "device",
            "devices",
            "disputes",
            "enrolled_at_ms",
            "entry_count",
            "exception_count",
            "fingerprint",
            "pad_sales",
            "sale_at_ms",
            "status",
        ],
    ),
    // The catalogue as the department keeps it.
    (
        "D",
        &[
            "action",
            "actor",
            "acts",
            "at_ms",
            "barcodes",
            "criteria",
            "days_left",
            "decided_on",
            "detail",
            "group",
            "group_printed",
            "held",
            "is_combo",
            "is_provisional",
            "issuer",
            "lapsing_count",
            "level",
            "page_after",
            "page_before",
            "phone",
            "points_hundredths",
            "prices",
            "producer_count",
            "recognition_id",
            "recognitions",
            "set_at_ms",
            "set_by",
            "sku",
            "sold_by",
            "state",
            "tax_class",
            "until",
            "version",
        ],
    ),
    // Points of sale with their files.
    (
        "D",
        &[
            "amount_vnd",
            "answer",
            "at_least",
            "block_en",
            "block_vi",
            "brought_by",
            "by_paper",
            "byte_count",
            "checked_by",
            "checks",
            "closed_on",
            "cost_id",
            "costs",
            "criteria_in_force",
            "criterion_no",
            "decision",
            "decision_number",
            "equipment",
            "equipment_id",
            "file_id",
            "files",
            "former_district",
            "funding",
            "gone_on",
            "handed_on",
            "in_force_from",
            "is_withdrawn",
            "item_count",
            "kind",
            "legal_status",
            "location",
            "location_type",
            "measure",
            "measured",
            "name_en",
            "name_vi",
            "next",
            "note",
            "outlived_on",
            "paper_number",
            "point_count",
            "point_id",
            "set_id",
            "shelf",
            "since",
            "steps",
            "tax_number",
            "taken_by",
            "text_en",
            "text_vi",
            "title",
            "value_vnd",
        ],
    ),
    // A list of producers: an operator's are those whom it owes.
    ("DO", &["producers"]),
    // The cash and the debts of stores.
    ("O", &["cash_vnd", "is_forked", "is_silent", "receipts", "today_vnd", "waiting_vnd"]),
];

/// All that anybody sees who holds a pack: no price, no quantity, nothing about who sells how much.
const PUBLIC: [&str; 24] = [
    "address",
    "category",
    "code",
    "commune",
    "decision_number",
    "expires_on",
    "group_en",
    "group_vi",
    "is_expired",
    "is_provisional",
    "is_retired",
    "lot",
    "name",
    "phone",
    "producer",
    "product_id",
    "received",
    "received_on",
    "recognitions",
    "stars",
    "store",
    "stores",
    "unit",
    "valid_to",
];

/// One store has received a lot with a code, and recorded its part of what the operator settled; the other one is waited for.
async fn record_first_part(random: &mut RandomWorld) {
    let (till, garlic) = (&mut random.tills[0], random.world.garlic.clone());
    till.receive_lot(&garlic, 1, |lot| Lot { code: Some("L1".to_owned()), ..lot });
    till.push_from(&random.world, till.head.seq).await.ack();
    let sql = Sql::new("select id from joint_parts where store_id = ").bind(random.world.store);
    let (part,): (Uuid,) = random.world.app.db.one(sql).await.unwrap();
    record(&random.world, &mut random.tills[0], (part, 0)).await;
}

async fn each_audience_gets_the_fields_that_the_table_names(db: Db) {
    let mut random = RandomWorld::new(db, 3, Last::Producer, true).await;
    record_first_part(&mut random).await;
    let world = &random.world;
    record_point(world).await;
    let mut producer = Browser::of(world, Role::Producer(world.phu_sinh)).await;
    let (store, product) = (world.store.to_string(), world.garlic.id.to_string());
    let fields = [("store", store.as_str()), ("product", &product), ("quantity", "2"), ("day", "2026-11-25")];
    assert_eq!(producer.post(world, "/me/announced", "/me/announced", &fields).await.status, 303);
    let mut seen: BTreeMap<String, BTreeSet<char>> = BTreeMap::new();
    let (mut stranger, mut public) = (Browser::new(), BTreeMap::new());
    for path in super::isolation::paths(&random, &random.own) {
        let audience = if path.starts_with("/p/") { 'K' } else { '-' };
        let seen = if is_public(&path) { &mut public } else { &mut seen };
        read(&random, &mut stranger, &path, audience, seen).await;
    }
    assert_eq!(public.keys().map(String::as_str).collect::<Vec<_>>(), PUBLIC);
    for (audience, role) in [
        ('D', Role::Department),
        ('D', Role::Admin),
        ('O', Role::Operator(world.operator)),
        ('P', Role::Producer(world.phu_sinh)),
    ] {
        let mut browser = Browser::of(world, role).await;
        for path in super::isolation::paths(&random, &random.own) {
            if !path.starts_with("/p/") && !is_public(&path) {
                read(&random, &mut browser, &path, audience, &mut seen).await;
            }
        }
    }
    let table: BTreeMap<String, BTreeSet<char>> = TABLE
        .iter()
        .flat_map(|(who, fields)| fields.iter().map(|field| ((*field).to_owned(), who.chars().collect())))
        .collect();
    for (field, audiences) in &seen {
        let may = table.get(field).cloned().unwrap_or_default();
        assert!(audiences.is_subset(&may), "{field} comes to {audiences:?}; the table says {may:?}");
    }
    for (field, may) in &table {
        let told = seen.get(field).cloned().unwrap_or_default();
        assert_eq!(*may, told, "{field} is told to fewer than the table says");
    }
}

/// The pages behind labels.
pub(super) fn is_public(path: &str) -> bool {
    path.starts_with("/01/") || path.starts_with("/s/")
}

/// Notes the name of each field of an answer.
async fn read(
    random: &RandomWorld,
    browser: &mut Browser,
    path: &str,
    audience: char,
    seen: &mut BTreeMap<String, BTreeSet<char>>,
) {
    for query in ["", "?show=all", "?period=year", "?product=", "?month=2026-10"] {
        let query = query.replace("product=", &format!("product={}", random.world.garlic.id));
        let address = format!("{path}{query}");
        let answer = browser.send(&random.world, Method::GET, &address, "application/json", None).await;
        if answer.status == 200
            && let Ok(told) = serde_json::from_slice::<Value>(&answer.body)
        {
            note(&told, audience, seen);
        }
    }
}

fn note(told: &Value, audience: char, seen: &mut BTreeMap<String, BTreeSet<char>>) {
    match told {
        Value::Object(fields) => {
            for (name, value) in fields {
                seen.entry(name.clone()).or_default().insert(audience);
                note(value, audience, seen);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| note(value, audience, seen)),
        _ => {}
    }
}
