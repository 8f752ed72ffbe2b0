//! The counter in its states, and the customer's screen.

use domain::Money;
use maud::{Markup, html};
use web::fragment::{Tone, chip, note, stars};
use web::layout::{Page, Shape};

use crate::LANG;

/// What the counter is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Six lines in the cart.
    Usual,
    /// Nothing scanned yet.
    Empty,
    /// Something typed into the box.
    Search,
    /// Cash is being taken.
    Tender,
    /// VietQR is being awaited.
    Qr,
    /// The server does not answer.
    Lost,
    /// Best sellers beside the cart, for touch.
    Tiles,
}

/// A row of the cart.
struct Line {
    name: &'static str,
    stars: Option<u8>,
    unit: &'static str,
    quantity: &'static str,
    price_vnd: i64,
    amount_vnd: i64,
}

const fn line(
    name: &'static str,
    stars: Option<u8>,
    unit: &'static str,
    quantity: &'static str,
    price_vnd: i64,
    amount_vnd: i64,
) -> Line {
    Line { name, stars, unit, quantity, price_vnd, amount_vnd }
}

const LINES: &[Line] = &[
    line("Nước mắm cốt đặc biệt Mười Quý", Some(4), "Chai 500 ml", "2", 95_000, 190_000),
    line("Tỏi cô đơn (tỏi mồ côi) Lý Sơn", None, "kg", "0,35", 1_200_000, 420_000),
    line("Hoa muối SAHU", Some(4), "Hũ 200 g", "1", 75_000, 75_000),
    line("Quế khô Trà Bồng", None, "kg", "1,2", 55_000, 66_000),
    line("Kẹo gương Thu Xà", None, "Hộp 300 g", "3", 45_000, 135_000),
    line("Tỏi đen cô đơn Phú Sinh", Some(4), "Hộp 250 g", "2", 450_000, 900_000),
];

fn money(vnd: i64) -> Markup {
    html! { (Money::new(vnd)) }
}

pub(crate) fn page(state: State) -> Markup {
    let page = Page {
        status: html! {
            span.who { "Quầy 1 · Nguyễn Thị Hường" }
            (chip(Tone::Good, "Máy in"))
            span.chip.warn {
                span.sign aria-hidden="true" { "⚠" }
                span { "Chưa nối trung tâm" span.wide { " từ 09:12" } " · 14 đơn" }
            }
            time #now { "14:05" }
        },
        events: Some("/events"),
        login: Some("/pin"),
        ..Page::new(LANG, Shape::Counter, "Điểm OCOP Lý Sơn", "Bán hàng")
    };
    let lines = if state == State::Empty { &[] } else { LINES };
    let whole = page.with(html! {
        div.till {
            (sales())
            (seek(state))
            @match state {
                State::Empty => (note(Tone::Quiet, "Sẵn sàng bán hàng. Ca mở lúc 07:30.")),
                State::Lost => (note(Tone::Warn, "Nấm linh chi Đức Nhuận: hết hàng theo sổ. Cứ bán, kiểm lại kệ sau.")),
                _ => (note(Tone::Good, "Tỏi đen cô đơn Phú Sinh — số lượng 2")),
            }
            @if state == State::Usual { (missed()) }
            (cart(lines))
        }
        @match state {
            State::Tender => (tender()),
            State::Qr => (tender_qr()),
            State::Tiles => (tiles()),
            _ => (side(lines)),
        }
        (hints())
    });
    if state == State::Lost { lost(&whole.into_string()) } else { whole }
}

fn sales() -> Markup {
    html! {
        nav #sales.sales aria-label="Đơn đang mở" {
            button data-post="/cart" name="cart" value="1" aria-current="true" aria-keyshortcuts="Alt+1" { "Đơn 1" }
            button data-post="/cart" name="cart" value="2" aria-keyshortcuts="Alt+2" { "Đơn 2 · 3 món" }
            button data-post="/cart/new" aria-keyshortcuts="Insert" aria-label="Mở đơn mới" { "+" }
        }
    }
}

