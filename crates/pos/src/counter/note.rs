//! The one sentence that an action leaves under the box: what happened, or what to do.

mod counting;
mod delivering;
mod expired;
mod holding;
mod level;
mod settling;

pub use counting::Counting;
pub use delivering::Delivering;
pub use holding::Holding;
pub use level::Level;
use serde::Serialize;
pub use settling::{Contracting, PaidBy, Settling};
use utoipa::ToSchema;

use super::pad::Twin;

/// What an action tells. The page has a sentence for each in both languages; `says` names it to programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Note {
    /// Nothing to tell.
    Ready,
    /// A product was added.
    Added {
        name: String,
        /// How much of it the row has now, as printed.
        quantity: String,
    },
    /// A product was added, and the book has less than that of it.
    AddedBeyondStock {
        name: String,
        /// How much of it the row has now, as printed.
        quantity: String,
    },
    /// A product was added whose OCOP certificate has lapsed: sold as ordinary goods.
    AddedLapsed { name: String },
    /// A pack was added that is past its own date; such goods may still be sold.
    AddedPastDate {
        name: String,
        /// Its last day, as printed.
        expired_on: String,
    },
    /// A product from the pad was added that was past its date and may not be sold: it was handed over, so it is recorded.
    HandedOverPastDate {
        name: String,
        /// Its last day, as printed.
        expired_on: String,
    },
    /// A sale from the pad is entered.
    PadBegun {
        /// When its goods were handed over, UTC milliseconds.
        claimed_at_ms: i64,
        /// Its lines on the pad.
        lines: String,
    },
    /// A sale from the pad lies in the past.
    PadFuture,
    /// A sale from the pad lies too far back.
    PadTooOld {
        /// The most days.
        days: i64,
    },
    /// What was typed is no number of a line.
    PadLines,
    /// The till may have the sale from the pad already: is it one of these?
    PadTwins {
        /// The nearest first.
        twins: Vec<Twin>,
    },
    /// The till has the sale from the pad already; nothing was recorded.
    PadSame {
        /// When its goods were handed over, UTC milliseconds.
        claimed_at_ms: i64,
        /// Its lines on the pad.
        lines: String,
    },
    /// The sale from the pad is kept.
    PadKept {
        receipt: String,
        /// When its goods were handed over, UTC milliseconds.
        claimed_at_ms: i64,
        /// Its lines on the pad.
        lines: String,
    },
    /// The cart on screen is from the pad, and nothing else is done with it.
    PadHere,
    /// A page of the pad is made.
    PadMade {
        /// Its lines.
        lines: String,
        /// It is on its way to the counter's printer.
        printed: bool,
    },
    /// The product is weighed, and nobody has told its weight yet: it is in no cart until somebody does.
    NeedsWeight { product_id: uuid::Uuid, name: String },
    /// What was typed is no weight, or more than a scale of a shop weighs.
    BadWeight,
    /// Parts of a combo are not known at this till yet.
    ComboNotWhole {
        /// The combo's name.
        name: String,
    },
    /// A combo has no stock: its parts have.
    ComboNotStocked,
    /// Rows were packed into a basket.
    Packed {
        /// What it is called.
        name: String,
    },
    /// A basket was unpacked; its rows stay.
    Unpacked {
        /// What it was called.
        name: String,
    },
    /// Every row lies in a basket already.
    NothingToPack,
    /// The sale has as many baskets as it takes.
    TooManyBaskets,
    /// A row was taken out.
    Removed { name: String },
    /// The cart was cleared.
    Cleared,
    /// The last change of the cart was taken back.
    TakenBack {
        /// The product of the row.
        name: String,
    },
    /// The cart that was cleared is back.
    Restored,
    /// There is no last change to take back.
    NothingToTakeBack,
    /// The cart is parked, and an empty one open.
    Parked {
        number: i64,
        /// Whose it is; empty for none.
        name: String,
    },
    /// A parked cart is on screen again.
    Resumed {
        number: i64,
        /// Whose it is; empty for none.
        name: String,
    },
    /// No open cart of this counter is the one that was asked for.
    NoCart,
    /// The counter has as many open carts as it takes.
    TooManyCarts,
    /// A discount was given.
    Discounted,
    /// A discount was taken away.
    DiscountGone,
    /// What was typed is no discount, or more than the goods cost.
    BadDiscount,
    /// So large a discount needs a manager.
    DiscountNeedsManager,
    /// Another price needs a manager.
    PriceNeedsManager,
    /// The cart has become more than what a manager allowed to take off.
    BeyondLeave,
    /// A reason is needed for it.
    NeedsReason,
    /// What was typed is no price.
    BadPrice,
    /// A row has another price.
    PriceChanged { name: String },
    /// A row has the price of its scan again.
    PriceRestored { name: String },
    /// Something was noted down.
    Remarked,
    /// The open cart has a buyer for its invoice.
    BuyerKept,
    /// It has none any more.
    BuyerGone,
    /// This store makes no e-invoices.
    NoInvoices,
    /// A remark was taken away.
    RemarkGone,
    /// Nobody knows the code; it is listed until dismissed.
    UnknownCode { code: String },
    /// The code was misread: its check digit is wrong.
    WrongCheckDigit { code: String },
    /// An input method changed the scanner's characters.
    InputMethod,
    /// The code cannot be read for another reason.
    UnreadableCode,
    /// The QR is a label of another shop, whose codes mean other goods here.
    ForeignLabel,
    /// Several products fit the words: choose one.
    SeveralFound { words: String },
    /// No product fits the words.
    NothingFound { words: String },
    /// All that is left, or the pack that was scanned, is past its date and may not be sold.
    Expired {
        name: String,
        /// Since when, as printed.
        expired_on: String,
    },
    /// So much is not left in time, and what else is left may not be sold.
    FreshLeft {
        name: String,
        /// How much is left in time, as printed.
        fresh: String,
        /// Since when the rest is not, as printed.
        expired_on: String,
    },
    /// Goods in the cart are past their date: they may be sold when a manager allows it.
    PastDateNeedsManager {
        name: String,
        /// How much of it, beyond what was allowed, as printed.
        quantity: String,
    },
    /// A manager allowed it.
    PastDateAllowed {
        name: String,
        /// How much of the row in all, as printed.
        quantity: String,
    },
    /// The quantity cannot be sold.
    BadQuantity {
        /// The product is sold by the piece.
        whole: bool,
    },
    /// The amount cannot be read.
    BadAmount,
    /// The cart takes no more rows.
    CartFull,
    /// The row is gone.
    NoLine,
    /// The request was for a sale that is no longer open; nothing changed.
    Stale,
    /// There is nothing to pay.
    EmptyCart,
    /// The shift is not open.
    NoShift,
    /// The shift that was counted is over, and another one open.
    OtherShift,
    /// Too little was handed over.
    Short { missing_vnd: i64 },
    /// More than the payable by transfer or card.
    TooMuch { payable_vnd: i64 },
    /// Nobody buys on credit here.
    NoCredit,
    /// A person would owe more than a cashier may allow.
    CreditNeedsManager {
        /// What they would owe in all, đồng.
        owes_vnd: i64,
        /// What one person may owe, đồng.
        most_vnd: i64,
    },
    /// The sale is complete, but not all of its money is here.
    SoldOpen {
        /// The number on the receipt.
        receipt: String,
        open_vnd: i64,
    },
    /// All of it came before.
    NothingOpen,
    /// Money that was waited for is here.
    MoneyCame {
        /// The number on the sale's receipt.
        receipt: String,
        amount_vnd: i64,
        left_vnd: i64,
    },
    /// The bank told of a transfer that was waited for.
    BankTold {
        /// The number on the sale's receipt.
        receipt: String,
        amount_vnd: i64,
    },
    /// Claimed transfers were confirmed by the bank's file.
    BankFileTaken {
        count: usize,
        /// All together, đồng.
        amount_vnd: i64,
    },
    /// More than what is still to come.
    MoreThanOpen { left_vnd: i64 },
    /// No VAT rate is known for a product on this day.
    NoTaxRate,
    /// No bank account is set for VietQR.
    NoBankAccount,
    /// A VietQR is shown; wait for the money.
    VietQrShown {
        /// What the transfer must carry.
        reference: String,
    },
    /// The sale is done and kept.
    Sold {
        receipt: String,
        /// Cash to give back, đồng.
        change_vnd: i64,
    },
    /// The receipt is printed again.
    Reprinted { receipt: String, copy: u32 },
    /// There is nothing to print again.
    NoReceipt,
    /// A product was added at the counter and put into the cart.
    ProductAdded { name: String },
    /// A field of a form is missing or wrong; the page marks it.
    BadField {
        /// The field's name.
        field: String,
    },
    /// A manager has to allow this: choose one, and type the PIN.
    ManagerNeeded,
    /// Not this manager's PIN.
    WrongPin,
    /// Too many wrong PINs.
    WaitPin {
        /// The next try counts after this many seconds.
        seconds: i64,
    },
    /// A receipt of this store was scanned: it is genuine.
    ReceiptFound {
        /// The sale.
        sale_id: uuid::Uuid,
        receipt: String,
    },
    /// A receipt of another store: only that store knows of it.
    OtherStore {
        /// What was scanned.
        receipt: String,
    },
    /// This computer's journals do not have this receipt.
    UnknownReceipt {
        /// What was scanned.
        receipt: String,
    },
    /// The journal has another sale at that place, or another total: the paper is made up.
    MadeUpReceipt {
        /// What was scanned.
        receipt: String,
    },
    /// A refund's own slip, of goods without a receipt: nothing comes back of it.
    RefundSlip {
        /// Its number.
        receipt: String,
    },
    /// Nothing was chosen to come back.
    NothingChosen,
    /// Everything of the sale came back already.
    AllBack { receipt: String },
    /// More was asked for than can still come back.
    TooMuchBack {
        /// The product.
        name: String,
        /// What can still come back, as printed.
        left: String,
    },
    /// More was to leave the shelf than the lot has.
    MoreThanOnShelf { name: String, left: String },
    /// Goods left the shelf and were not sold.
    GoodsRemoved { voucher: String, lots: usize },
    /// The goods are back and the money is out.
    Refunded {
        /// The number of the refund's slip.
        slip: String,
        /// What the buyer gets, đồng.
        paid_vnd: i64,
    },
    /// Goods of a receipt are to come back for others: what they are worth counts in the open cart.
    ExchangeStarted {
        receipt: String,
        /// What they are worth, đồng.
        worth_vnd: i64,
    },
    /// The open cart has goods that come back already, of this receipt.
    ExchangeOpen { receipt: String },
    /// Nothing comes back for the open cart any more.
    ExchangeGivenUp,
    /// The goods of this receipt came back elsewhere in the meantime; nothing happened.
    ExchangeGone { receipt: String },
    /// Goods are back, and others are sold for them.
    Exchanged {
        /// The number on the new receipt.
        receipt: String,
        /// What the buyer gets, đồng.
        back_vnd: i64,
    },
    /// There is nothing that a transfer could pay.
    NothingToTransfer,
    /// Goods are ordered and paid in part.
    DepositTaken {
        number: String,
        /// What was paid, đồng.
        amount_vnd: i64,
        /// What is left to pay, đồng.
        rest_vnd: i64,
    },
    /// More than the goods cost.
    DepositBeyond {
        /// What they cost, đồng.
        payable_vnd: i64,
    },
    /// The goods at the counter cost less than was paid in advance.
    DepositTooLarge {
        /// What was paid, đồng.
        left_vnd: i64,
        /// How much of it is too much, đồng.
        rest_vnd: i64,
    },
    /// The open cart was ordered, and its buyer paid in advance.
    DepositHere { number: String },
    /// The goods of an order are back among the orders.
    DepositWaits { number: String },
    /// The goods of an order are at the counter.
    DepositBrought {
        number: String,
        /// Who ordered; may be empty.
        person: String,
    },
    /// Another counter has the goods of an order.
    DepositAt { counter: String },
    /// The paper of an order of this store was scanned.
    DepositFound {
        /// The sale that it is to become.
        sale_id: uuid::Uuid,
        number: String,
    },
    /// Nothing is left of the deposit: the goods were handed over, or it went back.
    NoDeposit,
    /// More than is left of it.
    MoreThanDeposit { left_vnd: i64 },
    /// A deposit, or a part of it, is back with its buyer.
    DepositReturned {
        number: String,
        /// What went back, đồng.
        amount_vnd: i64,
        left_vnd: i64,
    },
    /// The operator keeps a deposit, or a part of it.
    DepositKept { number: String, amount_vnd: i64, left_vnd: i64 },
    /// The sale is voided.
    Voided {
        receipt: String,
        /// What the buyer gets back, đồng.
        paid_vnd: i64,
    },
    /// A void is for a whole sale of the shift that is open at this counter: take the goods back instead.
    NotVoidable { receipt: String },
    /// The shift is open.
    ShiftOpened,
    /// The shift is closed.
    ShiftClosed {
        /// Counted less expected, đồng.
        over_vnd: i64,
    },
    /// Nothing was counted where the book has money: is the drawer really empty?
    EmptyDrawer,
    /// Money was put into the drawer or taken out.
    CashMoved {
        /// The number of its voucher.
        voucher: String,
        /// Into the drawer, đồng; negative for out of it.
        amount_vnd: i64,
    },
    /// More than a cashier takes out alone.
    NeedsManager {
        /// The most, đồng.
        most_vnd: i64,
    },
    /// The drawer is told to open.
    DrawerOpened,
    /// Labels are on their way to the label printer.
    LabelsQueued { count: usize, name: String },
    /// No label printer is set up.
    NoLabelPrinter,
    /// The label does not fit the labels that lie in the printer.
    LabelUnfit {
        /// The sentence, in the asker's language.
        why: String,
    },
    /// A code of a serial scanner was not kept: the disk did not take it.
    NotKept { code: String },
    /// A counter's scanner is set up as asked.
    ScannerSaved { counter: String },
    /// A printer is set up as asked: a counter's, or without a name that of labels.
    PrinterSaved { counter: String },
    /// A test page is on its way.
    TestPageQueued { counter: String },
    /// The counter has no printer, and so none that opens its drawer.
    NoPrinter,
    /// What became of a delivery.
    #[serde(untagged)]
    Delivering(Delivering),
    /// What became of a settlement, or of a payment to a producer.
    #[serde(untagged)]
    Settling(Settling),
    /// What became of counting the shelf.
    #[serde(untagged)]
    Counting(Counting),
    /// What the counter is held to.
    #[serde(untagged)]
    Holding(Holding),
}
