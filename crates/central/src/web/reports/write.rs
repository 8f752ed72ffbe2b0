//! A report as an official paper: its seven parts in words and tables.

use domain::Money;
use domain::catalog::Category;
use web::Lang;
use web::format::{count_text, date_text, datetime_text};

use super::campaigns;
use super::consigned;
use super::paper::{Block, Foot, Head, Paper, Table, number, place_and_date};
use super::report::{PointOfReport, Report, Traffic};
use super::sold;
use super::template::Template;
use super::words::WordsOfReport;
use crate::config::Reports;
use crate::web::sales::words::category_words;
use crate::web::workbook::Cell;

/// Rows of a long table on paper.
pub(super) const ROWS: usize = 20;
/// Rows of a table that has to be whole.
pub(super) const ALL: usize = usize::MAX - 1;
const UNKNOWN: &str = "Chưa rõ";

/// Writes the paper of a report.
pub fn paper(report: &Report, words: &WordsOfReport, template: &Template, settings: &Reports) -> Paper {
    let fixed = template.filled(report);
    let mut blocks = texts(&fixed.opening);
    blocks.push(Block::Text(reach(report)));
    if let Some(gaps) = gaps(report) {
        blocks.push(Block::Remark(gaps));
    }
    let parts = [
        points(report),
        goods(report),
        sold::blocks(report),
        traffic(report),
        promotions(report),
        consigned::blocks(report),
        free(words),
    ];
    for (heading, part) in fixed.headings.into_iter().zip(parts) {
        blocks.push(Block::Part(heading));
        blocks.extend(part);
    }
    blocks.extend(texts(&fixed.closing));
    Paper {
        head: Head {
            authority: settings.authority.clone(),
            issuer: settings.issuer.clone(),
            number: number(&words.number, &fixed.sign),
            place_and_date: place_and_date(&settings.place, words.signed_on),
            subject: fixed.subject,
            days: format!(
                "(Số liệu từ ngày {} đến ngày {})",
                date_text(report.days_of.from),
                date_text(report.days_of.to)
            ),
        },
        blocks,
        foot: Foot {
            recipients: lines(said(&words.recipients, &fixed.recipients)).map(str::to_owned).collect(),
            signer_title: said(&words.signer_title, &fixed.signer_title).to_owned(),
            signer_name: words.signer_name.clone(),
        },
    }
}