fn seek(state: State) -> Markup {
    html! {
        div.seek {
            input #box data-box="/scan" data-search="/search" name="code" role="combobox" aria-controls="results"
                aria-expanded=(state == State::Search) aria-autocomplete="list" aria-keyshortcuts="F3"
                aria-label="Quét mã vạch hoặc gõ tên hàng" autocomplete="off" spellcheck="false" maxlength="512"
                autofocus[!matches!(state, State::Tender | State::Qr)]
                placeholder="Quét mã vạch hoặc gõ tên hàng (không cần dấu)…" value=[(state == State::Search).then_some("toi")];
            kbd aria-hidden="true" { "F3" }
            (results(state == State::Search))
        }
    }
}

fn results(is_open: bool) -> Markup {
    let found = [
        ("Tỏi Lý Sơn (Phú Sinh)", Some(5), "Túi 500 g", "còn 24", 120_000),
        ("Tỏi đen cô đơn Phú Sinh", Some(4), "Hộp 250 g", "còn 6", 450_000),
        ("Tỏi đen nhiều tép Phú Sinh", Some(4), "Hộp 250 g", "còn 11", 250_000),
        ("Tỏi Lý Sơn ngâm mật ong DORI", Some(4), "Hũ 350 g", "hết", 165_000),
        ("Tỏi cô đơn (tỏi mồ côi) Lý Sơn", None, "kg", "còn 4,2", 1_200_000),
        ("Cao tỏi đen Phú Sinh", Some(4), "Hũ 200 g", "còn 3", 380_000),
    ];
    html! {
        div #results.results role="listbox" aria-label="Hàng tìm thấy" {
            @if is_open {
                @for (index, (name, its_stars, unit, left, price_vnd)) in found.into_iter().enumerate() {
                    button role="option" id={ "result-" (index) } tabindex="-1" aria-selected=(index == 0)
                        data-post="/lines" name="product_id" value=(index) {
                        span { (name) (stars(LANG, its_stars)) small.small { (unit) } }
                        span.n.mute { (left) }
                        strong.n.money { (money(price_vnd)) }
                    }
                }
            }
        }
    }
}

fn missed() -> Markup {
    html! {
        section #missed.missed aria-label="Mã chưa biết" {
            strong { "✕ Mã chưa biết:" } " 8936079140328 · 8938501234017"
            button data-post="/missed/dismiss" { "Đã xem" }
        }
    }
}

fn cart(lines: &[Line]) -> Markup {
    html! {
        section #cart.cart data-sale="0199a3f1-7c2b-7d10-a4e5-8c61f20b94d7" aria-label="Đơn hàng" tabindex="0" {
            @if lines.is_empty() { p.nothing { "Quét mặt hàng đầu tiên." } }
            @else {
                table {
                    thead { tr { th { "Mặt hàng" } th.n { "SL" } th.n { "Đơn giá" } th.n { "Thành tiền" } } }
                    tbody {
                        @for (index, line) in lines.iter().enumerate() { (row(index, line, index + 1 == lines.len())) }
                    }
                }
            }
        }
    }
}

fn row(index: usize, line: &Line, is_chosen: bool) -> Markup {
    html! {
        tr.chosen[is_chosen] {
            td {
                button.pick data-post="/choose" name="line" value=(index) aria-pressed=(is_chosen) {
                    span { (line.name) (stars(LANG, line.stars)) }
                    small { (line.unit) }
                }
            }
            @if is_chosen {
                td.steps {
                    div {
                        button data-post="/less" aria-keyshortcuts="-" aria-label="Bớt một" { "−" }
                        button data-post="/more" aria-keyshortcuts="Plus" aria-label="Thêm một" { "+" }
                        output { (line.quantity) }
                    }
                }
            } @else { td.n { (line.quantity) } }
            td.n { (money(line.price_vnd)) }
            td.n { (money(line.amount_vnd)) }
        }
    }
}

fn side(lines: &[Line]) -> Markup {
    html! {
        div #side.side {
            (total(lines))
            (keys())
            (previous())
            button.primary.pay data-post="/pay" data-fresh aria-keyshortcuts="F9" disabled[lines.is_empty()] {
                "Thanh toán" kbd { "F9" }
            }
        }
    }
}

