//! Labels: looked at, printed on a label printer, and read back from what was printed.

use std::path::{Path, PathBuf};

use domain::Quantity;
use pos::Config;
use pos::config::LabelsConfig;
use pos::counter;
use pos::counter::goods::NewGoods;
use pos::printing::{self, Lines, Next};
use receipts::LabelLanguage;
use receipts::queue::RETRY_PAUSES_MS;
use testkit::catalogue::id_of;
use testkit::store::TestStore;
use time::macros::date;

use crate::visitor::{As, CASHIER, GARLIC, GARLIC_NAME, MANAGER, Visitor};

/// A store whose label printer is a folder, with a lot of garlic.
async fn store(folder: &Path, language: LabelLanguage) -> TestStore {
    let printer = format!("file:{}", folder.display());
    let labels = LabelsConfig {
        printer,
        language,
        width_mm: 50,
        height_mm: 30,
        columns: 1,
        ..LabelsConfig::default()
    };
    let config = Config { label_host: "ocop.example.vn".to_owned(), labels, ..Config::default() };
    let store = TestStore::closed(config).await;
    store.open_shift().await;
    let garlic = NewGoods {
        product_id: id_of(GARLIC_NAME).into(),
        quantity: Quantity::pieces(20),
        expires_on: Some(date!(2027 - 09 - 15)),
        code: Some("L26A".to_owned()),
        noted: None,
        cost: None,
        producer_id: Some(id_of("Tỏi đen Lý Sơn").into()),
    };
    counter::goods::receive(
        &store.app,
        &store.seat,
        &store.op(),
        vec![garlic],
        receipts::language::Language::Vi,
    )
    .await
    .unwrap();
    store
}

async fn print_all(store: &TestStore) {
    while printing::step(&store.app, &mut Lines::default()).await.unwrap() == Next::Again {}
}

fn files(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|end| end == kind)).collect()
}

/// Reads the QR codes of a picture.
fn read_qrs(file: &Path) -> Vec<String> {
    let decoder = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(file).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut bytes).unwrap();
    assert_eq!((frame.color_type, frame.bit_depth), (png::ColorType::Grayscale, png::BitDepth::One));
    let shade = |x: usize, y: usize| {
        if bytes[y * frame.line_size + x / 8] & (0x80 >> (x % 8)) == 0 { 0 } else { 255 }
    };
    let (width, height) = (frame.width.try_into().unwrap(), frame.height.try_into().unwrap());
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, shade);
    prepared.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
}

async fn lot_of_garlic(visitor: &mut Visitor) -> String {
    let path = format!("/labels?product_id={}", id_of(GARLIC_NAME));
    let product = visitor.get(As::Json, &path).await.json();
    assert_eq!((&product["code"], &product["lots"][0]["lot_code"]), (&GARLIC.into(), &"L26A".into()));
    product["lots"][0]["lot_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn labels_are_seen_before_they_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), LabelLanguage::Tspl).await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    visitor.get(As::Page, "/labels").await.has("data-box=\"/labels/scan\"");
    visitor.get(As::Page, "/labels/search?q=toi").await.has("data-post=\"/labels/pick\"");
    visitor.post(As::Part, "/labels/scan", &[("code", "8938500000011")]).await.has("Không đọc được mã này");
    let shown = visitor.post(As::Part, "/labels/scan", &[("code", GARLIC)]).await;
    shown.has("Tem gói, lô L26A");
    shown.has("Hạn sử dụng 15/09/2027");
    let lot = lot_of_garlic(&mut visitor).await;
    for lot in ["", lot.as_str()] {
        let path = format!("/labels/picture.png?product_id={}&lot_id={lot}", id_of(GARLIC_NAME));
        shown.has(&path.replace('&', "&amp;"));
        let picture = visitor.get(As::Page, &path).await;
        assert_eq!(
            (picture.status.as_u16(), &picture.headers["content-type"]),
            (200, &"image/png".parse().unwrap())
        );
    }
    let gone = format!("/labels/picture.png?product_id={}&lot_id={}", id_of(GARLIC_NAME), id_of("no lot"));
    assert_eq!(visitor.get(As::Json, &gone).await.status, 404);
    assert_eq!(files(folder.path(), "bin").len(), 0, "nothing is printed by looking");
}

