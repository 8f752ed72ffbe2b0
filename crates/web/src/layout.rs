//! The shell around every page: head, header, navigation, banners.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::csrf::CsrfToken;
use crate::words::WebTexts;
use crate::{Lang, assets, csrf, folding};

/// What kind of page it is; the class of `<body>`, which decides the arrangement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The counter: fills the screen, only the cart scrolls.
    Counter,
    /// The customer's screen: large, without header.
    Display,
    /// Work at a desk: the department's pages, stock, shifts.
    Desk,
    /// The producer's and operator's pages: navigation at the thumb.
    Phone,
    /// Before anybody is let in: login, PIN, errors.
    Door,
    /// A statement or slip to print.
    Paper,
}

impl Shape {
    const fn class(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Display => "display",
            Self::Desk => "desk",
            Self::Phone => "phone",
            Self::Door => "door-page",
            Self::Paper => "paper",
        }
    }
}

/// A link of the navigation.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Where it leads.
    pub href: &'a str,
    /// What it says.
    pub words: &'a str,
    /// True on the page it leads to.
    pub is_here: bool,
}

/// A page without its main part. Fill the fields that differ from [`Page::new`], then call [`Page::with`].
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// The language of every word on it.
    pub lang: Lang,
    /// The arrangement.
    pub shape: Shape,
    /// Whose page it is: store, department, producer.
    pub brand: &'a str,
    /// The title, which is also the hidden first heading.
    pub title: &'a str,
    /// The session's token, for the ES module and for logging out.
    pub csrf: Option<&'a CsrfToken>,
    /// Where the ES module goes when the session is over; it keeps its queue meanwhile.
    pub login: Option<&'a str>,
    /// The page's stream of changes.
    pub events: Option<&'a str>,
    /// So many seconds without a key or a touch lead to `login`, if the server says so; none for never.
    pub idle_s: Option<u32>,
    /// The other pages.
    pub links: &'a [Link<'a>],
    /// What stands in the address behind the question mark, so that another language shows the same view.
    pub query: &'a str,
    /// What stands at the right of the header: who is here, chips, the time.
    pub status: Markup,
    /// True when the figures are invented: said on every page.
    pub is_demo: bool,
    /// True when nothing here is sold: said on every page.
    pub is_training: bool,
}

impl<'a> Page<'a> {
    /// A page with title and brand and nothing else.
    pub const fn new(lang: Lang, shape: Shape, brand: &'a str, title: &'a str) -> Self {
        Self {
            lang,
            shape,
            brand,
            title,
            csrf: None,
            login: None,
            events: None,
            idle_s: None,
            links: &[],
            query: "",
            status: PreEscaped(String::new()),
            is_demo: false,
            is_training: false,
        }
    }

    /// Returns the whole page around its main part.
    pub fn with(&self, main: Markup) -> Markup {
        let lang = self.lang;
        html! {
            (DOCTYPE)
            html lang=(lang.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    @if let Some(token) = self.csrf { meta name=(csrf::FIELD) content=(token.as_str()); }
                    title { (self.title) " · " (self.brand) }
                    link rel="icon" href="data:,";
                    link rel="stylesheet" href=(assets::css_href());
                    script type="module" src=(assets::js_href()) {}
                }
                body.(self.shape.class()) data-events=[self.events] data-login=[self.login] data-idle=[self.idle_s] {
                    @if !matches!(self.shape, Shape::Display | Shape::Paper) { (self.header()) }
                    @if self.shape == Shape::Counter { (waiting(lang)) }
                    main #main { h1.hidden { (self.title) } (folding::named(main)) }
                }
            }
        }
    }

    fn header(&self) -> Markup {
        let lang = self.lang;
        html! {
            header.bar {
                @if matches!(self.shape, Shape::Desk | Shape::Phone) { a.skip href="#main" { (lang.skip_to_content()) } }
                strong.brand { (self.brand) }
                @if !self.links.is_empty() {
                    nav.pages aria-label=(lang.main_navigation()) {
                        @for link in self.links {
                            a href=(link.href) aria-current=[link.is_here.then_some("page")] { (link.words) }
                        }
                    }
                }
                div.status {
                    @if self.is_demo { span.chip.warn.demo { span.sign aria-hidden="true" { "⚠" } span { (lang.demo_data()) } } }
                    @if self.is_training { span.chip.bad.demo { span.sign aria-hidden="true" { "⚠" } span { (lang.training()) } } }
                    (self.status)
                    @if self.shape != Shape::Counter {
                        a.language href=(self.in_other_language()) lang=(lang.other().code())
                            hreflang=(lang.other().code()) { (lang.other().language()) }
                    }
                }
            }
        }
    }
}