fn total(lines: &[Line]) -> Markup {
    let payable_vnd = lines.iter().map(|line| line.amount_vnd).sum();
    html! {
        section #total.total aria-label="Tổng cộng" {
            dl {
                dt { "Số món" } dd { (lines.len()) }
                dt { "Giảm giá" } dd { (money(0)) }
            }
            output { (money(payable_vnd)) }
        }
    }
}

fn keys() -> Markup {
    let keys = [
        ("/quantity", "F2", "F2", "Số lượng"),
        ("/discount", "F6", "F6", "Giảm giá"),
        ("/customer", "F4", "F4", "Khách hàng"),
        ("/hold", "F7", "F7", "Treo đơn"),
        ("/held", "F8", "F8", "Đơn treo"),
        ("/refund", "F10", "F10", "Trả hàng"),
        ("/reprint", "Control+P", "Ctrl+P", "In lại"),
        ("/shift", "Control+K", "Ctrl+K", "Ca"),
        ("/undo", "Control+Z", "Ctrl+Z", "Hoàn tác"),
        ("/clear", "Escape", "Esc", "Xóa đơn"),
    ];
    html! {
        div.keys {
            @for (path, key, shown, words) in keys {
                button data-post=(path) aria-keyshortcuts=(key) { (words) kbd aria-hidden="true" { (shown) } }
            }
        }
    }
}

fn previous() -> Markup {
    html! {
        section #previous.previous aria-label="Đơn vừa xong" {
            p.small { span { "Đơn vừa xong LS-7Q3F-000122" } span { "14:02" } }
            p { span { (money(310_000)) } span { "Thừa " (money(40_000)) } }
        }
    }
}

fn tender() -> Markup {
    html! {
        div #side.side {
            form.panel data-modal data-post="/tender" aria-label="Thanh toán" {
                p.payable { span { "Phải trả" } output { (money(1_786_000)) } }
                (ways(0))
                ul.tenders {
                    li {
                        span { "VietQR" } (chip(Tone::Good, "Đã nhận"))
                        span.money { (money(1_000_000)) }
                        button type="button" data-post="/tender/remove" name="row" value="0" aria-label="Bỏ dòng VietQR" { "✕" }
                    }
                }
                dl.sums { dt { "Còn phải thu" } dd { (money(786_000)) } }
                div.given {
                    label for="given" { "Khách đưa" }
                    input #given name="given" inputmode="numeric" autocomplete="off" value="800.000" autofocus;
                }
                div.quick {
                    @for words in ["Vừa đủ", "790.000", "800.000", "1 triệu"] {
                        button type="button" data-post="/tender/given" name="given" value=(words) { (words) }
                    }
                }
                p.back { span { "Tiền thừa" } output { (money(14_000)) } }
                (foot("Xong · in"))
            }
        }
    }
}

fn tender_qr() -> Markup {
    html! {
        div #side.side {
            form.panel data-modal data-post="/tender" aria-label="Thanh toán" {
                p.payable { span { "Phải trả" } output { (money(1_786_000)) } }
                (ways(1))
                (qr())
                p.note.warn { span.sign aria-hidden="true" { "⚠" } span { "Chờ xác nhận: xem điện thoại của quầy rồi mới bấm Đã nhận." } }
                (foot("Đã nhận · in"))
            }
        }
    }
}

fn ways(chosen: usize) -> Markup {
    html! {
        div.ways role="group" aria-label="Hình thức thanh toán" {
            @for (index, (words, key)) in [("Tiền mặt", "F1"), ("VietQR", "F2"), ("Thẻ", "F3")].into_iter().enumerate() {
                button type="button" data-post="/tender/way" name="way" value=(index) aria-keyshortcuts=(key)
                    aria-pressed=(index == chosen) { (words) kbd aria-hidden="true" { (key) } }
            }
        }
    }
}

fn foot(done: &str) -> Markup {
    html! {
        div.foot {
            button type="button" data-post="/back" aria-keyshortcuts="Escape" { "Quay lại" kbd aria-hidden="true" { "Esc" } }
            button.primary data-fresh aria-keyshortcuts="Enter" name="sale_id" value="0199a3f1-7c2b-7d10-a4e5-8c61f20b94d7" {
                (done) kbd aria-hidden="true" { "⏎" }
            }
        }
    }
}

