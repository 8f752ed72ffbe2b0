//! A producer's pages with every sample.

use time::macros::date;
use web::csrf::CsrfToken;

use super::{LONGEST, LONGEST_STORE, MOST_VND, NOW_MS, TODAY, each, id};
use crate::db::announced::Choice;
use crate::db::consigned::Only;
use crate::db::producer_news::Made;
use crate::web::producer::announced::{self, AnnouncedDelivery, AnnouncedReport, Choices};
use crate::web::producer::consigned::{self, Consigned, GoodsInStore, GoodsUnderWay, LotInStore};
use crate::web::producer::dossier::DossierQuery;
use crate::web::producer::dossier::page::{Typed, View as DossierView};
use crate::web::producer::dossier::report::{Dossier, DossierPaper, ProductChoice, StoreOfDossier};
use crate::web::producer::grid::page::View as GridView;
use crate::web::producer::grid::report::{
    CellOfGrid, Figures, GridReport, ProductOfGrid, StoreOfGrid, UnitOfGrid,
};
use crate::web::producer::lapsing::LapsingOfProducer;
use crate::web::producer::month::Month;
use crate::web::producer::news::{self, NewsView};
use crate::web::producer::overview::{self, Overview, OwedBy, OwedInStore, SoldSum};
use crate::web::producer::picked::Picked;
use crate::web::producer::reading_key;
use crate::web::producer::settlements::PaperOfReport;
use crate::web::producer::sold::{Chosen, ProductSold, Sale, Sold, View as SoldView};
use crate::web::sales::filter::Wrong;
use crate::web::sales::period::{Period, Preset};

const ROOT: &str = "/me";

impl Overview {
    fn samples() -> [Self; 3] {
        let empty = Self {
            name: "Nông hộ Lý Sơn".to_owned(),
            owed_vnd: 0,
            owed_by: Vec::new(),
            as_of_ms: None,
            papers: Vec::new(),
            sold_today: SoldSum::default(),
            sold_month: SoldSum::default(),
            month_words: "11/2026".to_owned(),
            lapsing_own: Vec::new(),
            revenue_vnd: 0,
            low: Vec::new(),
            goods_count: 0,
            lately: Vec::new(),
        };
        let full = |name: &str, store: &str, vnd: i64, operators: u128| {
            let stores = vec![OwedInStore { store_id: id(8), store: store.to_owned(), owed_vnd: vnd }; 2];
            let owed = |number| OwedBy {
                operator_id: id(number),
                operator: store.to_owned(),
                owed_vnd: vnd,
                stores: stores.clone(),
            };
            let sold = SoldSum { revenue_vnd: vnd, due_vnd: vnd };
            let lapsing = |(rank, lapses_in_days)| LapsingOfProducer {
                product_id: id(1),
                name: name.to_owned(),
                counts_as: if rank > 0 { "ocop" } else { "rural_industrial" }.to_owned(),
                rank: (rank > 0).then_some(rank),
                lapse_day: TODAY,
                lapses_in_days,
            };
            Self {
                owed_vnd: vnd,
                sold_today: sold,
                sold_month: sold,
                lapsing_own: [(4, 0), (0, 88)].map(lapsing).to_vec(),
                owed_by: (0..operators).map(owed).collect(),
                as_of_ms: Some(NOW_MS),
                papers: PaperOfReport::samples(store, vnd),
                revenue_vnd: vnd,
                low: GoodsInStore::samples(name, store),
                goods_count: 9,
                lately: vec![Sale::sample(name, store, vnd); 2],
                ..empty.clone()
            }
        };
        [empty.clone(), full("Tỏi đen", "Lý Sơn", 1_250_000, 1), full(LONGEST, LONGEST_STORE, MOST_VND, 3)]
    }
}

impl GoodsInStore {
    /// Short, gone, gone and unsold, low, nearly gone, enough.
    fn samples(name: &str, store: &str) -> Vec<Self> {
        let all = [(-1_000, 5_000), (0, 5_000), (0, 0), (3_000, 30_000), (1_000, 60_000), (50_000, 5_000)];
        let row = |(left_milli, sold_lately_milli)| Self {
            store_id: id(9),
            store: store.to_owned(),
            product_id: id(1),
            name: name.to_owned(),
            unit: "Hộp 250g".to_owned(),
            left_milli,
            ended_milli: left_milli.max(0) / 3,
            sold_lately_milli,
        };
        all.map(row).to_vec()
    }
}

impl Sale {
    fn sample(name: &str, store: &str, vnd: i64) -> Self {
        Self {
            day: TODAY,
            store: store.to_owned(),
            name: name.to_owned(),
            unit: "kg".to_owned(),
            quantity_milli: 1_250,
            revenue_vnd: vnd,
            due_vnd: vnd / 2,
        }
    }
}