/// Returns what was written for the period, or else the fixed words.
fn said<'a>(words: &'a str, fixed: &'a str) -> &'a str {
    if words.trim().is_empty() { fixed } else { words }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn texts(text: &str) -> Vec<Block> {
    lines(text).map(|line| Block::Text(line.to_owned())).collect()
}

pub(super) fn reach(report: &Report) -> String {
    let fresh = &report.freshness;
    let until = fresh.as_of_ms.map_or_else(|| "chưa có".to_owned(), datetime_text);
    format!("Số liệu đến {until}, từ {}/{} điểm bán đã gửi đủ số liệu.", complete(report), report.reach.len())
}

fn complete(report: &Report) -> usize {
    report.reach.iter().filter(|store| store.is_complete).count()
}

/// Says which stores have gaps, and which sales wait in suspense; nothing when all have told everything and all of it counts.
pub(super) fn gaps(report: &Report) -> Option<String> {
    let sentences: Vec<String> = untold(report).into_iter().chain(uncounted(report)).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn uncounted(report: &Report) -> Option<String> {
    let waiting = report.reach.iter().filter(|store| store.suspended_count > 0);
    let waiting: Vec<String> = waiting
        .map(|store| {
            let (count, money) = (count_text(store.suspended_count), Money::new(store.suspended_vnd));
            format!("{} ({count} bút toán bán hàng, {money} ở tài khoản chờ)", store.store)
        })
        .collect();
    (!waiting.is_empty()).then(|| format!("Chưa vào số liệu: {}.", waiting.join("; ")))
}

fn untold(report: &Report) -> Option<String> {
    let gaps: Vec<String> = report
        .reach
        .iter()
        .filter(|store| !store.is_complete)
        .map(|store| match store.heard_at_ms {
            Some(at_ms) => format!("{} (đến {})", store.store, datetime_text(at_ms)),
            None => format!("{} (chưa gửi số liệu)", store.store),
        })
        .collect();
    (!gaps.is_empty()).then(|| format!("Chưa đủ số liệu: {}.", gaps.join("; ")))
}

fn points(report: &Report) -> Vec<Block> {
    let rows = report.points.iter().map(|point| {
        vec![
            Cell::Text(name(point)),
            Cell::text(&point.address),
            Cell::text(&point.commune),
            Cell::text(&point.operator),
            Cell::Text(decision(point)),
            Cell::text(known(Some(&point.funding))),
        ]
    });
    let running = running(report);
    vec![
        Block::Text(format!("Có {running} điểm đang hoạt động.")),
        table(
            "Điểm bán",
            "Danh sách điểm",
            [
                "Tên điểm",
                "Địa chỉ",
                "Xã, phường, đặc khu",
                "Đơn vị quản lý",
                "Quyết định, năm",
                "Nguồn kinh phí",
            ],
            rows,
            ALL,
        ),
    ]
}

/// Returns how many points are open when the period ends.
pub(super) fn running(report: &Report) -> usize {
    let last_day = report.days_of.to;
    report.points.iter().filter(|point| point.closed_on.is_none_or(|day| day > last_day)).count()
}

/// A point that closed says so beside its name.
fn name(point: &PointOfReport) -> String {
    match point.closed_on {
        Some(day) => format!("{} (kết thúc {})", point.store, date_text(day)),
        None => point.store.clone(),
    }
}

/// The decision that names a point, with its year where the number does not say it.
fn decision(point: &PointOfReport) -> String {
    let number = known(Some(&point.decision_number));
    match point.decided_on.map(|day| day.year().to_string()) {
        Some(year) if !number.contains(&year) => format!("{number}, năm {year}"),
        _ => number.to_owned(),
    }
}

fn goods(report: &Report) -> Vec<Block> {
    let goods = &report.on_sale;
    let kinds = goods.kinds.iter().map(|kind| {
        vec![
            Cell::text(category(kind.category.as_deref())),
            Cell::text(known(kind.group.as_deref())),
            Cell::Text(stars(kind.stars)),
            Cell::text(known(Some(&kind.commune))),
            Cell::Count(kind.product_count),
        ]
    });
    let fresh = goods.fresh.iter().map(|row| {
        vec![Cell::text(&row.name), Cell::text(known(row.producer.as_deref())), Cell::Day(row.since)]
    });
    let stopped = goods.stopped.iter().map(|row| {
        vec![Cell::text(&row.name), Cell::text(known(row.producer.as_deref())), Cell::Vnd(row.previous_vnd)]
    });
    let lapsing = goods.lapsing.iter().map(|row| {
        vec![
            Cell::text(&row.name),
            Cell::text(known(row.producer.as_deref())),
            Cell::Text(
                format!("{} {}", category(row.category.as_deref()), stars(row.stars))
                    .trim_end_matches(" –")
                    .to_owned(),
            ),
            Cell::text(&row.decision),
            Cell::Day(row.lapses_on),
            Cell::Text(format!("Trong {} ngày", row.within_days)),
        ]
    });
    let within = |days| goods.lapsing.iter().filter(|row| row.within_days <= days).count();
    vec![
        Block::Text(format!(
            "Trên kệ hoặc đã bán trong kỳ: {} sản phẩm của {} chủ thể; {} sản phẩm mới lên kệ trong kỳ; {} sản phẩm kỳ trước có bán mà kỳ này không bán.",
            count_text(goods.product_count),
            count_text(goods.producer_count),
            goods.fresh.len(),
            goods.stopped.len()
        )),
        Block::Text(format!(
            "Công nhận sắp hết hạn, tính từ ngày {}: {} trong 30 ngày, {} trong 60 ngày, {} trong 90 ngày.",
            date_text(goods.on),
            within(30),
            within(60),
            within(90)
        )),
        table(
            "Hàng đang bán",
            "Sản phẩm theo loại, nhóm, hạng sao và nơi sản xuất",
            ["Loại", "Nhóm", "Hạng sao", "Xã, phường, đặc khu", "Số sản phẩm"],
            kinds,
            ROWS,
        ),
        table("Hàng mới", "Sản phẩm mới lên kệ", ["Sản phẩm", "Chủ thể", "Từ ngày"], fresh, ROWS),
        table(
            "Hàng ngừng bán",
            "Sản phẩm không còn bán",
            ["Sản phẩm", "Chủ thể", "Doanh số kỳ trước"],
            stopped,
            ROWS,
        ),
        table(
            "Sắp hết hạn",
            "Công nhận sắp hết hạn",
            ["Sản phẩm", "Chủ thể", "Công nhận", "Quyết định", "Hết hạn", "Thời hạn"],
            lapsing,
            ALL,
        ),
    ]
}

/// Returns the traffic of all stores together.
pub(super) fn all_traffic(report: &Report) -> Traffic {
    let mut total = Traffic { store: "Tổng cộng".to_owned(), ..Traffic::default() };
    for store in &report.traffic {
        total.visitor_count += store.visitor_count;
        total.tasting_count += store.tasting_count;
        total.answered_count += store.answered_count;
        total.shift_count += store.shift_count;
        total.receipt_count += store.receipt_count;
        total.revenue_vnd += store.revenue_vnd;
    }
    total
}

fn traffic(report: &Report) -> Vec<Block> {
    let row = |row: &Traffic| {
        vec![
            Cell::text(&row.store),
            Cell::Count(row.visitor_count),
            Cell::Count(row.tasting_count),
            Cell::Text(format!("{}/{}", row.answered_count, row.shift_count)),
            Cell::Count(row.receipt_count),
            row.basket_vnd().map_or(Cell::Empty, Cell::Vnd),
        ]
    };
    let total = all_traffic(report);
    let head = [
        "Điểm bán",
        "Khách ghé (ước)",
        "Lượt nếm thử",
        "Ca có đếm khách",
        "Giao dịch",
        "Bình quân mỗi giao dịch",
    ];
    let Block::Table(mut stores) =
        table("Khách", "Khách và giao dịch", head, report.traffic.iter().map(row), ALL)
    else {
        return Vec::new();
    };
    stores.total = Some(row(&total));
    vec![
        Block::Text(format!(
            "Khoảng {} lượt khách ghé, {} lượt nếm thử, {} giao dịch.",
            count_text(total.visitor_count),
            count_text(total.tasting_count),
            count_text(total.receipt_count)
        )),
        Block::Remark(
            "Khách ghé và nếm thử do người bán ước lượng khi đóng ca; ca không trả lời thì không tính."
                .to_owned(),
        ),
        Block::Table(stores),
    ]
}

fn promotions(report: &Report) -> Vec<Block> {
    let rows = report.promoted.iter().map(|row| {
        vec![
            Cell::text(&row.name),
            Cell::text(row.store.as_ref().unwrap_or(&row.operator)),
            Cell::Text(format!("{} – {}", date_text(row.first_day), date_text(row.last_day))),
            row.line_count.map_or(Cell::Quantity(row.quantity_milli), Cell::Count),
            Cell::Vnd(row.revenue_vnd),
            Cell::Vnd(row.off_vnd),
        ]
    });
    let is_counted = report.sold.total.product_count.is_some();
    let mut blocks = campaigns::blocks(report);
    blocks.extend([
        Block::Text(format!("Trong kỳ có {} chương trình khuyến mại.", report.promoted.len())),
        Block::Remark(
            "Số bán trong kỳ có ghi khuyến mại trên đơn; hàng khách trả sau đó không trừ ở đây.".to_owned(),
        ),
        table(
            "Khuyến mại",
            "Hàng bán theo khuyến mại",
            [
                "Chương trình",
                "Nơi áp dụng",
                "Thời gian",
                if is_counted { "Lượt bán" } else { "Số lượng" },
                "Doanh số",
                "Tiền giảm",
            ],
            rows,
            ROWS,
        ),
    ]);
    blocks
}

fn free(words: &WordsOfReport) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (title, text) in
        [("1. Khó khăn, vướng mắc:", &words.difficulties), ("2. Đề xuất, kiến nghị:", &words.proposals)]
    {
        let lines: Vec<&str> = lines(text).collect();
        // As long as nobody has said it for this period, there is room to write it.
        let nothing = if words.saved_at_ms.is_some() { "Không." } else { "…" };
        let first = if lines.is_empty() { format!("{title} {nothing}") } else { title.to_owned() };
        blocks.push(Block::Text(first));
        blocks.extend(lines.into_iter().map(|line| Block::Text(line.to_owned())));
    }
    blocks
}

pub(super) fn table<const COLUMNS: usize>(
    sheet: &'static str,
    title: &str,
    head: [&'static str; COLUMNS],
    rows: impl Iterator<Item = Vec<Cell>>,
    rows_on_paper: usize,
) -> Block {
    let (title, head) = (title.to_owned(), head.to_vec());
    Block::Table(Table { sheet, title, head, rows: rows.collect(), total: None, rows_on_paper })
}

pub(super) fn category(code: Option<&str>) -> &'static str {
    category_words(Lang::Vi, code.filter(|code| Category::from_code(code).is_some()))
}

pub(super) fn stars(stars: Option<i64>) -> String {
    stars.map_or_else(|| "–".to_owned(), |stars| format!("{stars} sao"))
}

pub(super) fn known(name: Option<&str>) -> &str {
    name.filter(|name| !name.is_empty()).unwrap_or(UNKNOWN)
}

/// Returns a part in thousandths, rounded half up; `None` of nothing.
pub(super) fn change_of(part: i64, whole: i64) -> Option<i64> {
    let (part, whole) = (i128::from(part), Some(i128::from(whole)).filter(|whole| *whole > 0)?);
    i64::try_from((part * 1_000 + whole / 2).div_euclid(whole)).ok()
}