/// Stands for the QR code, which the application draws.
fn qr() -> Markup {
    html! {
        svg.qr viewBox="0 0 29 29" role="img" aria-label="VietQR" {
            @for y in 0..29_u32 { @for x in 0..29_u32 {
                @if (x * x * 31 + y * y * 17 + x * y * 7 + x * 3 + y) % 7 < 3 { rect x=(x) y=(y) width="1" height="1" {} }
            } }
        }
    }
}

fn tiles() -> Markup {
    let tiles = [
        ("Tỏi Lý Sơn (Phú Sinh)", 120_000),
        ("Nước mắm cốt đặc biệt Mười Quý", 95_000),
        ("Kẹo gương Thu Xà", 45_000),
        ("Mạch nha Thy Thảo", 50_000),
        ("Đường phổi Quảng Ngãi", 40_000),
        ("Tinh dầu quế Trà Bồng", 90_000),
        ("Chả cá Đông Sơn", 110_000),
        ("Bánh mè Quảng Ngãi", 35_000),
        ("Hoa muối SAHU", 75_000),
        ("Thịt bò khô Thu Ba", 180_000),
    ];
    html! {
        div #side.side {
            section #total.total aria-label="Tổng cộng" {
                dl { dt { "Số món" } dd { "7" } }
                output aria-live="off" { (money(1_655_000)) }
            }
            div.groups role="group" aria-label="Nhóm hàng" {
                @for (index, group) in ["Tất cả", "Thực phẩm", "Dược liệu và sản phẩm từ dược liệu", "Đồ uống"].iter().enumerate() {
                    button aria-pressed=(index == 0) { (group) }
                }
            }
            section.tiles aria-label="Hàng hay bán" {
                @for (name, price_vnd) in tiles {
                    button data-post="/lines" name="product_id" value=(name) {
                        span.name { (name) }
                        span.price { span.small { "Hộp 250 g" (stars(LANG, Some(4))) } span.money { (money(price_vnd)) } }
                    }
                }
            }
            div.foot {
                button data-post="/show" aria-keyshortcuts="Escape" { span { "Quay lại" } kbd aria-hidden="true" { "Esc" } }
                button.primary.pay data-post="/pay" aria-keyshortcuts="F9" { span { "Thanh toán" } kbd aria-hidden="true" { "F9" } }
            }
        }
    }
}

fn hints() -> Markup {
    html! {
        footer.hints {
            @for (key, words) in [
                ("F1", "trợ giúp"), ("↑ ↓", "chọn dòng"), ("+ −", "số lượng"), ("Del", "xóa dòng"), ("Alt+1…9", "đổi đơn"), ("Insert", "đơn mới"),
            ] { span { kbd { (key) } " " (words) } }
        }
    }
}

/// Shows what the module would show when requests wait.
fn lost(page: &str) -> Markup {
    let shown = page
        .replace("<html lang", "<html data-link=\"lost\" lang")
        .replace("id=\"waiting\" role=\"alert\" hidden", "id=\"waiting\" role=\"alert\"")
        .replace("đang chờ\"></p>", "đang chờ\">✕ Máy bán hàng không trả lời — 3 lần quét đang chờ</p>")
        .replace("data-fresh ", "data-fresh disabled ");
    maud::PreEscaped(shown)
}

pub(crate) fn display(shows_qr: bool) -> Markup {
    let page = Page {
        events: Some("/display/events"),
        ..Page::new(LANG, Shape::Display, "Điểm OCOP Lý Sơn", "Màn hình khách")
    };
    page.with(html! {
        @if shows_qr {
            p.item { "Quét để trả tiền" small { "Chờ xác nhận" span { "Mã K7M2Q9XW4D" } } }
            (qr())
        } @else {
            p.item { "Tỏi đen cô đơn Phú Sinh" (stars(LANG, Some(4))) small { span { "2 × " (money(450_000)) } span { (money(900_000)) } } }
            ul.items {
                @for line in LINES.iter().rev().skip(1) {
                    li { span { (line.name) (stars(LANG, line.stars)) } span.mute { (line.quantity) " × " (money(line.price_vnd)) } span.n.money { (money(line.amount_vnd)) } }
                }
            }
        }
        p.sum { span { "TỔNG CỘNG" } output { (money(1_786_000)) } }
    })
}