impl Sold {
    fn samples() -> [Self; 3] {
        let empty = Self {
            picked: Picked::default(),
            from: TODAY,
            to: TODAY,
            products: vec![],
            revenue_vnd: 0,
            due_vnd: 0,
            lately: vec![],
            is_cut: false,
        };
        let full = |name: &str, vnd: i64| Self {
            from: date!(2026 - 11 - 01),
            products: vec![ProductSold {
                product_id: id(1),
                name: name.to_owned(),
                unit: "Hộp 250g".to_owned(),
                quantity_milli: 12_000,
                revenue_vnd: vnd,
                due_vnd: vnd / 2,
            }],
            revenue_vnd: vnd,
            due_vnd: vnd / 2,
            lately: vec![Sale::sample(name, LONGEST_STORE, vnd)],
            ..empty.clone()
        };
        [empty.clone(), full("Tỏi đen", 1_250_000), full(LONGEST, MOST_VND)]
    }
}

fn picked(name: &str, store: &str) -> Picked {
    let only = Only { product: Some(id(1).into()), store: Some(id(9).into()) };
    Picked { product: Some(name.to_owned()), store: Some(store.to_owned()), only }
}

impl GridReport {
    fn samples() -> [Self; 3] {
        let empty = Self {
            month: "2026-11".to_owned(),
            products: Vec::new(),
            stores: Vec::new(),
            sums: Figures::default(),
            owed_vnd: 0,
        };
        let full = |name: &str, store: &str, vnd: i64| {
            let sums = Figures { revenue_vnd: vnd, due_vnd: vnd / 2 };
            let cell = |number| CellOfGrid {
                store_id: id(number),
                store: store.to_owned(),
                left_milli: -1_250,
                sold_milli: 12_000,
                sums,
            };
            let product = |cells: u128| ProductOfGrid {
                product_id: id(1),
                name: name.to_owned(),
                unit: "Hộp 250g".to_owned(),
                cells: (0..cells).map(cell).collect(),
                left_milli: 0,
                sold_milli: 24_000,
                sums,
            };
            let units = ["kg", "Hộp 250g"].map(|unit| UnitOfGrid {
                unit: unit.to_owned(),
                left_milli: 0,
                sold_milli: 1,
            });
            let store = StoreOfGrid {
                store_id: id(9),
                store: store.to_owned(),
                units: units.to_vec(),
                sums,
                owed_vnd: -vnd,
            };
            Self {
                products: vec![product(1), product(3)],
                stores: vec![store; 2],
                sums,
                owed_vnd: -vnd,
                ..empty.clone()
            }
        };
        [empty.clone(), full("Tỏi đen", "Lý Sơn", 1_250_000), full(LONGEST, LONGEST_STORE, MOST_VND)]
    }
}

impl Dossier {
    fn samples() -> [Self; 3] {
        let empty = Self { products: Vec::new(), paper: None };
        let full = |name: &str, store: &str, vnd: i64| {
            let store = |heard_at_ms: Option<i64>, is_behind| StoreOfDossier {
                store_id: id(9),
                store: store.to_owned(),
                quantity_milli: 12_500,
                revenue_vnd: vnd,
                heard_at_ms,
                is_behind,
            };
            let paper = DossierPaper {
                producer: name.to_owned(),
                product_id: id(1),
                product: name.to_owned(),
                unit: "Hộp 250g".to_owned(),
                from: date!(2026 - 01 - 01),
                to: TODAY,
                stores: vec![store(Some(NOW_MS), false), store(Some(NOW_MS), true), store(None, true)],
                quantity_milli: 37_500,
                revenue_vnd: vnd,
            };
            let choice = ProductChoice { product_id: id(1), name: name.to_owned() };
            Self { products: vec![choice], paper: Some(paper) }
        };
        [empty, full("Tỏi đen", "Lý Sơn", 1_250_000), full(LONGEST, LONGEST_STORE, MOST_VND)]
    }
}

#[test]
fn overviews() {
    each(|lang| Overview::samples().iter().map(|sample| overview::main(lang, ROOT, sample)).collect());
}

#[test]
fn news_by_message() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let made = |sent_at_ms, given_up: &str| Made {
        id: id(1),
        kind: "weekly".to_owned(),
        words: format!("Tuần 23/11–29/11:\n{LONGEST}: bán 14, được 2.350.000 ₫, còn 3, mang thêm 9."),
        made_at_ms: 1_795_000_000_000,
        sent_at_ms,
        given_up: given_up.to_owned(),
    };
    let asked = Some(("0905123456".to_owned(), 1_795_000_000_000));
    let views = [
        NewsView { wish: None, latest: Vec::new() },
        NewsView { wish: asked.clone(), latest: vec![made(None, ""), made(Some(1), "")] },
        NewsView { wish: asked, latest: vec![made(Some(1), "refused"), made(Some(1), "late")] },
    ];
    each(|lang| views.iter().map(|view| news::card(lang, &csrf, view)).collect());
}

