//! The keys of the counter. A key presses the button that names it, so buttons and the help read the same list.

use maud::{Markup, html};
use web::Lang;

use super::best_seller_texts::BestSellerTexts;
use super::cart_texts::CartTexts;
use super::deposit_texts::DepositTexts;
use super::gift_texts::GiftTexts;
use super::invoice_texts::InvoiceTexts;
use super::open_tender_texts::OpenTenderTexts;
use super::pad_texts::PadTexts;
use super::page_texts::PageTexts;
use super::refund_texts::RefundTexts;
use super::texts::CounterTexts;

/// A key and what it does.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As `aria-keyshortcuts` spells it.
    pub shortcut: &'static str,
    /// As it is printed on the keyboard.
    pub cap: &'static str,
    /// What it does.
    pub words: fn(Lang) -> &'static str,
}

/// What a key does.
#[derive(Debug, Clone, Copy)]
pub enum Press<'a> {
    /// Posts to an address, with a name and a value.
    Post(&'a str, Option<(&'a str, &'a str)>),
    /// Opens a page.
    Open(&'a str),
}

impl<'a> Press<'a> {
    /// Shows something in the right column.
    pub const fn show(what: &'a str) -> Self {
        Self::Post("/counter/show", Some(("show", what)))
    }
}

impl Key {
    const fn new(shortcut: &'static str, cap: &'static str, words: fn(Lang) -> &'static str) -> Self {
        Self { shortcut, cap, words }
    }

    /// Returns what the button says: words, then the key.
    pub fn label(self, lang: Lang) -> Markup {
        html! { span { ((self.words)(lang)) } kbd aria-hidden="true" { (self.cap) } }
    }

    /// Returns a button that posts to `path`; `field` is a name and a value that travel along.
    pub fn button(self, lang: Lang, path: &str, field: Option<(&str, &str)>) -> Markup {
        html! {
            button type="button" data-post=(path) name=[field.map(|(name, _)| name)] value=[field.map(|(_, value)| value)]
                aria-keyshortcuts=(self.shortcut) { (self.label(lang)) }
        }
    }

    /// Returns the button of the key, or its link.
    pub fn shown(self, lang: Lang, press: Press<'_>) -> Markup {
        match press {
            Press::Post(path, field) => self.button(lang, path, field),
            Press::Open(href) => {
                html! { a.button href=(href) aria-keyshortcuts=(self.shortcut) { (self.label(lang)) } }
            }
        }
    }

    /// The same for the key alone: nobody sees it or tabs to it.
    pub fn hidden(self, lang: Lang, press: Press<'_>) -> Markup {
        match press {
            Press::Post(path, field) => html! {
                button.hidden type="button" tabindex="-1" data-post=(path) name=[field.map(|(name, _)| name)]
                    value=[field.map(|(_, value)| value)] aria-keyshortcuts=(self.shortcut) { ((self.words)(lang)) }
            },
            Press::Open(href) => html! {
                a.hidden tabindex="-1" href=(href) aria-keyshortcuts=(self.shortcut) { ((self.words)(lang)) }
            },
        }
    }

    /// Returns the button of a row's form for the key alone: nobody sees it or tabs to it. The row travels along.
    pub fn unseen(self, lang: Lang, row: usize) -> Markup {
        html! {
            button.hidden tabindex="-1" name="row" value=(row) aria-keyshortcuts=(self.shortcut) {
                ((self.words)(lang))
            }
        }
    }
}

/// This list.
pub const HELP: Key = Key::new("F1", "F1", CounterTexts::help);
/// Another quantity for the chosen row.
pub const QUANTITY: Key = Key::new("F2", "F2", CounterTexts::quantity);
/// To the box.
pub const FIND: Key = Key::new("F3", "F3", CounterTexts::find);
/// Something off a row or the cart, or another price.
pub const REDUCE: Key = Key::new("F6", "F6", CartTexts::reduce);
/// Pack the cart as a present; the menu has its button.
pub const PACK: Key = Key::new("Alt+G", "Alt+G", GiftTexts::pack);
/// Tiles of what sells most, for fingers.
pub const BEST_SELLERS: Key = Key::new("Alt+B", "Alt+B", BestSellerTexts::best_sellers);
/// Note something down.
pub const REMARK: Key = Key::new("Alt+N", "Alt+N", CartTexts::remark);
/// To whom the e-invoice is made out; where the store makes e-invoices.
pub const BUYER: Key = Key::new("Alt+H", "Alt+H", InvoiceTexts::buyer_key);
/// Park the cart.
pub const PARK: Key = Key::new("F7", "F7", CartTexts::park);
/// The parked carts.
pub const PARKED: Key = Key::new("F8", "F8", CartTexts::parked);
/// Another cart.
pub const NEW_CART: Key = Key::new("Insert", "Insert", CartTexts::new_cart);
/// The last change is not wanted.
pub const TAKE_BACK: Key = Key::new("Control+Z", "Ctrl+Z", CartTexts::take_back);
/// Take payment.
pub const PAY: Key = Key::new("F9", "F9", CounterTexts::pay);
/// The last receipt once more.
pub const PRINT: Key = Key::new("Control+P", "Ctrl+P", CounterTexts::print_again);
/// Open or close the shift.
pub const SHIFT: Key = Key::new("Control+K", "Ctrl+K", CounterTexts::shift);
/// Another person takes over.
pub const SWITCH: Key = Key::new("Control+L", "Ctrl+L", CounterTexts::switch_person);
/// Clear the cart, after a question.
pub const CLEAR: Key = Key::new("Escape", "Esc", CounterTexts::clear);
/// The receipts, to take goods back.
pub const RETURNS: Key = Key::new("F10", "F10", RefundTexts::returns);
/// A sale that was written on the pad.
pub const PAD: Key = Key::new("Alt+P", "Alt+P", PadTexts::enter_from_pad);
/// Everything that is not done at every sale.
pub const MENU: Key = Key::new("Alt+M", "Alt+M", CounterTexts::menu);
/// The row above.
pub const UP: Key = Key::new("ArrowUp", "↑", CounterTexts::row_above);
/// The row below.
pub const DOWN: Key = Key::new("ArrowDown", "↓", CounterTexts::row_below);
/// The chosen row goes.
pub const REMOVE: Key = Key::new("Delete", "Del", CounterTexts::remove_row);
/// One more of the chosen row.
pub const MORE: Key = Key::new("Plus", "+", CounterTexts::more);
/// One less of the chosen row.
pub const LESS: Key = Key::new("-", "−", CounterTexts::less);

/// Keys of the counter, as the help lists them.
pub const AT_THE_COUNTER: [Key; 25] = [
    HELP,
    QUANTITY,
    FIND,
    REDUCE,
    PARK,
    PARKED,
    PAY,
    RETURNS,
    PRINT,
    SHIFT,
    SWITCH,
    CLEAR,
    MENU,
    BEST_SELLERS,
    REMARK,
    BUYER,
    PACK,
    PAD,
    NEW_CART,
    TAKE_BACK,
    UP,
    DOWN,
    REMOVE,
    MORE,
    LESS,
];

/// To one of the open carts; each tab has its own.
pub const ANY_CART: Key =
    Key::new("Alt+1 Alt+2 Alt+3 Alt+4 Alt+5 Alt+6 Alt+7 Alt+8 Alt+9", "Alt+1…9", CartTexts::any_cart);

/// A code that nobody knew becomes a product; the first of them has it.
pub const NEW_PRODUCT: Key = Key::new("F4", "F4", PageTexts::new_product);

/// Off the chosen row.
pub const OFF_LINE: Key = Key::new("F1", "F1", CartTexts::off_line);
/// Off the whole cart.
pub const OFF_CART: Key = Key::new("F2", "F2", CartTexts::off_cart);
/// Another price for the chosen row.
pub const OTHER_PRICE: Key = Key::new("F3", "F3", CartTexts::other_price);

/// Keys of the panel of discounts.
pub const WHILE_REDUCING: [Key; 3] = [OFF_LINE, OFF_CART, OTHER_PRICE];

/// The till has the sale from the pad already.
pub const SAME: Key = Key::new("F1", "F1", PadTexts::pad_same);
/// The sale from the pad is another one.
pub const OTHER: Key = Key::new("F2", "F2", PadTexts::pad_other);

/// Keys of the question about sales that look alike.
pub const ABOUT_TWINS: [Key; 2] = [SAME, OTHER];

/// Cash.
pub const CASH: Key = Key::new("F1", "F1", CounterTexts::cash);
/// A transfer by VietQR.
pub const VIETQR: Key = Key::new("F2", "F2", CounterTexts::vietqr);
/// A card.
pub const CARD: Key = Key::new("F3", "F3", CounterTexts::card);
/// Several of them.
pub const SEVERAL: Key = Key::new("F4", "F4", CounterTexts::several_ways);
/// The buyer pays later.
pub const CREDIT: Key = Key::new("F6", "F6", OpenTenderTexts::on_credit);
/// The goods are for a later day, and a part of them is paid now.
pub const DEPOSIT: Key = Key::new("F8", "F8", DepositTexts::deposit);
/// The buyer says that the transfer was made.
pub const CLAIMED: Key = Key::new("F7", "F7", OpenTenderTexts::buyer_says_sent);
/// Out of a panel.
pub const BACK: Key = Key::new("Escape", "Esc", CounterTexts::back);
/// The sale is done. The browser's own key for the button of a form.
pub const FINISH: Key = Key::new("Enter", "⏎", CounterTexts::finish_key);

/// Keys of the tender panel, as the help lists them.
pub const WHILE_PAYING: [Key; 9] = [CASH, VIETQR, CARD, SEVERAL, CREDIT, CLAIMED, DEPOSIT, BACK, FINISH];

/// All goods of a receipt come back.
pub const ALL_BACK: Key = Key::new("F9", "F9", RefundTexts::take_back_all);
/// What comes back of a receipt is exchanged for other goods.
pub const EXCHANGE: Key = Key::new("F8", "F8", RefundTexts::exchange);

/// Keys of a receipt's page.
pub const ON_A_RECEIPT: [Key; 3] = [HELP, ALL_BACK, EXCHANGE];

/// The goods of a delivery go into the book.
pub const RECEIVE: Key = Key::new("F9", "F9", PageTexts::receive);

/// Keys of the pages that have a box for goods.
pub const WITH_GOODS: [Key; 3] = [HELP, FIND, RECEIVE];

/// A list of the help.
pub struct Section {
    /// Where its keys are at work.
    pub title: fn(Lang) -> &'static str,
    /// Its keys.
    pub keys: &'static [&'static [Key]],
}