#[tokio::test]
async fn a_printed_pack_label_is_read_back_and_sold() {
    for language in [LabelLanguage::Tspl, LabelLanguage::Escpos] {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path(), language).await;
        let mut visitor = Visitor::signed_in(&store, CASHIER).await;
        let (product, lot) = (id_of(GARLIC_NAME).to_string(), lot_of_garlic(&mut visitor).await);
        let form = [("op_id", "p1"), ("product_id", &product), ("lot_id", &lot), ("count", "2")];
        let told = visitor.post(As::Json, "/labels/print", &form).await;
        assert_eq!(told.says(), "labels_queued", "{}", told.text);
        assert_eq!(
            visitor.post(As::Json, "/labels/print", &form).await.says(),
            "ready",
            "the same form again"
        );
        print_all(&store).await;
        let (bins, pictures) = (files(folder.path(), "bin"), files(folder.path(), "png"));
        assert_eq!((bins.len(), pictures.len()), (1, 1), "one job");
        let bytes = std::fs::read(&bins[0]).unwrap();
        let speaks_tspl =
            bytes.starts_with(b"SIZE 50 mm,30 mm\r\nGAP 2 mm,0 mm\r\n") && bytes.ends_with(b"PRINT 2,1\r\n");
        assert_eq!(speaks_tspl, language == LabelLanguage::Tspl);
        let link = "https://ocop.example.vn/01/08938500000010/10/L26A?17=270915";
        let copies = if language == LabelLanguage::Tspl { 1 } else { 2 };
        assert_eq!(read_qrs(&pictures[0]), vec![link; copies]);
        let state = store.scan(link).await;
        assert_eq!(state.lines[0].name, GARLIC_NAME);
        store.check().await;
    }
}

#[tokio::test]
async fn shelf_labels_go_out_and_wrong_numbers_print_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), LabelLanguage::Tspl).await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    let product = id_of(GARLIC_NAME).to_string();
    for count in ["0", "501", "-1", "nhiều", ""] {
        let op_id = visitor.new_op();
        let form = [("op_id", op_id.as_str()), ("product_id", &product), ("lot_id", ""), ("count", count)];
        let told = visitor.post(As::Json, "/labels/print", &form).await;
        assert_eq!(told.says(), "bad_field", "{count}");
    }
    print_all(&store).await;
    assert_eq!(files(folder.path(), "bin").len(), 0);
    let form = [("op_id", "shelf"), ("product_id", &product), ("lot_id", ""), ("count", "3")];
    assert_eq!(visitor.post(As::Json, "/labels/print", &form).await.says(), "labels_queued");
    print_all(&store).await;
    let [file] = files(folder.path(), "bin").try_into().unwrap();
    assert!(std::fs::read(file).unwrap().ends_with(b"PRINT 3,1\r\n"));
}

/// The lid of the label printer is nothing that a cashier waits for.
#[tokio::test]
async fn a_dead_label_printer_keeps_nobody_from_selling() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("no folder");
    std::fs::write(&file, "").unwrap();
    let store = store(&file, LabelLanguage::Tspl).await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    let product = id_of(GARLIC_NAME).to_string();
    let form = [("op_id", "dead"), ("product_id", product.as_str()), ("lot_id", ""), ("count", "1")];
    assert_eq!(visitor.post(As::Json, "/labels/print", &form).await.says(), "labels_queued");
    // All its tries, before the counter locks itself.
    for pause_ms in RETRY_PAUSES_MS.into_iter().chain([0]) {
        print_all(&store).await;
        store.clock.advance(pause_ms);
    }
    let state = visitor.state().await;
    assert_eq!(state["printer"]["code"], "failed", "the chip tells");
    store.sell(GARLIC).await;
    let labels = state["printer"]["sale_id"].as_str().unwrap();
    std::fs::remove_file(&file).unwrap();
    let again = visitor.act("/counter/reprint", &[("printed_sale_id", labels)]).await;
    assert_eq!(again.says(), "reprinted");
    print_all(&store).await;
    assert_eq!(files(&file, "bin").len(), 1);
    store.check().await;
}