impl Page<'_> {
    fn in_other_language(&self) -> String {
        let between = if self.query.is_empty() { "" } else { "&" };
        format!("?{}{between}lang={}", self.query, self.lang.other().code())
    }
}

/// What the ES module shows when answers are late, and the choice when one request fails again and again.
fn waiting(lang: Lang) -> Markup {
    html! {
        p #waiting role="alert" hidden data-slow=(lang.waiting_slow()) data-lost=(lang.waiting_lost()) {}
        section #choice role="alertdialog" aria-label=(lang.choice()) hidden {
            p { (lang.choice()) " " output {} }
            button type="button" data-choice="retry" { (lang.choice_retry()) }
            button type="button" data-choice="drop" { (lang.choice_drop()) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(shape: Shape, lang: Lang) -> String {
        let token = CsrfToken::from_text("f00".to_owned());
        let links = [Link { href: "/sales", words: "Doanh số", is_here: true }];
        Page {
            csrf: Some(&token),
            login: Some("/pin"),
            events: Some("/events"),
            links: &links,
            is_demo: true,
            ..Page::new(lang, shape, "Điểm OCOP <Lý Sơn>", "Bán hàng")
        }
        .with(html! { p { "…" } })
        .into_string()
    }

    const SHAPES: [Shape; 6] =
        [Shape::Counter, Shape::Display, Shape::Desk, Shape::Phone, Shape::Door, Shape::Paper];

    #[test]
    fn every_page_has_language_title_heading_and_one_main() {
        for shape in SHAPES {
            for lang in Lang::ALL {
                let page = sample(shape, lang);
                assert!(page.starts_with("<!DOCTYPE html><html lang=\""), "{page}");
                for part in [
                    &format!("<html lang=\"{}\">", lang.code()),
                    "<title>Bán hàng · Điểm OCOP &lt;Lý Sơn&gt;</title>",
                    "<h1 class=\"hidden\">Bán hàng</h1>",
                    "<main id=\"main\">",
                    "<meta name=\"csrf\" content=\"f00\">",
                    "data-events=\"/events\"",
                    "data-login=\"/pin\"",
                ] {
                    assert_eq!(page.matches(part).count(), 1, "{part} in {page}");
                }
            }
        }
    }

    #[test]
    fn the_policy_allows_neither_inline_style_nor_inline_script() {
        for shape in SHAPES {
            let page = sample(shape, Lang::Vi);
            assert!(!page.contains("style=\"") && !page.contains("onclick"), "{page}");
            assert_eq!(
                page.matches("<script").count(),
                page.matches("<script type=\"module\" src=\"").count()
            );
        }
    }

    #[test]
    fn another_language_shows_the_same_view() {
        let page = |query| {
            let page = Page { query, ..Page::new(Lang::Vi, Shape::Desk, "b", "t") };
            page.with(html! {}).into_string()
        };
        assert!(page("").contains("href=\"?lang=en\""));
        assert!(page("period=week&stars=4").contains("href=\"?period=week&amp;stars=4&amp;lang=en\""));
    }

    #[test]
    fn demonstration_data_are_said_wherever_there_is_a_header() {
        for shape in [Shape::Counter, Shape::Desk, Shape::Phone, Shape::Door] {
            assert!(sample(shape, Lang::Vi).contains("Dữ liệu minh họa"), "{shape:?}");
        }
        assert!(
            !Page::new(Lang::Vi, Shape::Desk, "b", "t").with(html! {}).into_string().contains("minh họa")
        );
    }
}
