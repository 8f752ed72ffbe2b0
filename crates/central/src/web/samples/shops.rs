//! Samples of the inventory and of an operator's first page.

use domain::Quantity;
use web::csrf::CsrfToken;

use super::{LONGEST, LONGEST_STORE, MOST_VND, NOW_MS, TODAY, each, id};
use crate::db::inventory::Held;
use crate::db::transfers::OpenTransfer;
use crate::web::inventory::filter::{InventoryQuery, Picked, Show};
use crate::web::inventory::listing::Listing;
use crate::web::inventory::page::View as InventoryView;
use crate::web::inventory::report::{InventoryCounts, InventoryReport};
use crate::web::producer::terms::VersionOfReport;
use crate::web::shop_terms::ending::{self, Ending};
use crate::web::shop_terms::form::{self, Typed};
use crate::web::shop_terms::{self, ShopTerms, TermsWithProducer};
use crate::web::shops::{self, OwedOfReport, ShopOfReport, ShopsReport};

#[test]
fn inventory() {
    let held = |store: u128, left: i64, sold: i64| Held {
        store_id: id(store).into(),
        code: format!("LS{store}"),
        store: LONGEST_STORE.to_owned(),
        operator_id: id(1).into(),
        product_id: id(2).into(),
        name: LONGEST.to_owned(),
        name_fold: LONGEST.to_lowercase(),
        unit: "kg".to_owned(),
        producer: Some(LONGEST.to_owned()),
        producer_id: Some(id(7)),
        left: Quantity::from_milli(left),
        own: Quantity::from_milli(left / 2),
        expiring: Quantity::from_milli(left.max(0) / 3),
        ended: Quantity::from_milli(left.max(0) / 4),
        coming: Quantity::from_milli(12_000),
        sold_lately: Quantity::from_milli(sold),
    };
    let all = [
        held(1, 999_999_000, 0),
        held(2, -1_250, 5_000),
        held(3, 0, 40_000_000),
        held(4, 1_000, 60_000),
        held(5, 0, 0),
    ];
    each(|lang| {
        let open: Vec<OpenTransfer> = ["under_way", "unknown", "twice"].map(open_transfer).into();
        let stores = [(id(1).to_string(), LONGEST_STORE.to_owned())];
        let query = InventoryQuery { q: LONGEST.to_owned(), owner: id(7).to_string(), ..Default::default() };
        let render = |(held, show): (&[Held], Show)| {
            let picked = Picked { show, ..Picked::default() };
            let listing = Listing::page(held, &picked).unwrap();
            let report = InventoryReport::of(listing, open.clone(), (TODAY, TODAY));
            InventoryView { lang, query: &query, picked: &picked, stores: &stores, report: &report }.render()
        };
        let shown =
            [&all[..], &all[..1], &[]].into_iter().flat_map(|held| Show::ALL.map(|show| (held, show)));
        shown.map(render).collect()
    });
}

fn open_transfer(state: &str) -> OpenTransfer {
    OpenTransfer {
        number: "LS-7Q3F-CK123456".to_owned(),
        from_code: "LS1".to_owned(),
        to_code: "LS2".to_owned(),
        at_ms: NOW_MS,
        lot_count: 100,
        state: state.to_owned(),
    }
}

#[test]
fn shops() {
    let store = |is_wrong: bool| ShopOfReport {
        store_id: id(1),
        store: LONGEST_STORE.to_owned(),
        receipts: 1_234,
        today_vnd: MOST_VND,
        cash_vnd: MOST_VND,
        heard_at_ms: (!is_wrong).then_some(NOW_MS),
        is_silent: is_wrong,
        held_vnd: if is_wrong { MOST_VND } else { 0 },
        exceptions: i64::from(is_wrong) * 12,
        is_forked: is_wrong,
    };
    let report = |stores: Vec<ShopOfReport>| ShopsReport {
        today_vnd: MOST_VND,
        before_vnd: if stores.is_empty() { 0 } else { MOST_VND / 2 },
        receipts: 2_468,
        cash_vnd: MOST_VND,
        waiting_vnd: 0,
        owed_vnd: -MOST_VND,
        producers: stores
            .iter()
            .map(|_| OwedOfReport { name: LONGEST.to_owned(), owed_vnd: MOST_VND })
            .collect(),
        goods: InventoryCounts { all: 2_000, out: stores.len(), slow: 12, ..InventoryCounts::default() },
        nominated_count: stores.len(),
        disputed_count: stores.len(),
        disputed_days: 12,
        late_transfer_count: stores.len(),
        twice_transfer_count: stores.len(),
        unknown_transfer_count: stores.len(),
        stores,
    };
    each(|lang| {
        [vec![], vec![store(false), store(true)]].map(|stores| shops::main(lang, &report(stores))).to_vec()
    });
}

#[test]
fn contracts() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let version = |is_in_force: bool, is_later: bool, is_ended: bool| VersionOfReport {
        product: is_later.then(|| LONGEST.to_owned()),
        store: is_in_force.then(|| LONGEST_STORE.to_owned()),
        valid_from: TODAY,
        is_in_force,
        is_later,
        is_ended,
        clauses: vec![LONGEST.to_owned(); 3],
    };
    let with = TermsWithProducer {
        producer: LONGEST.to_owned(),
        versions: vec![
            version(true, false, false),
            version(false, true, false),
            version(false, false, true),
            version(false, false, false),
        ],
    };
    let wrong =
        ["producer", "product", "valid_from", "commission", "shrinkage", "return_days", "agreed_after_days"];
    let wrong = || std::iter::once(None).chain(wrong.map(Some));
    each(|lang| {
        let reports = [ShopTerms { agreements: Vec::new() }, ShopTerms { agreements: vec![with.clone()] }];
        let names = [LONGEST.to_owned()];
        let page = |(report, wrong): (&ShopTerms, Option<&'static str>)| {
            let form = form::render(lang, &csrf, &Typed::new(id(7), TODAY), (&names, wrong));
            shop_terms::main(lang, report, &form, wrong)
        };
        let ends = [None, Some("end_producer"), Some("end_product"), Some("nothing"), Some("end_from")];
        let ends = ends.map(|wrong| ending::render(lang, &csrf, &Ending::new(id(7), TODAY), wrong));
        let pages = reports.iter().flat_map(|report| wrong().map(move |wrong| (report, wrong))).map(page);
        pages.chain(ends).collect()
    });
}
