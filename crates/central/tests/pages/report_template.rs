//! The fixed words of the department's report: on the page, in Word, in what is sealed.

use std::io::{Cursor, Read};

use central::db::Db;
use domain::report_period::ReportPeriod;
use serde_json::json;

use super::browser::{Browser, location, text, trade};
use crate::support::World;

testkit::on_both_engines!(
    words_are_used_everywhere_and_a_seal_keeps_its_own,
    what_is_wrong_is_told_and_nothing_is_kept,
    an_older_seal_has_the_words_of_the_program,
);

const PAGE: &str = "/reports/template";
const REPORT: &str = "/reports/2026-q4";
const SEALED: &str = "/reports/2026-m11";
const NAMES: [&str; 13] = [
    "subject",
    "opening",
    "closing",
    "signer_title",
    "recipients",
    "sign",
    "heading_1",
    "heading_2",
    "heading_3",
    "heading_4",
    "heading_5",
    "heading_6",
    "heading_7",
];

/// The fields with the same words in all, but for some.
fn fields<'a>(some: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let value = |name| some.iter().find(|(field, _)| *field == name).map_or("Như cũ", |(_, value)| *value);
    NAMES.iter().map(|name| (*name, value(*name))).collect()
}

async fn document(browser: &mut Browser, world: &World, report: &str) -> String {
    let answer = browser.get(world, &format!("{report}.docx")).await;
    let mut file = zip::ZipArchive::new(Cursor::new(answer.body)).unwrap();
    let mut xml = String::new();
    file.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    xml
}

async fn words_are_used_everywhere_and_a_seal_keeps_its_own(db: Db) {
    let world = World::new(db).await;
    let mut browser = Browser::of(&world, trade()).await;
    assert_eq!(browser.post(&world, REPORT, &format!("{SEALED}/seal"), &[]).await.status, 303);
    let sealed = document(&mut browser, &world, SEALED).await;
    let page = text(&browser.get(&world, PAGE).await);
    assert!(page.contains("Đang dùng mẫu gốc") && page.contains("I. Điểm giới thiệu"), "{page}");

    let typed = fields(&[
        ("subject", "Kết quả {kỳ}"),
        ("opening", "Sở báo cáo từ {từ ngày} đến {đến ngày}, {số điểm} điểm:"),
        ("heading_1", "A. Các <điểm>"),
        ("closing", "Trân trọng."),
        ("signer_title", "KT. GIÁM ĐỐC"),
        ("recipients", "UBND tỉnh\nLưu: VT"),
        ("sign", "BC-SCT-QLTM"),
    ]);
    // A look keeps nothing.
    let mut look = typed.clone();
    look.push(("act", "preview"));
    let page = text(&browser.post(&world, PAGE, PAGE, &look).await);
    assert!(page.contains("Kết quả Năm 2026") || page.contains("Kết quả Quý IV năm 2026"), "{page}");
    assert_eq!(world.number("select cast(count(*) as bigint) from report_templates").await, 0);

    let kept = browser.post(&world, PAGE, PAGE, &typed).await;
    assert_eq!((kept.status, location(&kept)), (303, "/reports/template?kept=1"), "{}", text(&kept));
    let page = text(&browser.get(&world, REPORT).await);
    let xml = document(&mut browser, &world, REPORT).await;
    let slides = text(&browser.get(&world, &format!("{REPORT}.html")).await);
    assert!(slides.contains("Kết quả Quý IV năm 2026"), "{slides}");
    for expected in [
        "Kết quả Quý IV năm 2026",
        "Sở báo cáo từ 15/09/2026 đến 14/12/2026, 2 điểm:",
        "A. Các &lt;điểm&gt;",
        "Trân trọng.",
        "KT. GIÁM ĐỐC",
        "Lưu: VT",
        "/BC-SCT-QLTM",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
        assert!(xml.contains(expected), "{expected}: {xml}");
    }
    assert_eq!(document(&mut browser, &world, SEALED).await, sealed);

    // What is typed for the period goes before the fixed words.
    let words = [
        ("difficulties", ""),
        ("proposals", ""),
        ("number", ""),
        ("signed_on", ""),
        ("signer_title", "GIÁM ĐỐC"),
        ("signer_name", ""),
        ("recipients", ""),
    ];
    assert_eq!(browser.post(&world, REPORT, &format!("{REPORT}/words"), &words).await.status, 303);
    let xml = document(&mut browser, &world, REPORT).await;
    assert!(xml.contains(">GIÁM ĐỐC<") && !xml.contains("KT. GIÁM ĐỐC") && xml.contains("Lưu: VT"), "{xml}");

    // Back to the original: both versions stay, and both were told to the log.
    world.clock.advance(1);
    let back = browser.post(&world, PAGE, "/reports/template/reset", &[]).await;
    assert_eq!(back.status, 303, "{}", text(&back));
    assert!(document(&mut browser, &world, REPORT).await.contains("I. Điểm giới thiệu và bán sản phẩm"));
    assert_eq!(world.number("select cast(count(*) as bigint) from report_templates").await, 2);
    let acts = "select cast(count(*) as bigint) from audit_log where action in ('report.template', 'report.template_reset')";
    assert_eq!(world.number(acts).await, 2);
    let page = text(&browser.get(&world, PAGE).await);
    assert!(page.contains("– mẫu gốc") && page.matches("Áp dụng từ").count() == 2, "{page}");
}