#[tokio::test]
async fn without_a_label_printer_labels_are_looked_at_only() {
    let store = TestStore::new().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    visitor.get(As::Page, "/labels").await.has("Chưa cài máy in tem");
    let product = id_of(GARLIC_NAME).to_string();
    let form = [("op_id", "none"), ("product_id", product.as_str()), ("lot_id", ""), ("count", "1")];
    assert_eq!(visitor.post(As::Json, "/labels/print", &form).await.says(), "no_label_printer");
}

fn set_up<'a>(
    op_id: &'a str,
    address: &'a str,
    language: &'a str,
    width: &'a str,
) -> Vec<(&'a str, &'a str)> {
    vec![
        ("op_id", op_id),
        ("address", address),
        ("other", ""),
        ("language", language),
        ("width_mm", width),
        ("height_mm", "30"),
        ("columns", "1"),
        ("column_gap_mm", "0"),
        ("row_gap_mm", "3"),
        ("edge_mm", "0"),
    ]
}

#[tokio::test]
async fn a_manager_sets_the_label_printer_up_and_tries_it() {
    let store = TestStore::new().await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let page = manager.get(As::Page, "/printers/labels").await;
    page.has("TSPL (máy in tem)");
    page.has("name=\"row_gap_mm\"");
    let tried = manager.post(As::Json, "/printers/labels/test", &[("op_id", "t0")]).await;
    assert_eq!(tried.says(), "no_label_printer");

    let papers = store.folder().join("papers");
    let folder = format!("file:{}", papers.display());
    page.has(&folder);
    let form = set_up("s1", &folder, "tspl", "50");
    for _ in 0..2 {
        let told = manager.post(As::Json, "/printers/labels", &form).await;
        assert_eq!(told.says(), "printer_saved", "{}", told.text);
    }
    let shown = manager.get(As::Json, "/printers/labels").await.json();
    let kept = &shown["labels"];
    assert_eq!((&kept["address"], &kept["width_mm"]), (&folder.as_str().into(), &"50".into()));
    for _ in 0..2 {
        manager.post(As::Json, "/printers/labels/test", &[("op_id", "t1")]).await;
    }
    print_all(&store).await;
    let [job] = files(&papers, "bin").try_into().unwrap();
    let bytes = std::fs::read(job).unwrap();
    assert!(bytes.starts_with(b"SIZE 50 mm,30 mm\r\nGAP 3 mm,0 mm\r\n"), "the labels that were typed");
    assert!(bytes.ends_with(b"PRINT 1,1\r\n"), "one, though asked twice");

    // The next label of a product goes there too, and after a restart.
    let receipts = set_up("s2", &folder, "escpos", "40");
    assert_eq!(manager.post(As::Json, "/printers/labels", &receipts).await.says(), "printer_saved");
    drop(manager);
    let store = store.restart().await;
    let mut cashier = Visitor::signed_in(&store, CASHIER).await;
    let product = id_of(GARLIC_NAME).to_string();
    let form = [("op_id", "p1"), ("product_id", product.as_str()), ("lot_id", ""), ("count", "1")];
    assert_eq!(cashier.post(As::Json, "/labels/print", &form).await.says(), "labels_queued");
    print_all(&store).await;
    let jobs = files(&papers, "bin");
    let starts =
        |start: &[u8]| jobs.iter().filter(|job| std::fs::read(job).unwrap().starts_with(start)).count();
    assert_eq!((jobs.len(), starts(b"SIZE"), starts(b"\x1b@")), (2, 1, 1), "ESC/POS now");
}

#[tokio::test]
async fn what_is_no_label_printer_and_no_label_comes_back_with_a_sentence() {
    let store = TestStore::new().await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    let csrf = manager.csrf.clone();
    let cases = [
        ("device:/etc/passwd", "35", "Địa chỉ này không dùng được"),
        ("other", "35", "Địa chỉ này không dùng được"),
        ("", "19", "Khổ tem không hợp lệ"),
        ("", "3,5", "Khổ tem không hợp lệ"),
    ];
    for (number, (address, width, sentence)) in cases.into_iter().enumerate() {
        let op_id = format!("w{number}");
        let form = set_up(&op_id, address, "tspl", width);
        let told = manager.post(As::Json, "/printers/labels", &form).await;
        assert_eq!((told.status.as_u16(), told.says().as_str()), (422, "bad_field"), "{address} {width}");
        let page =
            manager.post(As::Page, "/printers/labels", &[&form[..], &[("csrf", &csrf)]].concat()).await;
        page.has(sentence);
        page.has(&format!("value=\"{width}\""));
    }
    assert!(!store.app.has_label_printer());
}

