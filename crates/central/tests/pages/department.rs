//! The department's report on its page, in Word and in Excel: the same figures everywhere; words, seal and what comes later.

use std::io::{Cursor, Read};

use axum::http::Method;
use central::db::Db;
use central::db::users::Role;
use domain::section::{Section, Sections};
use serde_json::Value;
use time::macros::date;

use super::browser::{Browser, location, text, trade};
use crate::support::{Answer, Till, World};

testkit::on_both_engines!(
    page_document_and_workbook_say_the_same,
    slides_say_what_the_report_says,
    a_sealed_report_never_changes,
    words_are_proposed_in_the_form_alone,
    a_sealed_report_gets_its_number_once,
    what_is_wrong_in_the_form_is_told,
    a_reader_reads_prints_and_downloads,
);

const REPORT: &str = "/reports/2026-q4";

async fn traded(world: &World) -> Till {
    let mut till = world.till().await;
    till.day = date!(2026 - 08 - 20);
    till.sell(&[(&world.garlic, 1)]);
    till.day = date!(2026 - 10 - 20);
    till.sell(&[(&world.garlic, 2), (&world.salt, 3)]);
    till.close_counted((0, 0, 0), Some(1_240), Some(37));
    till.push_from(world, 1).await.ack();
    till
}

/// The text of a part of a document.
fn part(answer: &Answer, name: &str) -> String {
    let mut file = zip::ZipArchive::new(Cursor::new(answer.body.clone())).unwrap();
    let mut xml = String::new();
    file.by_name(name).unwrap().read_to_string(&mut xml).unwrap();
    xml
}

/// The words of a document or a page, piece by piece.
fn words(xml: &str) -> Vec<String> {
    let mut words = Vec::new();
    for piece in xml.split('<').skip(1) {
        let (_, text) = piece.split_once('>').unwrap();
        if !text.trim().is_empty() {
            words
                .push(text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").trim().to_owned());
        }
    }
    words
}

fn fields<'a>(difficulties: &'a str, number: &'a str) -> [(&'a str, &'a str); 7] {
    [
        ("difficulties", difficulties),
        ("proposals", "Hỗ trợ <kho lạnh> & xe"),
        ("number", number),
        ("signed_on", ""),
        ("signer_title", "GIÁM ĐỐC"),
        ("signer_name", "Võ Thị Kim Ngân"),
        ("recipients", "UBND tỉnh\nLưu: VT, QLTM"),
    ]
}