/// The help of a receipt's page.
pub const RECEIPT_HELP: Section = Section { title: CounterTexts::help_receipt, keys: &[&ON_A_RECEIPT] };
/// The help of the pages that have a box for goods.
pub const GOODS_HELP: Section = Section { title: CounterTexts::help_goods, keys: &[&WITH_GOODS] };

/// The help: every key that a page carries is in the list of that page.
pub const SECTIONS: [Section; 6] = [
    Section { title: CounterTexts::help_keys, keys: &[&AT_THE_COUNTER, &[ANY_CART, NEW_PRODUCT]] },
    Section { title: CounterTexts::help_paying, keys: &[&WHILE_PAYING] },
    Section { title: CounterTexts::help_reducing, keys: &[&WHILE_REDUCING] },
    RECEIPT_HELP,
    GOODS_HELP,
    Section { title: CounterTexts::help_twins, keys: &[&ABOUT_TWINS] },
];

impl Section {
    /// Returns its keys.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.keys.iter().copied().flatten().copied()
    }

    /// Returns it as the last thing on a page beside the counter, folded until its key or a finger opens it.
    pub fn folded(&self, lang: Lang) -> Markup {
        html! {
            details.card {
                summary aria-keyshortcuts=(HELP.shortcut) { ((self.title)(lang)) " " kbd aria-hidden="true" { (HELP.cap) } }
                dl.sums { @for key in self.keys() { dt { ((key.words)(lang)) } dd { kbd { (key.cap) } } } }
            }
        }
    }

    /// Returns its keys as `aria-keyshortcuts` spells them.
    pub fn shortcuts(&self) -> impl Iterator<Item = &'static str> {
        self.keys().flat_map(|key| key.shortcut.split(' '))
    }
}