#[test]
fn reading_keys() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    each(|lang| {
        let cards =
            [None, Some(1_795_000_000_000)].map(|since_ms| reading_key::card(lang, &csrf, (since_ms, id(9))));
        let shown = reading_key::once(lang, "https://ocop.example/p/7Q3F9K2M4N5P6R8STVWXYZ0123");
        cards.into_iter().chain([shown, reading_key::made_before(lang)]).collect()
    });
}

#[test]
fn announced_deliveries() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let delivery = |arrived_milli, is_ended| AnnouncedDelivery {
        delivery_id: id(1),
        store: LONGEST_STORE.to_owned(),
        name: LONGEST.to_owned(),
        unit: "hộp 250 g".to_owned(),
        quantity_milli: 1_000_000,
        comes_on: TODAY,
        arrived_milli,
        is_ended,
    };
    let full =
        AnnouncedReport { deliveries: vec![delivery(0, false), delivery(18_500, false), delivery(0, true)] };
    let empty = AnnouncedReport { deliveries: Vec::new() };
    let choice = |number| Choice { id: id(number), name: LONGEST.to_owned() };
    let choices = Choices { stores: vec![choice(1)], products: vec![choice(2), choice(3)] };
    let typed = announced::Typed::new(id(9), TODAY);
    each(|lang| {
        let mut pages =
            vec![announced::main(lang, &csrf, (&empty, TODAY), (&Choices::default(), &typed, None))];
        for wrong in [None, Some("store"), Some("product"), Some("quantity"), Some("day"), Some("many")] {
            pages.push(announced::main(lang, &csrf, (&full, TODAY), (&choices, &typed, wrong)));
        }
        pages
    });
}

#[test]
fn sold() {
    let all = [Chosen::Preset(Preset::Month), Chosen::Month(Month::of(TODAY))];
    each(|lang| {
        let mut pages = Vec::new();
        for sold in &Sold::samples() {
            for picked in [Picked::default(), picked(LONGEST, LONGEST_STORE)] {
                let sold = Sold { picked, is_cut: true, ..sold.clone() };
                let pages_of =
                    |chosen| SoldView { lang, root: ROOT, today: TODAY, chosen, sold: &sold }.render();
                pages.extend(all.map(pages_of));
            }
        }
        pages
    });
}

#[test]
fn goods() {
    let lot = |code: Option<&str>| LotInStore {
        store: LONGEST_STORE.to_owned(),
        name: LONGEST.to_owned(),
        received_on: TODAY,
        expires_on: code.map(|_| TODAY),
        code: code.map(str::to_owned),
        left_milli: -1_250,
    };
    each(|lang| {
        let usual = GoodsInStore::samples("Tỏi đen", "Lý Sơn");
        let longest = GoodsInStore::samples(LONGEST, LONGEST_STORE);
        let all = [
            Consigned::default(),
            Consigned {
                goods: usual,
                under_way: vec![GoodsUnderWay {
                    operator: LONGEST_STORE.to_owned(),
                    name: LONGEST.to_owned(),
                    unit: "hộp 250 g".to_owned(),
                    quantity_milli: 999_999_000,
                }],
                ..Consigned::default()
            },
            Consigned {
                under_way: Vec::new(),
                goods: longest,
                picked: picked(LONGEST, LONGEST_STORE),
                lots: vec![lot(None), lot(Some("A-1"))],
            },
        ];
        all.map(|consigned| consigned::main(lang, ROOT, &consigned)).to_vec()
    });
}

#[test]
fn grids() {
    let month = Month::of(TODAY);
    each(|lang| {
        let all = GridReport::samples();
        all.map(|report| GridView { lang, root: ROOT, month, today: TODAY, report: &report }.render())
            .to_vec()
    });
}

#[test]
fn dossiers() {
    let period = Period { from: date!(2026 - 01 - 01), to: TODAY };
    each(|lang| {
        let mut pages = Vec::new();
        for dossier in &Dossier::samples() {
            for wrong in [None, Some(Wrong::From), Some(Wrong::To), Some(Wrong::Order), Some(Wrong::TooLong)]
            {
                let typed = Typed::of(dossier, &DossierQuery::default(), period);
                let is_of_one_operator = wrong.is_none();
                let view = DossierView {
                    lang,
                    root: ROOT,
                    today: TODAY,
                    dossier,
                    typed: &typed,
                    wrong,
                    is_of_one_operator,
                };
                pages.push(view.render());
            }
        }
        pages
    });
}