async fn page_document_and_workbook_say_the_same(db: Db) {
    let world = World::new(db).await;
    traded(&world).await;
    let mut browser = Browser::of(&world, trade()).await;
    let kept = browser.post(&world, REPORT, "/reports/2026-q4/words", &fields("Thiếu kho", "12")).await;
    assert_eq!((kept.status, location(&kept)), (303, "/reports/2026-q4?kept=1"), "{}", text(&kept));

    let page = text(&browser.get(&world, REPORT).await);
    let article = page.split("<article").nth(1).unwrap().split("</article>").next().unwrap();
    let page_words = words(&format!("<article{article}"));
    let document = browser.get(&world, &format!("{REPORT}.docx")).await;
    let document_words = words(&part(&document, "word/document.xml"));
    // The document has a mark before each recipient, where the page has a list.
    let plain = |words: &[String]| -> Vec<String> {
        words.iter().map(|word| word.trim_start_matches("- ").to_owned()).collect()
    };
    assert_eq!(plain(&document_words), plain(&page_words));
    for expected in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "UBND TỈNH QUẢNG NGÃI",
        "SỞ CÔNG THƯƠNG",
        "Số: 12/BC-SCT",
        "Quảng Ngãi, ngày … tháng … năm …",
        "Tình hình hoạt động các Điểm giới thiệu và bán sản phẩm OCOP – Quý IV năm 2026",
        "Doanh số kỳ này (₫)",
        "990.000",
        "Khoảng 1.240 lượt khách ghé, 37 lượt nếm thử, 1 giao dịch.",
        "Sản phẩm OCOP bán được 900.000 ₫, chiếm 90,9 % doanh số.",
        "Thiếu kho",
        "Hỗ trợ <kho lạnh> & xe",
        "GIÁM ĐỐC",
        "Võ Thị Kim Ngân",
    ] {
        assert!(page_words.iter().any(|word| word == expected), "{expected}: {page_words:?}");
    }
    let xml = part(&document, "word/document.xml");
    for expected in [
        r#"<w:pgSz w:w="11906" w:h="16838"/>"#,
        r#"w:top="1134" w:right="964" w:bottom="1134" w:left="1701""#,
        "<w:titlePg/>",
    ] {
        assert!(xml.contains(expected), "{expected}");
    }
    // Beneath the issuer and the subject is a rule, and another one beneath the motto.
    assert_eq!((xml.matches("<w:pBdr>").count(), xml.matches("<w:u ").count()), (2, 1));
    assert_eq!((article.matches("\"half-ruled\"").count(), article.matches("\"ruled\"").count()), (2, 1));
    assert!(part(&document, "word/styles.xml").contains("Times New Roman"));
    assert!(part(&document, "word/header1.xml").contains(" PAGE "));

    let workbook = browser.get(&world, &format!("{REPORT}.xlsx")).await;
    let cells = text(&workbook);
    for expected in [
        "Theo sản phẩm",
        "Float(900000.0)",
        "Float(90000.0)",
        "Float(990000.0)",
        "Float(1240.0)",
        "Float(37.0)",
        "Số: 12/BC-SCT",
    ] {
        assert!(cells.contains(expected), "{expected}: {cells}");
    }
    let told = browser.json(&world, REPORT).await;
    assert_eq!(told["report"]["sold"]["total"]["revenue_vnd"], 990_000);
    assert_eq!(told["report"]["sold"]["total"]["previous_vnd"], 450_000);
    assert!(!told.to_string().contains("due_vnd"), "what is owed is told to nobody here");
    // The same again is the same file.
    let again = browser.get(&world, &format!("{REPORT}.docx")).await;
    assert_eq!(again.body, document.body);
    for path in ["/reports/2026-q5", "/reports/2026-q4.pdf", "/reports/x", "/reports/2019-y"] {
        assert_eq!(browser.get(&world, path).await.status, 404, "{path}");
    }
}

async fn slides_say_what_the_report_says(db: Db) {
    let world = World::new(db).await;
    let mut till = traded(&world).await;
    let first = till.head.seq + 1;
    // From before the period before, so that there is something to compare with.
    till.day = date!(2026 - 06 - 01);
    till.sell(&[(&world.garlic, 1)]);
    till.push_from(&world, first).await.ack();
    let mut browser = Browser::of(&world, trade()).await;
    browser.post(&world, REPORT, "/reports/2026-q4/words", &fields("Thiếu kho", "12")).await;
    let path = format!("{REPORT}.html");
    let answer = browser.get(&world, &path).await;
    let attachment = answer.headers["content-disposition"].to_str().unwrap();
    assert_eq!((answer.status, attachment), (200, "attachment; filename=\"trinh-chieu-ocop-2026-q4.html\""));
    let file = text(&answer);
    // Nothing is fetched from anywhere, and nothing runs.
    for outside in ["<script", "<link", "<img", "href=", "src=", "url(", "@import", "http:", "https:"] {
        assert!(!file.contains(outside), "{outside}");
    }
    let slides: Vec<Vec<String>> = file.split("<section").skip(1).map(words).collect();
    assert_eq!(slides.len(), 5);

    // The same figures as for programs, and as in the workbook.
    let told = browser.json(&world, REPORT).await["report"].clone();
    let cells = text(&browser.get(&world, &format!("{REPORT}.xlsx")).await);
    let sold = &told["sold"];
    let money = |row: &Value, of: &str| domain::Money::new(row[of].as_i64().unwrap());
    let has = |slide: usize, expected: &str| {
        assert!(slides[slide].iter().any(|word| word.contains(expected)), "{expected}: {:?}", slides[slide]);
    };
    for (of, row) in [("total", &sold["total"]), ("ocop", &sold["ocop"])] {
        has(1, &money(row, "revenue_vnd").to_string());
        assert!(cells.contains(&format!("Float({}.0)", row["revenue_vnd"])), "{of}: {cells}");
        let (now, before) = (row["revenue_vnd"].as_i64().unwrap(), row["previous_vnd"].as_i64().unwrap());
        // There was no salt before, and nothing of last year is known.
        has(1, "chưa có");
        has(1, &web::format::change_text(web::format::change_per_mille(now, before).unwrap()));
    }
    for row in sold["by_product"].as_array().unwrap() {
        has(2, row["name"].as_str().unwrap());
        has(2, &web::format::compact_vnd(row["revenue_vnd"].as_i64().unwrap(), web::Lang::Vi));
        assert!(cells.contains(&format!("Float({}.0)", row["revenue_vnd"])), "{cells}");
    }
    has(2, "90,9 %");
    for row in sold["by_producer"].as_array().unwrap() {
        has(3, row["name"].as_str().unwrap());
    }
    for expected in ["Thiếu kho", "Hỗ trợ <kho lạnh> & xe"] {
        has(4, expected);
    }
    // Each đồng is in one piece of the chart.
    let pieces = sold["over_time"].as_array().unwrap();
    for of in ["revenue_vnd", "previous_vnd", "last_year_vnd"] {
        let sum: i64 = pieces.iter().map(|piece| piece[of].as_i64().unwrap()).sum();
        assert_eq!(sum, sold["total"][of].as_i64().unwrap(), "{of}");
    }
    assert_eq!((pieces.len(), file.matches("<g><title>").count()), (13, 13));
    assert_eq!(browser.get(&world, &path).await.body.len(), answer.body.len());

    // A sealed report's slides are those of its seal.
    let past = "/reports/2026-m11.html";
    assert_eq!(browser.post(&world, REPORT, "/reports/2026-m11/seal", &[]).await.status, 303);
    let sealed = browser.get(&world, past).await.body;
    let first = till.head.seq + 1;
    till.day = date!(2026 - 11 - 01);
    till.sell(&[(&world.garlic, 2)]);
    till.push_from(&world, first).await.ack();
    assert_eq!(browser.get(&world, past).await.body, sealed);
}

