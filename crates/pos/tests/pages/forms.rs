//! A form for each address that takes one, and what each address answers to somebody who may use it. A new route needs its line here.

use pos::router::Route;

/// An address, a form that it takes, the status that it answers.
pub(super) type Entry = (&'static str, Fields, u16);
pub(super) type Fields = &'static [(&'static str, &'static str)];

/// A form that each address takes, and what it answers somebody who may post it. An address without an entry fails.
pub(super) const FORMS: &[Entry] = &[
    ("/sign-in", &[("cashier_id", ID), ("pin", "000000"), ("counter", "1")], 401),
    ("/sign-out", &[], 303),
    ("/counter/scan", &[("sale_id", ID), ("code", "8938500000010")], 200),
    ("/counter/choose", &[("sale_id", ID), ("product_id", ID)], 200),
    ("/counter/tile", &[("sale_id", ID), ("product_id", ID)], 200),
    ("/counter/dismiss", &[("sale_id", ID), ("code", "1")], 200),
    ("/counter/select", &[("sale_id", ID), ("row", "0")], 200),
    ("/counter/quantity", &[("sale_id", ID), ("row", "0"), ("product_id", ID), ("quantity", "2")], 200),
    ("/counter/step", &[("sale_id", ID), ("row", "0"), ("product_id", ID), ("pieces", "-1")], 200),
    ("/counter/remove", &[("sale_id", ID), ("row", "0"), ("product_id", ID)], 200),
    ("/counter/clear", &[("sale_id", ID)], 200),
    ("/counter/undo", &[("sale_id", ID)], 200),
    ("/counter/weigh", &[("sale_id", ID), ("product_id", ID), ("weight", "0,35")], 200),
    ("/counter/pack", &[("sale_id", ID), ("name", "Giỏ Tết")], 200),
    ("/counter/unpack", &[("sale_id", ID), ("basket", "1")], 200),
    ("/counter/park", &[("sale_id", ID), ("name", "chị Lan")], 200),
    ("/counter/new", &[("sale_id", ID)], 200),
    ("/counter/resume", &[("sale_id", ID), ("to_sale_id", ID)], 200),
    ("/counter/reduce", &[("sale_id", ID), ("what", "cart"), ("typed", "5%"), ("reason", "")], 200),
    ("/counter/remark", &[("sale_id", ID), ("about", "cart"), ("text", "a"), ("on_receipt", "yes")], 200),
    ("/counter/show", &[("sale_id", ID), ("show", "cash")], 200),
    ("/counter/vietqr", &[("sale_id", ID)], 200),
    ("/counter/finish", &[("sale_id", ID), ("payable_vnd", "1")], 200),
    ("/counter/buyer", &[("sale_id", ID), ("kind", "none")], 200),
    ("/counter/pad", &[("sale_id", ID), ("day", ""), ("time", ""), ("lines", "")], 200),
    ("/counter/pad/same", &[("sale_id", ID)], 200),
    ("/counter/pad/other", &[("sale_id", ID)], 200),
    ("/pad", &[("op_id", "pp"), ("lines", "20")], 200),
    ("/counter/give-up-exchange", &[("sale_id", ID)], 200),
    (
        "/counter/deposit",
        &[("sale_id", ID), ("person", "a"), ("due", ""), ("amount", "1"), ("kind", "cash")],
        200,
    ),
    ("/deposits/deliver", &[("op_id", "dd"), ("sale_id", ID)], 200),
    (
        "/deposits/back",
        &[("op_id", "db"), ("sale_id", ID), ("amount", "1"), ("kind", "cash"), ("reason", "")],
        422,
    ),
    ("/counter/reprint", &[("sale_id", ID), ("printed_sale_id", ID)], 200),
    ("/counter/reprint-in-english", &[("sale_id", ID), ("printed_sale_id", ID)], 200),
    ("/counter/skip-print", &[("sale_id", ID), ("printed_sale_id", ID)], 200),
    ("/goods/blank", &[], 200),
    ("/producers/new", &[("op_id", "np"), ("name", "")], 422),
    ("/stock/minimum", &[("product_id", ID), ("minimum", "5")], 303),
    ("/transfers/new", &[("op_id", "ts"), ("to", ID), ("lot", ID), ("quantity", "1")], 422),
    ("/producers/account", &[("producer_id", ID), ("bank", "970405"), ("number", "1"), ("act", "keep")], 404),
    ("/goods/announced", &[("take", ID)], 404),
    ("/stock/merge", &[("op_id", "sm"), ("product_id", ID)], 422),
    ("/transfers/take", &[("op_id", "tt"), ("number", "LS-7Q3F-CK1"), ("lot", ID), ("quantity", "1")], 422),
    (
        "/repack",
        &[
            ("op_id", "rp"),
            ("lot_id", ID),
            ("quantity", "1"),
            ("product", ID),
            ("packs", "2"),
            ("each", "500g"),
            ("code", ""),
        ],
        422,
    ),
    ("/shift/open", &[("op_id", "a"), ("business_date", ""), ("float", "0")], 422),
    ("/shift/close", &[("op_id", "b"), ("counted", "0")], 200),
    ("/shift/count", &[("op_id", "f"), ("counted", "0")], 200),
    ("/shift/report", &[("op_id", "g")], 200),
    (
        "/open-tenders",
        &[("op_id", "ot"), ("sale_id", ID), ("from", "credit"), ("kind", "cash"), ("amount", "1")],
        200,
    ),
    // Not a form with a file.
    ("/open-tenders/bank-file", &[], 422),
    (
        "/open-tenders/bank-file/confirm",
        &[("op_id", "bf"), ("seen", "019a0000-0000-7000-8000-000000000001:1")],
        200,
    ),
    ("/drawer/cash", &[("op_id", "h"), ("way", "in"), ("amount", ""), ("person", ""), ("reason", "")], 422),
    ("/stock/lots", &[("op_id", "rg"), ("cause", "returned"), ("bearer", "store"), ("reason", "")], 422),
    ("/stocktake", &[("op_id", "st"), ("title", ""), ("area", "Kệ 1")], 200),
    ("/stocktake/give-up", &[("op_id", "sg"), ("stocktake_id", ID)], 422),
    ("/stocktake/paper", &[("op_id", "sp"), ("area", "Kệ 1"), ("from", "10:00"), ("to", "10:20")], 200),
    (
        "/goods/take-back",
        &[("op_id", "tb"), ("voucher", "LS-0000-NH1"), ("manager_id", ID), ("pin", "000000")],
        422,
    ),
    ("/stocktake/again", &[("op_id", "sa"), ("product_id", ID)], 422),
    ("/stocktake/areas/{area}/scan", &[("code", "8938500000010")], 200),
    ("/stocktake/areas/{area}/pick", &[("product_id", ID)], 404),
    ("/stocktake/areas/{area}/count", &[("product_id", ID), ("quantity", "1")], 422),
    ("/stocktake/areas/{area}/again", &[("product_id", ID)], 422),
    (
        "/stocktake/closing",
        &[
            ("op_id", "sc"),
            ("stocktake_id", ID),
            ("bearer", "store"),
            ("takes_uncounted", ""),
            ("reason", ""),
            ("shown_counted", ""),
            ("shown_uncounted", ""),
            ("manager_id", ID),
            ("pin", "000000"),
        ],
        422,
    ),
    ("/drawer/open", &[("op_id", "i"), ("why", "")], 422),
    ("/goods/scan", &[("code", "8938500000010")], 200),
    ("/goods/pick", &[("product_id", ID)], 404),
    ("/goods/line", &[("producer_id", "")], 200),
    ("/goods/give-up", &[("producer_id", "")], 200),
    ("/goods", &[("producer_id", "")], 200),
    ("/labels/scan", &[("code", "8938500000010")], 200),
    ("/labels/pick", &[("product_id", ID)], 404),
    ("/labels/print", &[("op_id", "labels"), ("product_id", ID), ("lot_id", ""), ("count", "1")], 404),
    (
        "/products/new",
        &[
            ("op_id", "c"),
            ("sale_id", ID),
            ("barcode", ""),
            ("name", ""),
            ("unit", ""),
            ("sold_by", "piece"),
            ("price", ""),
            ("producer_id", ""),
        ],
        200,
    ),
    (
        "/receipts/refund",
        &[
            ("op_id", "r"),
            ("sale_id", ID),
            ("quantity", "1"),
            ("whole", ""),
            ("back_to", "shelf"),
            ("reason", ""),
            ("kind", "cash"),
        ],
        422,
    ),
    (
        "/receipts/exchange",
        &[("op_id", "x"), ("sale_id", ID), ("quantity", "1"), ("back_to", "shelf"), ("kind", "cash")],
        422,
    ),
    ("/receipts/void", &[("op_id", "v"), ("sale_id", ID), ("reason", "")], 422),
    (
        "/refunds/new",
        &[("op_id", "w"), ("sale_id", ID), ("back_to", "shelf"), ("reason", ""), ("kind", "cash")],
        422,
    ),
    (
        "/printers",
        &[
            ("op_id", "p"),
            ("counter", "1"),
            ("address", "other"),
            ("other", "fax:1"),
            ("paper_dots", "576"),
            ("cut", "partial"),
            ("feed_steps", "one"),
            ("drawer_pin", "2"),
        ],
        422,
    ),
    (
        "/printers/scanner",
        &[
            ("op_id", "z"),
            ("counter", "1"),
            ("port", "other"),
            ("other_port", "/etc/passwd"),
            ("baud", "9600"),
        ],
        422,
    ),
    // Not a form with a file.
    ("/printers/logo", &[], 422),
    ("/printers/logo/remove", &[], 200),
    (
        "/printers/scan-habit",
        &[("op_id", "sh"), ("counter", "1"), ("gap_ms", "5"), ("prefix", ""), ("suffix", "")],
        422,
    ),
    ("/printers/find", &[("counter", "1")], 200),
    // Not a form with a file.
    ("/display/pictures", &[], 422),
    ("/display/pictures/remove", &[("picture_id", ID)], 200),
    (
        "/printers/labels",
        &[
            ("op_id", "lp"),
            ("address", "other"),
            ("other", "fax:1"),
            ("language", "tspl"),
            ("width_mm", "35"),
            ("height_mm", "22"),
            ("columns", "2"),
            ("column_gap_mm", "2"),
            ("row_gap_mm", "2"),
            ("edge_mm", "0"),
        ],
        422,
    ),
    ("/printers/labels/find", &[], 200),
    ("/printers/labels/test", &[("op_id", "lt")], 200),
    ("/printers/test", &[("op_id", "q"), ("counter", "1")], 200),
    ("/printers/drawer", &[("op_id", "s"), ("counter", "1")], 200),
    (
        "/producers/pay",
        &[
            ("op_id", "pp"),
            ("producer_id", ID),
            ("act", "settle"),
            ("way", "cash"),
            ("amount", ""),
            ("shown_vnd", "0"),
            ("manager_id", ID),
            ("pin", "000000"),
        ],
        422,
    ),
    (
        "/producers/correct",
        &[
            ("op_id", "pc"),
            ("number", "LS-0000-QT1"),
            ("change", "less"),
            ("amount", "1"),
            ("reason", "a"),
            ("manager_id", ID),
            ("pin", "000000"),
        ],
        422,
    ),
    (
        "/producers/terms",
        &[
            ("op_id", "pt"),
            ("producer_id", ID),
            ("product_id", ""),
            ("valid_from", ""),
            ("mode", "consigned"),
            ("commission", "12"),
            ("basis", "gross"),
            ("discount_bearer", "store"),
            ("loss_bearer", "store"),
            ("shrinkage", ""),
            ("expiry_bearer", ""),
            ("return_days", ""),
            ("agreed_after_days", ""),
        ],
        422,
    ),
    (
        "/producers/terms/end",
        &[("op_id", "pe"), ("producer_id", ID), ("end_product_id", ""), ("end_from", "")],
        422,
    ),
    ("/cashiers/new", &[("name", ""), ("pin", ""), ("pin_again", "")], 422),
    ("/cashiers/pin", &[("cashier_id", ID), ("pin", ""), ("pin_again", ""), ("own_pin", "")], 422),
    ("/cashiers/off", &[("cashier_id", ID), ("off_pin", "")], 422),
    ("/pin", &[("own_pin", ""), ("pin", ""), ("pin_again", "")], 422),
    ("/invoices/resend", &[("op_id", "d"), ("invoice_id", ID)], 404),
    (
        "/invoices/buyer",
        &[
            ("op_id", "e"),
            ("invoice_id", ID),
            ("kind", "none"),
            ("name", ""),
            ("number", ""),
            ("address", ""),
        ],
        404,
    ),
];

pub(super) const ID: &str = "019a0000-0000-7000-8000-000000000001";

/// An address in place of its pattern; what it answers to somebody who may read it.
pub(super) fn read(route: &Route) -> (String, u16) {
    match route.path {
        "/receipts/{sale_id}" | "/receipts/{sale_id}/picture.png" => {
            (route.path.replace("{sale_id}", ID), 404)
        }
        "/display/pictures/{picture_id}" => (route.path.replace("{picture_id}", ID), 404),
        "/deposits/{sale_id}" => (route.path.replace("{sale_id}", ID), 404),
        "/shift/reports/{shift_id}" => (route.path.replace("{shift_id}", ID), 404),
        "/slips/{slip_id}/picture.png" => (route.path.replace("{slip_id}", ID), 404),
        "/producers/{producer_id}"
        | "/producers/{producer_id}/terms"
        | "/producers/{producer_id}/transfer"
        | "/producers/{producer_id}/account" => (route.path.replace("{producer_id}", ID), 404),
        "/papers/{number}" => (route.path.replace("{number}", "LS-7Q3F-QT1"), 404),
        "/transfers/{number}" => (route.path.replace("{number}", "LS-7Q3F-CK1"), 404),
        "/repack" => (format!("{}?lot_id={ID}", route.path), 404),
        "/stock/card" => (format!("{}?product_id={ID}", route.path), 404),
        "/stocktake/areas/{area}/search" => ("/stocktake/areas/K%E1%BB%87%201/search?q=toi".to_owned(), 200),
        "/pad/{slip_id}" => (route.path.replace("{slip_id}", ID), 404),
        "/cashiers/{cashier_id}" => (route.path.replace("{cashier_id}", ID), 404),
        "/invoices/{invoice_id}" => (route.path.replace("{invoice_id}", ID), 404),
        // No shift is open.
        "/" => ("/".to_owned(), 303),
        // There is no till for practising.
        "/training" => (route.path.to_owned(), 303),
        // Nothing to pay.
        "/counter/tender" => (route.path.to_owned(), 409),
        "/display" | "/display/events" => (format!("{}?counter=1", route.path), 200),
        "/printers/logo/picture.png" => (format!("{}?paper_dots=576", route.path), 404),
        "/printers/scan-habit/try" => (format!("{}?counter=1&code=1&gaps=&end=", route.path), 200),
        "/labels/picture.png" => (format!("{}?product_id={ID}", route.path), 404),
        "/counter/search" | "/goods/search" | "/labels/search" => (format!("{}?q=toi", route.path), 200),
        path => (path.to_owned(), 200),
    }
}

pub(super) fn form_of(path: &str) -> (Fields, u16) {
    let found = FORMS.iter().find(|form| form.0 == path);
    let (_, fields, status) = found.unwrap_or_else(|| panic!("{path} has no entry in FORMS: add one"));
    (fields, *status)
}
