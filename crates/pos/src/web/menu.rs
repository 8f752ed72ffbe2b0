//! The other pages, as a panel of the counter and as the navigation of desk pages.

use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::csrf_field;

use super::cashiers::PEOPLE;
use super::computer_texts::ComputerTexts;
use super::deposit_texts::DepositTexts;
use super::display_texts::DisplayTexts;
use super::drawer_texts::DrawerTexts;
use super::invoice_texts::InvoiceTexts;
use super::keys;
use super::label_texts::LabelTexts;
use super::open_tender_texts::OpenTenderTexts;
use super::pad_texts::PadTexts;
use super::page_texts::PageTexts;
use super::printer_texts::PrinterTexts;
use super::producer_texts::ProducerTexts;
use super::producers::PRODUCERS;
use super::sign_in::number_of;
use super::texts::CounterTexts;
use super::visit::Visit;
use crate::Config;

/// What the panel needs to know of who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// The session's token, for signing out.
    pub csrf: CsrfToken,
    /// Shows what only managers may.
    pub is_manager: bool,
    /// The counter, from 1, for the customer's screen.
    pub counter: u8,
    /// The way to the till for practising, or from it back; none when there is none.
    pub training: Option<Training>,
}

/// Which of the two tills this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Training {
    /// The real one, beside one for practising.
    Beside,
    /// The one for practising.
    Here,
}

impl Training {
    const fn of(config: &Config) -> Option<Self> {
        match (config.training_of, config.training_listen) {
            (Some(_), _) => Some(Self::Here),
            (None, Some(_)) => Some(Self::Beside),
            (None, None) => None,
        }
    }
}

/// A page of the menu.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Its address.
    pub href: &'static str,
    /// Its name.
    pub words: fn(Lang) -> &'static str,
    /// For managers only.
    pub for_manager: bool,
}

impl Place {
    const fn new(href: &'static str, words: fn(Lang) -> &'static str) -> Self {
        Self { href, words, for_manager: false }
    }
}

/// The pages beside the counter.
pub const PLACES: [Place; 14] = [
    Place::new("/receipts", PageTexts::receipts),
    Place::new("/goods", PageTexts::goods),
    Place::new("/labels", LabelTexts::labels),
    Place::new("/stock", PageTexts::stock),
    Place::new(PRODUCERS, ProducerTexts::producers),
    Place::new("/products/new", PageTexts::new_product),
    Place::new("/shift", CounterTexts::shift),
    Place::new("/drawer", DrawerTexts::cash_and_drawer),
    Place::new("/open-tenders", OpenTenderTexts::open_tenders),
    Place::new("/deposits", DepositTexts::deposits),
    Place::new("/computer", ComputerTexts::computer),
    Place { for_manager: true, ..Place::new("/invoices", InvoiceTexts::invoices) },
    Place { for_manager: true, ..Place::new("/printers", PrinterTexts::printers) },
    Place { for_manager: true, ..Place::new(PEOPLE, PageTexts::cashiers) },
];

impl Menu {
    /// Returns the menu of who asks.
    pub fn of(visit: &Visit) -> Self {
        Self {
            csrf: visit.csrf.clone(),
            is_manager: visit.seat.manager,
            counter: number_of(&visit.seat.counter),
            training: Training::of(visit.app.config()),
        }
    }

    /// Returns the pages that they may open.
    pub fn places(is_manager: bool) -> impl Iterator<Item = Place> {
        PLACES.into_iter().filter(move |place| is_manager || !place.for_manager)
    }
}

/// The panel.
pub fn panel(lang: Lang, menu: &Menu) -> Markup {
    html! {
        div.panel data-modal role="dialog" aria-label=(lang.menu()) {
            div.keys {
                @for (index, place) in Menu::places(menu.is_manager).enumerate() {
                    a.button href=(place.href) autofocus[index == 0] { ((place.words)(lang)) }
                }
                button type="button" data-post="/counter/show" name="show" value="pad" { (lang.enter_from_pad()) }
                a.button href="/pad" { (lang.pad_print()) }
                a.button href={ "/display?counter=" (menu.counter) } target="_blank" { (lang.display_page()) }
                @if let Some(training) = menu.training {
                    a.button href="/training" {
                        @match training {
                            Training::Beside => { (lang.practise()) }
                            Training::Here => { (lang.sell_really()) }
                        }
                    }
                }
                a.button href={ "/?lang=" (lang.other().code()) } lang=(lang.other().code()) { (lang.other_language()) }
                (keys::PACK.button(lang, "/counter/show", Some(("show", "basket"))))
                button form="sign-out" { (lang.sign_out()) }
            }
            (sign_out(&menu.csrf))
            div.foot {
                button type="button" data-post="/counter/show" name="show" value="keys"
                    aria-keyshortcuts=(keys::BACK.shortcut) { (keys::BACK.label(lang)) }
            }
        }
    }
}

/// The form that ends the login, for a button elsewhere.
pub fn sign_out(csrf: &CsrfToken) -> Markup {
    html! { form #sign-out method="post" action="/sign-out" { (csrf_field(csrf)) } }
}