async fn a_sealed_report_never_changes(db: Db) {
    let world = World::new(db).await;
    let mut till = traded(&world).await;
    let mut browser = Browser::of(&world, trade()).await;
    let running = browser.post(&world, REPORT, "/reports/2026-q4/seal", &[]).await;
    assert_eq!(running.status, 409, "it is not over");
    let past = "/reports/2026-m11";
    let kept = browser.post(&world, past, "/reports/2026-m11/words", &fields("Thiếu kho", "9")).await;
    assert_eq!(kept.status, 303);
    assert_eq!(browser.post(&world, past, "/reports/2026-m11/seal", &[]).await.status, 303);
    let (sealed, document) =
        (browser.json(&world, past).await, browser.get(&world, &format!("{past}.docx")).await.body);
    assert_eq!(sealed["seal"]["later"]["by_store"].as_array().unwrap().len(), 0);
    assert_eq!(sealed["report"]["sold"]["total"]["revenue_vnd"], 990_000);
    assert_eq!(sealed["seal"]["sha256"].as_str().unwrap().len(), 64);

    // A sale of the period comes late.
    let first = till.head.seq + 1;
    till.day = date!(2026 - 11 - 01);
    till.sell(&[(&world.garlic, 2)]);
    till.push_from(&world, first).await.ack();
    let after = browser.json(&world, past).await;
    assert_eq!((&after["report"], &after["words"]), (&sealed["report"], &sealed["words"]));
    assert_eq!(browser.get(&world, &format!("{past}.docx")).await.body, document);
    assert_eq!(after["seal"]["later"]["difference_vnd"], 900_000);
    assert_eq!(after["seal"]["later"]["difference_count"], 1);
    let page = text(&browser.get(&world, past).await);
    assert!(page.contains("+900.000 ₫, +1 giao dịch") && page.contains("Số liệu đến sau"), "{page}");

    let refused = browser.post(&world, past, "/reports/2026-m11/words", &fields("Khác", "10")).await;
    assert_eq!(refused.status, 409, "{}", text(&refused));
    assert_eq!(browser.post(&world, past, "/reports/2026-m11/seal", &[]).await.status, 303, "pressed twice");
    assert_eq!(browser.json(&world, past).await["seal"]["sha256"], sealed["seal"]["sha256"]);
    let acts = "select cast(count(*) as bigint) from audit_log where action = 'report.seal' or action = 'report.words'";
    assert_eq!(world.number(acts).await, 2);
    let list = text(&browser.get(&world, "/reports").await);
    assert!(list.contains("Đã chốt") && list.contains("/reports/2026-q4.docx"), "{list}");
}