async fn what_is_wrong_is_told_and_nothing_is_kept(db: Db) {
    let world = World::new(db).await;
    let mut browser = Browser::of(&world, trade()).await;
    let long = "ế".repeat(1_001);
    for (name, value, told) in [
        ("subject", "Kỳ {quý}", "Không rõ {quý}. Chỉ dùng: {kỳ}, {từ ngày}, {đến ngày}, {số điểm}."),
        ("heading_4", " ", "Không được để trống."),
        ("opening", long.as_str(), "Nhiều nhất 1000 ký tự."),
    ] {
        let answer = browser.post(&world, PAGE, PAGE, &fields(&[(name, value)])).await;
        let page = text(&answer);
        assert_eq!(answer.status, 422, "{page}");
        assert!(page.contains(told) && page.contains("Như cũ"), "{told}: {page}");
    }
    assert_eq!(world.number("select cast(count(*) as bigint) from report_templates").await, 0);
}

async fn an_older_seal_has_the_words_of_the_program(db: Db) {
    let world = World::new(db).await;
    let mut browser = Browser::of(&world, trade()).await;
    let told = browser.json(&world, SEALED).await;
    let mut report = told["report"].clone();
    report["sold"].as_object_mut().unwrap().remove("over_time");
    for count in ["product_count", "receipt_count"] {
        report["sold"]["total"].as_object_mut().unwrap().remove(count);
    }
    let body = json!({ "report": report, "words": told["words"] }).to_string();
    let seal = central::db::reports::Seal {
        period: ReportPeriod::from_code("2026-m11").unwrap().code(),
        sha256: protocol::Hash::of(&[body.as_bytes()]).bytes().to_vec(),
        body,
        sealed_at_ms: 1,
        sealed_by: "ngan".to_owned(),
    };
    let mut tx = world.app.db.begin().await.unwrap();
    assert!(central::db::reports::insert_seal(&mut tx, &seal).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(browser.post(&world, PAGE, PAGE, &fields(&[])).await.status, 303);
    let old = browser.json(&world, SEALED).await;
    assert_eq!(old["template"]["headings"][6], "VII. Khó khăn, vướng mắc và kiến nghị");
    let slides = text(&browser.get(&world, &format!("{SEALED}.html")).await);
    assert!(slides.contains("Doanh số theo điểm bán"), "{slides}");
    // It goes on saying how much that was, whatever the units, as it did when it was sealed.
    let paper = document(&mut browser, &world, SEALED).await;
    for expected in ["Số lượng cộng theo đơn vị tính", "Các chủ thể giao 0 đơn vị hàng"]
    {
        assert!(paper.contains(expected), "{expected}: {paper}");
    }
    assert_eq!(old["seal"]["sha256"], told_hash(&seal.sha256));
}

fn told_hash(sha256: &[u8]) -> String {
    sha256.iter().map(|byte| format!("{byte:02x}")).collect()
}
