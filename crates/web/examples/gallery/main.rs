//! Writes every kind of page as a static file, with the style sheet inlined, so that a change of `app.css` can be looked at:
//!
//! `cargo run -p web --example gallery -- target/gallery`
//!
//! The figures are invented. Fragments of the counter stand in `counter.rs`, the department's in `desk.rs`, the producer's
//! in `phone.rs`; the applications use the same classes and ids.

mod counter;
mod desk;
mod phone;

use std::path::PathBuf;
use std::{env, fs, io};

use maud::{Markup, html};
use web::form::{self, Field, Person};
use web::layout::{Page, Shape};
use web::{Lang, assets};

const LANG: Lang = Lang::Vi;

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned()));
    fs::create_dir_all(&folder)?;
    let pages = [
        ("counter", counter::page(counter::State::Usual)),
        ("counter-empty", counter::page(counter::State::Empty)),
        ("counter-search", counter::page(counter::State::Search)),
        ("counter-tender", counter::page(counter::State::Tender)),
        ("counter-qr", counter::page(counter::State::Qr)),
        ("counter-lost", counter::page(counter::State::Lost)),
        ("counter-tiles", counter::page(counter::State::Tiles)),
        ("display", counter::display(false)),
        ("display-qr", counter::display(true)),
        ("dashboard", desk::page()),
        ("form", product_form()),
        ("producer", phone::page()),
        ("statement", phone::statement()),
        ("login", login()),
        ("pin", pin()),
        ("error", error()),
    ];
    for (name, page) in pages {
        fs::write(folder.join(format!("{name}.html")), inlined(&page.into_string()))?;
    }
    Ok(())
}

/// Puts the style sheet where its link stands and drops the module, which has no server to talk to.
fn inlined(page: &str) -> String {
    let link = html! { link rel="stylesheet" href=(assets::css_href()); }.into_string();
    let script = html! { script type="module" src=(assets::js_href()) {} }.into_string();
    page.replace(&link, &format!("<style>{}</style>", assets::CSS)).replace(&script, "")
}

fn login() -> Markup {
    let page = Page {
        is_demo: true,
        ..Page::new(LANG, Shape::Door, "Sở Công Thương Quảng Ngãi", "Đăng nhập")
    };
    page.with(form::login(LANG, "/login", "huong.nt", Some("Tên đăng nhập hoặc mật khẩu không đúng.")))
}

fn pin() -> Markup {
    let people = [
        Person { id: "1", name: "Nguyễn Thị Hường", is_chosen: true },
        Person { id: "2", name: "Phạm Văn Lộc", is_chosen: false },
        Person { id: "3", name: "Huỳnh Thị Mỹ Duyên", is_chosen: false },
    ];
    let page = Page::new(LANG, Shape::Door, "Điểm OCOP Lý Sơn", "Mở khóa quầy");
    page.with(form::pin_login(LANG, "/pin", &people, None))
}

fn error() -> Markup {
    let page = Page::new(LANG, Shape::Door, "Điểm OCOP Lý Sơn", "Chưa làm được");
    page.with(html! {
        section.door {
            h2 { "Chưa làm được" }
            p { "Máy gặp lỗi nên chưa làm được. Thử lại; nếu vẫn lỗi, báo người quản lý." }
            p.mute { "Mã sự cố: " code { "0199a3f17c2b7d10a4e58c61f20b94d7" } }
            p { a.button href="/" { "Về trang đầu" } }
        }
    })
}

fn product_form() -> Markup {
    let page = Page {
        links: &desk::links("Sản phẩm"),
        ..Page::new(LANG, Shape::Desk, "OCOP Quảng Ngãi", "Thêm sản phẩm")
    };
    let wrong = "Mã này đã có: Nước mắm cốt đặc biệt Mười Quý. Quét lại hoặc sửa sản phẩm đó.";
    page.with(html! {
        section.card {
            h2 { "Thêm sản phẩm" }
            form.form method="post" action="/products" {
                (Field { value: "Tỏi đen nhiều tép Phú Sinh", ..Field::new("name", "Tên trên nhãn") }.render())
                (Field { value: "8936012345673", error: Some(wrong), inputmode: "numeric", ..Field::new("barcode", "Mã vạch") }.render())
                (form::select("stars", "Hạng sao", &[("", "Chưa công nhận"), ("3", "3 sao"), ("4", "4 sao")], "4", None))
                (Field { hint: Some("Đồng, đã gồm thuế GTGT"), inputmode: "numeric", ..Field::new("price_vnd", "Giá bán lẻ") }.render())
                div.actions { button.primary { "Lưu sản phẩm" } a.button href="/products" { "Bỏ" } }
            }
        }
    })
}