async fn words_are_proposed_in_the_form_alone(db: Db) {
    let world = World::new(db).await;
    let mut browser = Browser::of(&world, trade()).await;
    browser.post(&world, REPORT, "/reports/2026-q3/words", &fields("Thiếu kho", "12")).await;
    let told = browser.json(&world, REPORT).await;
    assert_eq!((&told["words"]["difficulties"], &told["words"]["number"]), (&"".into(), &"".into()));
    assert!(told["words"]["saved_at_ms"].is_null() && !told.to_string().contains("Thiếu kho"), "{told}");
    let page = text(&browser.get(&world, REPORT).await);
    let (form, article) = page.split_once("<article").unwrap();
    assert!(form.contains("Thiếu kho") && form.contains("Võ Thị Kim Ngân"), "{page}");
    // No paper says what nobody has saved for its period.
    let mut papers = vec![article.to_owned()];
    for ending in [".docx", ".xlsx", ".html"] {
        let file = browser.get(&world, &format!("{REPORT}{ending}")).await;
        papers.push(if ending == ".docx" { part(&file, "word/document.xml") } else { text(&file) });
    }
    for paper in &papers {
        assert!(!paper.contains("Thiếu kho") && !paper.contains("Võ Thị Kim Ngân"), "{paper}");
    }
    assert!(papers[1].contains("1. Khó khăn, vướng mắc: …") && papers[3].contains("Chưa điền."));
    let page = text(&browser.get(&world, "/reports/2026-q3?lang=en").await);
    assert!(page.contains("Saved ") && page.contains("CỘNG HÒA"), "{page}");

    // Sealed without words, it says that there are none, and still nothing of last time.
    let past = "/reports/2026-m11";
    let page = text(&browser.get(&world, &format!("{past}?lang=vi")).await);
    assert!(page.contains("Chưa lưu nội dung cho kỳ này"), "{page}");
    assert_eq!(browser.post(&world, past, "/reports/2026-m11/seal", &[]).await.status, 303);
    assert_eq!(browser.json(&world, past).await["words"]["difficulties"], "");
    let sealed = part(&browser.get(&world, &format!("{past}.docx")).await, "word/document.xml");
    assert!(sealed.contains("1. Khó khăn, vướng mắc: Không.") && !sealed.contains("Thiếu kho"), "{sealed}");
}

async fn a_sealed_report_gets_its_number_once(db: Db) {
    let world = World::new(db).await;
    traded(&world).await;
    let mut browser = Browser::of(&world, trade()).await;
    let (past, act) = ("/reports/2026-m11", "/reports/2026-m11/sign");
    let signature = |number, day| {
        [
            ("number", number),
            ("signed_on", day),
            ("signer_title", "PHÓ GIÁM ĐỐC"),
            ("signer_name", "Bùi Văn Tấn"),
        ]
    };
    let right = signature("12", "2026-11-20");
    assert_eq!(browser.post(&world, past, act, &right).await.status, 404, "it is not sealed");
    browser.post(&world, past, "/reports/2026-m11/words", &fields("Thiếu kho", "")).await;
    assert_eq!(browser.post(&world, past, "/reports/2026-m11/seal", &[]).await.status, 303);
    let sealed = browser.json(&world, past).await;
    assert!(sealed["seal"]["signed"].is_null());
    assert!(text(&browser.get(&world, past).await).contains("action=\"/reports/2026-m11/sign\""));
    for (number, day, told) in [
        (" ", "2026-11-20", "Điền mục này"),
        ("12", "2026-11-24", "Chọn ngày ký từ ngày cuối"),
        ("12", "2026-10-01", "Chọn ngày ký từ ngày cuối"),
        ("12", "", "Chọn ngày ký từ ngày cuối"),
    ] {
        let answer = browser.post(&world, past, act, &signature(number, day)).await;
        assert!(answer.status == 422 && text(&answer).contains(told), "{number} {day}: {}", text(&answer));
    }
    let kept = browser.post(&world, past, act, &right).await;
    assert_eq!((kept.status, location(&kept)), (303, "/reports/2026-m11?kept=1"), "{}", text(&kept));

    // What was sealed stays: the signer, too, who was known then.
    let after = browser.json(&world, past).await;
    assert_eq!((&after["report"], &after["words"]), (&sealed["report"], &sealed["words"]));
    assert_eq!(after["seal"]["sha256"], sealed["seal"]["sha256"]);
    let signed = &after["seal"]["signed"];
    assert_eq!((&signed["number"], &signed["signed_on"]), (&"12".into(), &"2026-11-20".into()));
    assert_eq!(signed["signer_name"], "Võ Thị Kim Ngân");
    let paper = part(&browser.get(&world, &format!("{past}.docx")).await, "word/document.xml");
    for expected in ["Số: 12/BC-SCT", "Quảng Ngãi, ngày 20 tháng 11 năm 2026", ">GIÁM ĐỐC<"] {
        assert!(paper.contains(expected), "{expected}: {paper}");
    }
    assert!(!paper.contains("Bùi Văn Tấn"), "{paper}");
    let page = text(&browser.get(&world, past).await);
    assert!(page.contains("ghi thêm sau khi chốt") && !page.contains("/sign\""), "{page}");

    // Pressed twice it is one; another number is none.
    assert_eq!(browser.post(&world, past, act, &right).await.status, 303);
    assert_eq!(browser.post(&world, past, act, &signature("13", "2026-11-20")).await.status, 409);
    let acts = "select cast(count(*) as bigint) from audit_log where action = 'report.sign'";
    assert_eq!(world.number(acts).await, 1);
}

