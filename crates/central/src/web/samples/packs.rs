//! Pages of packs, and the page that counts them, with every sample.

use super::{LONGEST, LONGEST_STORE, TODAY, each, id};
use crate::web::pack::page;
use crate::web::pack::report::{LotOfPack, PackReport, ReceivedLot, RecognitionOfPack, StoreOfPack};
use crate::web::scans::{self, ScannedLabel, ScansReport};

#[test]
fn packs() {
    let recognition = |category: &str, stars| RecognitionOfPack {
        category: category.to_owned(),
        stars,
        decision_number: "QĐ 1898/QĐ-UBND".to_owned(),
        valid_to: stars.map(|_| TODAY),
    };
    let lot = |is_expired| LotOfPack {
        code: "L".repeat(40),
        expires_on: Some(TODAY),
        is_expired,
        received: vec![
            ReceivedLot {
                store: LONGEST_STORE.to_owned(),
                code: "L".repeat(40),
                received_on: TODAY
            };
            usize::from(!is_expired) * 3
        ],
    };
    let store = |phone: &str| StoreOfPack {
        store: LONGEST_STORE.to_owned(),
        address: LONGEST.to_owned(),
        phone: phone.to_owned(),
    };
    let whole = PackReport {
        product_id: id(1),
        name: LONGEST.to_owned(),
        unit: "Hộp 250g".to_owned(),
        group_vi: Some("Dược liệu và sản phẩm từ dược liệu".to_owned()),
        group_en: Some("Medicinal plants and products of them".to_owned()),
        producer: Some(LONGEST.to_owned()),
        commune: "Đặc khu Lý Sơn".to_owned(),
        is_provisional: false,
        is_retired: false,
        recognitions: vec![recognition("ocop", Some(5)), recognition("specialty", None)],
        lot: Some(lot(false)),
        stores: vec![store("0255 382 2222"), store("")],
    };
    let bare = PackReport {
        producer: None,
        commune: String::new(),
        group_vi: None,
        group_en: None,
        is_provisional: true,
        is_retired: true,
        recognitions: Vec::new(),
        lot: Some(lot(true)),
        stores: Vec::new(),
        ..whole.clone()
    };
    let product = PackReport { lot: None, ..whole.clone() };
    each(|lang| {
        let mut pages: Vec<_> =
            [&whole, &bare, &product].into_iter().map(|report| page::main(lang, report)).collect();
        // Whole pages have their own frame.
        assert!(page::unknown(lang, true).into_string().contains("<h1"));
        pages.push(page::main(lang, &whole));
        pages
    });
}

#[test]
fn scanned_labels() {
    let label = |lot: &str, is_suspicious| ScannedLabel {
        product_id: id(1),
        name: LONGEST.to_owned(),
        unit: "Hộp 250g".to_owned(),
        producer: Some(LONGEST.to_owned()),
        lot: lot.to_owned(),
        scans: 1_234_567,
        sold_milli: -1_250,
        on_shelf_milli: 9_000_000,
        is_suspicious,
    };
    each(|lang| {
        let all = [vec![], vec![label("L26-09", true), label("", false)]];
        all.map(|labels| scans::main(lang, &ScansReport { scans: 1_234_567, labels })).to_vec()
    });
}
