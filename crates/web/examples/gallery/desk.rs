//! The department's dashboard.

use maud::{Markup, html};
use web::chart::{Bar, Bars, spark};
use web::form::{Field, select};
use web::format::{compact_vnd, count_text};
use web::fragment::{Tone, change, chip, stars};
use web::layout::{Link, Page, Shape};

use crate::LANG;

pub(crate) fn links(here: &str) -> [Link<'static>; 5] {
    ["Doanh số", "Sản phẩm", "Cửa hàng", "Chủ thể", "Ký gửi"].map(|words| Link {
        href: "#",
        words,
        is_here: words == here,
    })
}

const NOW_VND: [i64; 14] = [
    21_400_000, 18_900_000, 24_100_000, 33_700_000, 36_200_000, 19_800_000, 22_600_000, 25_300_000,
    27_900_000, 31_400_000, 38_800_000, 41_200_000, 30_500_000, 9_700_000,
];
const BEFORE_VND: [i64; 14] = [
    19_200_000, 20_400_000, 21_000_000, 28_600_000, 31_900_000, 20_700_000, 19_400_000, 22_800_000,
    24_600_000, 26_100_000, 35_200_000, 37_000_000, 27_300_000, 26_400_000,
];

pub(crate) fn page() -> Markup {
    let page = Page {
        links: &links("Doanh số"),
        status: html! { span.who { "Võ Thị Kim Ngân" } },
        is_demo: true,
        ..Page::new(LANG, Shape::Desk, "OCOP Quảng Ngãi", "Doanh số")
    };
    page.with(html! {
        (filters())
        p.fresh {
            span { "01/10/2026–14/10/2026 so với 17/09/2026–30/09/2026 · số liệu đến 14:02 · 11/12 cửa hàng đã gửi" }
            (chip(Tone::Warn, "Sa Huỳnh: đơn cuối lúc 09:12"))
        }
        (figures())
        section.card { (bars()) }
        (products())
        div.columns { (stores()) (groups()) (expiring()) }
    })
}

fn filters() -> Markup {
    html! {
        form.filters method="get" {
            div {
                nav.presets aria-label="Kỳ" {
                    a href="#" { "Hôm nay" } a href="#" { "Tuần" } a href="#" aria-current="true" { "14 ngày" } a href="#" { "Tháng" } a href="#" { "Quý" }
                }
                a.button href="sales.xlsx" { "Xuất Excel" }
            }
            div {
                (Field { kind: "date", value: "2026-10-01", ..Field::new("from", "Từ ngày") }.render())
                (Field { kind: "date", value: "2026-10-14", ..Field::new("to", "Đến ngày") }.render())
                (select("against", "So với", &[("before", "Kỳ liền trước"), ("year", "Cùng kỳ năm trước")], "before", None))
                (select("store", "Cửa hàng", &[("", "Tất cả (12)")], "", None))
                (select("group", "Nhóm", &[("", "Tất cả nhóm")], "", None))
                (select("stars", "Hạng sao", &[("", "Tất cả"), ("4", "4 sao trở lên")], "", None))
                button.primary { "Xem" }
            }
        }
    }
}

fn figures() -> Markup {
    let figures = [
        ("Doanh thu", "408,7 tr ₫", Some(93)),
        ("Số đơn", "2.184", Some(51)),
        ("Giá trị đơn", "187.130 ₫", Some(40)),
        ("Sản phẩm có bán", "142/167", Some(-21)),
    ];
    html! {
        div.figures {
            @for (name, value, per_mille) in figures {
                section.card.figure { span { (name) } strong { (value) } p { (change(LANG, per_mille)) " so với kỳ trước" } }
            }
        }
    }
}

fn bars() -> Markup {
    let bars: Vec<Bar> = NOW_VND
        .into_iter()
        .zip(BEFORE_VND)
        .zip(1..)
        .map(|((now, before), day)| Bar { label: format!("{day}/10"), now, before, is_complete: day < 14 })
        .collect();
    Bars {
        lang: LANG,
        title: "Doanh thu theo ngày",
        now: "Kỳ này",
        before: "Kỳ trước",
        write: &|vnd| compact_vnd(vnd, LANG),
        bars: &bars,
    }
    .render()
}