async fn what_is_wrong_in_the_form_is_told(db: Db) {
    let world = World::new(db).await;
    let mut browser = Browser::of(&world, trade()).await;
    let long = "ế".repeat(5_001);
    for (name, value, told) in [
        ("difficulties", long.as_str(), "Nhiều nhất 5000 ký tự."),
        ("signed_on", "mai", "Chọn ngày, hoặc để trống."),
    ] {
        let mut form = fields("Thiếu kho", "12");
        form.iter_mut().filter(|(field, _)| *field == name).for_each(|(_, typed)| *typed = value);
        let answer = browser.post(&world, REPORT, "/reports/2026-q4/words", &form).await;
        let page = text(&answer);
        assert_eq!(answer.status, 422, "{page}");
        assert!(page.contains(told) && page.contains("GIÁM ĐỐC"), "{page}");
    }
    assert_eq!(world.number("select cast(count(*) as bigint) from report_words").await, 0);
    let put = browser.send(&world, Method::PUT, REPORT, "text/html", None).await;
    assert!([403, 405].contains(&put.status));
}

async fn a_reader_reads_prints_and_downloads(db: Db) {
    let world = World::new(db).await;
    traded(&world).await;
    let mut reader = Browser::of(&world, Role::Department).await;
    let past = "/reports/2026-m11";
    for file in ["", ".docx", ".xlsx", ".html"] {
        assert_eq!(reader.get(&world, &format!("{past}{file}")).await.status, 200, "{file}");
    }
    for page in [past, "/reports/template"] {
        let page = text(&reader.get(&world, page).await);
        let offered = ["/words\"", "/seal\"", "action=\"/reports/template"].map(|act| page.contains(act));
        assert_eq!(offered, [false; 3], "{page}");
    }
    // The comparison of a period is for auditors, and for administrators.
    for (role, is_offered) in
        [(Role::Department, false), (trade(), false), (Role::Auditor, true), (Role::Admin, true)]
    {
        let list = text(&Browser::of(&world, role).await.get(&world, "/reports").await);
        assert_eq!(list.contains("href=\"/audit/period\""), is_offered, "{role:?}: {list}");
    }
    // Nor does a section that keeps no points of sale.
    let industry = Role::Editor(Sections::of([Section::Industry]));
    for mut browser in [reader, Browser::of(&world, industry).await] {
        for act in ["2026-m11/words", "2026-m11/seal", "2026-m11/sign", "template"] {
            let act = format!("/reports/{act}");
            assert_eq!(browser.post(&world, "/sales", &act, &[]).await.status, 403, "{act}");
        }
    }
    assert_eq!(world.number("select cast(count(*) as bigint) from sealed_reports").await, 0);
}
