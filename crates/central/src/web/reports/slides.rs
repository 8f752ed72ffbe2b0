//! The report as five slides: one file that opens without network, for a meeting. It holds its own styles and charts and no script;
//! each slide fills a screen of 16:9, keys scroll from one to the next, and each is a page when it is printed. It is in Vietnamese,
//! as the paper is, and says nothing that the paper does not.

mod bars;
mod goods;
mod reached;
mod sales;
mod words;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use web::format::count_text;

use super::paper::{KIND, Paper};
use super::shown::Shown;
use super::write;

const STYLE: &str = include_str!("slides/slides.css");
/// The file may show what is in it, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";
/// How many there are.
const COUNT: usize = 5;

/// Returns the file.
pub fn render(shown: &Shown, paper: &Paper) -> String {
    let (report, head) = (&shown.report, &paper.head);
    let slides = [
        title(shown, paper),
        sales::slide(report),
        goods::slide(report),
        reached::slide(report),
        words::slide(&shown.written()),
    ];
    let file = html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (head.subject) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    @for (slide, number) in slides.iter().zip(1_usize..) {
                        section id={ "s" (number) } {
                            (slide)
                            footer { span { (head.issuer) " · " (head.days.trim_matches(['(', ')'])) } span { (number) "/" (COUNT) } }
                        }
                    }
                }
            }
        }
    };
    file.into_string()
}

/// Returns an answer that a browser keeps as a file.
pub fn answer(name: &str, file: String) -> Response {
    let attachment = HeaderValue::try_from(format!("attachment; filename=\"{name}.html\""));
    let attachment = attachment.unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_DISPOSITION, attachment),
    ];
    (headers, file).into_response()
}

fn title(shown: &Shown, paper: &Paper) -> Markup {
    let (report, head) = (&shown.report, &paper.head);
    html! {
        div.title {
            p.issuer { (head.authority) br; strong { (head.issuer) } }
            div {
                p.kind { (KIND) }
                h1 { (head.subject) }
                p.days { (head.days) }
            }
            div.counts {
                (count(write::running(report), "điểm đang hoạt động"))
                (count(report.on_sale.product_count, "sản phẩm đang bán"))
                (count(report.on_sale.producer_count, "chủ thể có hàng bán"))
            }
            div.fresh {
                p { (write::reach(report)) }
                @if let Some(gaps) = write::gaps(report) { p.cut { (gaps) } }
            }
        }
    }
}

/// Returns a count with what it counts.
fn count(count: impl TryInto<i64>, what: &str) -> Markup {
    html! { p { strong { (count_text(count.try_into().unwrap_or(i64::MAX))) } " " (what) } }
}