fn products() -> Markup {
    let rows = [
        ("Tỏi đen cô đơn Phú Sinh", Some(4), [8, 9, 7, 12, 14, 13, 17], 174, 78_300_000, Some(184)),
        ("Nước mắm cốt đặc biệt Mười Quý", Some(4), [20, 18, 22, 19, 24, 23, 22], 512, 48_640_000, Some(62)),
        ("Tỏi Lý Sơn (Phú Sinh)", Some(5), [16, 15, 15, 12, 13, 11, 10], 318, 38_160_000, Some(-91)),
        ("Trà bột sâm Ngọc Linh", Some(4), [2, 3, 3, 4, 6, 5, 7], 61, 21_350_000, None),
        ("Thịt bò khô Thu Ba", Some(4), [9, 9, 10, 9, 9, 10, 10], 97, 17_460_000, Some(0)),
        ("Quế khô Trà Bồng", None, [4, 5, 3, 6, 5, 4, 5], 143, 7_865_000, Some(27)),
    ];
    html! {
        section.card {
            div.head { h2 { "Theo sản phẩm" } a href="#" { "Tất cả 142 sản phẩm" } }
            div.table {
                table {
                    thead { tr {
                        th { a href="#" { "Sản phẩm" } } th { "12 tuần" } th.n { a href="#" { "Số lượng" } }
                        th.n aria-sort="descending" { a href="#" { "Doanh thu ▼" } } th.n { a href="#" { "So kỳ trước" } }
                    } }
                    tbody {
                        @for (name, its_stars, weeks, quantity, vnd, per_mille) in rows {
                            tr {
                                td { a href="#" { (name) } (stars(LANG, its_stars)) }
                                td { (spark(&weeks)) }
                                td.n { (count_text(quantity)) }
                                td.n { (count_text(vnd)) " ₫" }
                                td.n { (change(LANG, per_mille)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn share(per_mille: u32) -> Markup {
    html! { svg.meter viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" { rect width=(per_mille) height="10" {} } }
}

fn shares(title: &str, rows: &[(&str, u32, i64)]) -> Markup {
    html! {
        section.card {
            h2 { (title) }
            div.table { table { tbody {
                @for (name, per_mille, vnd) in rows {
                    tr { td { (name) } td { (share(*per_mille)) } td.n { (compact_vnd(*vnd, LANG)) } }
                }
            } } }
        }
    }
}

fn stores() -> Markup {
    shares(
        "Theo cửa hàng",
        &[
            ("Lý Sơn", 1000, 96_400_000),
            ("Quảng Ngãi", 870, 83_900_000),
            ("Sa Huỳnh", 610, 58_800_000),
            ("Trà Bồng", 320, 30_900_000),
            ("Măng Đen", 290, 27_700_000),
        ],
    )
}

fn groups() -> Markup {
    shares(
        "Theo nhóm",
        &[
            ("Thực phẩm", 1000, 231_500_000),
            ("Đồ uống", 370, 86_200_000),
            ("Dược liệu", 240, 55_600_000),
            ("Thủ công mỹ nghệ", 95, 22_100_000),
            ("Dịch vụ", 57, 13_300_000),
        ],
    )
}

fn expiring() -> Markup {
    let rows = [
        ("Hoa muối SAHU", "24/10/2026", Tone::Bad, "10 ngày"),
        ("Cốm tảo xoắn Spirulina VT", "08/11/2026", Tone::Warn, "25 ngày"),
        ("Mạch nha Thy Thảo", "02/12/2026", Tone::Warn, "49 ngày"),
        ("Chuối sấy Joy", "11/01/2027", Tone::Quiet, "89 ngày"),
    ];
    html! {
        section.card {
            h2 { "Công nhận sắp hết hạn" }
            div.table { table { tbody {
                @for (name, day, tone, left) in rows { tr { td { (name) small { (day) } } td.n { (chip(tone, left)) } } }
            } } }
        }
    }
}
