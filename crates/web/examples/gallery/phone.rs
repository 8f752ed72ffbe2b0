//! The producer's page, and a statement to print.

use domain::Money;
use maud::{Markup, html};
use web::fragment::{Tone, chip, message};
use web::layout::{Link, Page, Shape};

use crate::LANG;

pub(crate) fn page() -> Markup {
    let links = ["Tổng quan", "Ký gửi", "Đối soát", "Sản phẩm"].map(|words| Link {
        href: "#",
        words,
        is_here: words == "Tổng quan",
    });
    let page =
        Page { links: &links, ..Page::new(LANG, Shape::Phone, "HTX Tỏi đen Lý Sơn", "Tổng quan") };
    let goods = [
        ("Tỏi đen 250 g", "Điểm OCOP Lý Sơn", "3", "12", Some("Sắp hết — gửi thêm 9 hộp")),
        ("Tỏi đen 250 g", "Điểm OCOP Quảng Ngãi", "41", "20", None),
        ("Cao tỏi đen 200 g", "Điểm OCOP Quảng Ngãi", "18", "10", None),
    ];
    page.with(html! {
        section.card.owed {
            span.mute { "Chưa đối soát" }
            strong { (Money::new(48_720_000)) }
            p.mute { "01/10–14/10/2026 · 174 hộp · phí 12 %" }
            div.actions { a.button.primary href="#" { "Xem bảng đối soát" } }
        }
        h2 { "Hàng đang ký gửi" }
        div.goods {
            @for (name, store, left, least, warning) in goods {
                section.card {
                    div { strong { (name) } small.small { (store) } }
                    div.n { strong { "còn " (left) } small.small { "tối thiểu " (least) } }
                    @if let Some(warning) = warning { (message(Tone::Warn, warning)) }
                }
            }
        }
        h2 { "Chuyến gửi" }
        section.card {
            ul.list {
                li { span { "12/10 · 24 hộp" small.small { "Điểm OCOP Lý Sơn" } } (chip(Tone::Quiet, "Chờ nhận")) }
                li { span { "05/10 · 40 hộp" small.small { "Điểm OCOP Quảng Ngãi" } } (chip(Tone::Good, "Đã nhận 40")) }
                li { span { "28/09 · 30 hộp" small.small { "Điểm OCOP Lý Sơn" } } (chip(Tone::Bad, "Nhận 28, lệch 2")) }
            }
        }
    })
}

pub(crate) fn statement() -> Markup {
    let rows = [
        ("Tỏi đen 250 g", "Lý Sơn", "96", 43_200_000, 5_184_000),
        ("Tỏi đen 250 g", "Quảng Ngãi", "61", 27_450_000, 3_294_000),
        ("Cao tỏi đen 200 g", "Quảng Ngãi", "17", 6_460_000, 775_200),
    ];
    Page::new(LANG, Shape::Paper, "HTX Tỏi đen Lý Sơn", "Bảng đối soát").with(html! {
        div.actions { button data-print { "In" } a.button href="#" { "Quay lại" } }
        h2 { "Bảng đối soát ký gửi" }
        p.mute { "Kỳ 01/10/2026–14/10/2026 · số ĐS-000041 · đến bút toán 1.284 của Lý Sơn, 2.077 của Quảng Ngãi" }
        table {
            thead { tr { th { "Sản phẩm" } th { "Cửa hàng" } th.n { "Đã bán" } th.n { "Tiền hàng" } th.n { "Phí 12 %" } th.n { "Còn nhận" } } }
            tbody {
                @for (name, store, sold, gross_vnd, fee_vnd) in rows {
                    tr {
                        td { (name) } td { (store) } td.n { (sold) }
                        td.n { (Money::new(gross_vnd)) } td.n { (Money::new(fee_vnd)) } td.n { (Money::new(gross_vnd - fee_vnd)) }
                    }
                }
            }
            tfoot { tr { td colspan="3" { "Cộng" } td.n { (Money::new(77_110_000)) } td.n { (Money::new(9_253_200)) } td.n { (Money::new(67_856_800)) } } }
        }
        p { "Bằng chữ: Sáu mươi bảy triệu tám trăm năm mươi sáu nghìn tám trăm đồng." }
    })
}
