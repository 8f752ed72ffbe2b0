//! Samples of goods that go to other stores, come from them, or are packed anew.

use domain::Quantity;
use maud::{Markup, html};
use protocol::wire::SisterStore;
use time::macros::date;
use web::Lang;

use super::shelf::lot;
use super::{LONG, id};
use crate::counter::Note;
use crate::counter::note::Delivering;
use crate::db::merged::Merged;
use crate::db::products::PackRow;
use crate::web::approval::Managers;
use crate::web::merging;
use crate::web::refund::Opening;
use crate::web::repack::{self, Opened, RepackGoods};
use crate::web::transfer_send::{self, Goods, SendGoods, WhichGoods};
use crate::web::transfer_take::{self, TakeIn, Waiting, WaitingLine};
use crate::web::transfers::{TransferState, TransfersState, lists};

fn opening(is_here: bool) -> Opening {
    let people = if is_here { Vec::new() } else { vec![(id(3), LONG.to_owned())] };
    Opening { csrf: html! {}, op_id: "op".to_owned(), managers: Managers { people, is_here } }
}

fn on_the_way(lang: Lang) -> Vec<Markup> {
    let transfer = |became| TransferState {
        number: "LS-7Q3F-CK123456".to_owned(),
        store: LONG.to_owned(),
        sent_at_ms: 1_795_000_000_000,
        lots: 100,
        became,
    };
    let full = TransfersState {
        arriving: vec![transfer("under_way")],
        sent: ["under_way", "taken", "differs", "came_back"].map(transfer).into(),
        has_sisters: true,
    };
    let empty = TransfersState { arriving: Vec::new(), sent: Vec::new(), has_sisters: false };
    [full, empty].iter().map(|state| lists(lang, state)).collect()
}

fn waiting(is_back: bool) -> Waiting {
    let line = |producer: Option<&str>| WaitingLine {
        lot_id: id(4),
        name: LONG.to_owned(),
        unit: "kg".to_owned(),
        producer: producer.map(str::to_owned),
        code: Some("L-0526".to_owned()),
        expires: "31/05/2027".to_owned(),
        sent_milli: 99_999_999,
    };
    Waiting {
        number: "LS-7Q3F-CK123456".to_owned(),
        store: LONG.to_owned(),
        is_back,
        is_named: !is_back,
        lines: vec![line(Some(LONG)), line(None)],
    }
}

fn opened(is_weighed: bool) -> Opened {
    let pack = PackRow { product_id: id(6), name: LONG.to_owned(), unit: "gói 500 g".to_owned() };
    Opened {
        lot_id: id(4),
        product_id: id(5),
        name: LONG.to_owned(),
        unit: "kg".to_owned(),
        producer: (!is_weighed).then(|| LONG.to_owned()),
        code: "L-0526".to_owned(),
        expires: "31/05/2027".to_owned(),
        left: Quantity::from_milli(99_999_999),
        is_weighed,
        packs: vec![pack],
    }
}

/// Returns every note about them.
pub(super) fn notes() -> Vec<Note> {
    let (voucher, name) = ("LS-7Q3F-CK123456".to_owned(), LONG.to_owned());
    [
        Delivering::Sent { voucher: voucher.clone(), store: name.clone() },
        Delivering::TakenIn { voucher: voucher.clone(), lots: 100 },
        Delivering::Repacked { voucher },
        Delivering::Merged { name: name.clone() },
        Delivering::NoSuchStore,
        Delivering::NoSuchTransfer,
        Delivering::UnknownGoods,
        Delivering::OutsideProgramme { name: name.clone() },
        Delivering::RepackExpired { name: name.clone() },
        Delivering::PackOfAnother { name: name.clone() },
        Delivering::ProgrammeMixed { name },
        Delivering::WeightsDiffer { used: "10".to_owned(), made: "9,5".to_owned() },
    ]
    .map(Note::Delivering)
    .into()
}

/// Returns every page about them.
pub(super) fn rendered(lang: Lang) -> Vec<Markup> {
    let mut all = on_the_way(lang);
    let sisters = [SisterStore { id: id(2), code: "TK".to_owned(), name: LONG.to_owned() }];
    for is_here in [true, false] {
        let opening = opening(is_here);
        let lots = [lot(999_999_000, Some(date!(2026 - 11 - 24))), lot(5_000, None)];
        let which = WhichGoods::default();
        let goods = Goods { lots: lots.into(), has_more: false };
        let many = Goods { lots: vec![lot(5_000, None); 12], has_more: true };
        for goods in [goods, many, Goods::default()] {
            all.push(transfer_send::form(
                lang,
                (&sisters, &goods),
                (&which, &SendGoods::default()),
                &opening,
            ));
        }
        all.push(transfer_take::form(lang, &waiting(is_here), &TakeIn::default(), &opening));
        all.push(repack::form(lang, &opened(is_here), &RepackGoods::default(), &opening));
    }
    let goods = Merged {
        product_id: id(5),
        name: LONG.to_owned(),
        unit: "hộp 200 g".to_owned(),
        quantity_milli: -99_999_000,
        into_name: LONG.to_owned(),
    };
    all.push(merging::card(lang, &opening(true).csrf, &[(goods, "s1".to_owned())]));
    all
}