/// The settings name one; a manager sees its faults apart from the counter's, and takes it away.
#[tokio::test]
async fn a_fault_of_the_label_printer_is_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("no folder");
    std::fs::write(&file, "").unwrap();
    let store = store(&file, LabelLanguage::Tspl).await;
    let mut manager = Visitor::signed_in(&store, MANAGER).await;
    manager.post(As::Json, "/printers/labels/test", &[("op_id", "t")]).await;
    for pause_ms in RETRY_PAUSES_MS.into_iter().chain([0]) {
        print_all(&store).await;
        store.clock.advance(pause_ms);
    }
    let shown = manager.get(As::Json, "/printers").await.json();
    assert_eq!((&shown["labels"]["troubled"], &shown["counters"][0]["troubled"]), (&1.into(), &0.into()));
    assert_eq!(shown["labels"]["stock"], "50 × 30 mm, 1 tem một hàng");
    manager.get(As::Page, "/printers").await.has("✕");
    let none = set_up("none", "", "tspl", "50");
    assert_eq!(manager.post(As::Json, "/printers/labels", &none).await.says(), "printer_saved");
    drop(manager);
    let store = store.restart().await;
    assert!(!store.app.has_label_printer(), "none was chosen, whatever the settings say");
}

/// When a lot was made stands on its packs, and stays with it; a day that cannot be prints nothing.
#[tokio::test]
async fn a_pack_tells_when_it_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), LabelLanguage::Tspl).await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    let lot_id = lot_of_garlic(&mut visitor).await;
    let product = id_of(GARLIC_NAME).to_string();
    let path = format!("/labels?product_id={product}");
    let form = |op_id: &'static str, made_on: &'static str| {
        let [product, lot_id] = [product.clone(), lot_id.clone()];
        [
            ("op_id", op_id.to_owned()),
            ("product_id", product),
            ("lot_id", lot_id),
            ("made_on", made_on.to_owned()),
            ("count", "1".to_owned()),
        ]
    };
    for (op_id, made_on) in
        [("m1", "hôm qua"), ("m2", "24/11/2026"), ("m3", "15/09/2027"), ("m4", "01/01/2010")]
    {
        let fields = form(op_id, made_on);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(visitor.post(As::Json, "/labels/print", &fields).await.says(), "bad_field", "{made_on}");
        visitor.post(As::Part, "/labels/print", &fields).await;
        visitor.get(As::Page, &path).await.has("Ngày sản xuất chưa đúng.");
    }
    let picture = format!("/labels/picture.png?product_id={product}&lot_id={lot_id}");
    let without = visitor.get(As::Page, &picture).await.text;
    let kept = serde_json::json!("2026-09-15");
    for (op_id, made_on, kept) in [
        ("m5", Some("15/09/2026"), &kept),
        // The same form once more, with another day in it.
        ("m5", Some("16/09/2026"), &kept),
        ("m6", None, &kept),
        ("m7", Some(""), &serde_json::Value::Null),
    ] {
        let fields = form(op_id, made_on.unwrap_or_default());
        let fields = fields.iter().filter(|(name, _)| made_on.is_some() || *name != "made_on");
        let fields: Vec<(&str, &str)> = fields.map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(visitor.post(As::Json, "/labels/print", &fields).await.status, 200, "{made_on:?}");
        assert_eq!(visitor.get(As::Json, &path).await.json()["lots"][0]["made_on"], *kept, "{made_on:?}");
        let with = visitor.get(As::Page, &picture).await.text;
        assert_eq!(with == without, kept.is_null(), "NSX stands on the label");
    }
    store.check().await;
}
