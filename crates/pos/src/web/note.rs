//! The one sentence under the box, and what stays listed until somebody has looked at it.

use domain::Money;
use maud::{Markup, html};
use receipts::label::LABELS_MAX;
use web::Lang;
use web::format::datetime_text;
use web::fragment::{Tone, note};

use super::bank_texts::BankTexts;
use super::cart_texts::CartTexts;
use super::contract_texts::TillContractTexts;
use super::correction_texts::CorrectionTexts;
use super::deposit_texts::DepositTexts;
use super::drawer_texts::DrawerTexts;
use super::gift_texts::GiftTexts;
use super::goods_texts::GoodsTexts;
use super::holding_texts::HoldingTexts;
use super::invoice_texts::InvoiceTexts;
use super::label_texts::LabelTexts;
use super::open_tender_texts::OpenTenderTexts;
use super::pad_texts::PadTexts;
use super::payout_texts::PayoutTexts;
use super::printer_texts::PrinterTexts;
use super::producer_texts::ProducerTexts;
use super::refund_texts::RefundTexts;
use super::stock_texts::StockTexts;
use super::stocktake_texts::StocktakeTexts;
use super::texts::CounterTexts;
use super::transfer_texts::TransferTexts;
use super::{keys, tabs};
use crate::counter::note::{Contracting, Counting, Delivering, Holding, Level, PaidBy, Settling};
use crate::counter::{CounterState, Note};

/// `#note`: what the last action tells.
pub fn fragment(lang: Lang, told: &Note) -> Markup {
    note(tone(told), &sentence(lang, told))
}

/// `#note` with nothing in it, on a page that has more to show.
pub fn none() -> Markup {
    html! { div #note hidden {} }
}

/// What refuses an action is read out at once, with a sound: a busy cashier does not look.
fn tone(told: &Note) -> Tone {
    match (told, told.level()) {
        (Note::Ready, _) => Tone::Quiet,
        // Shown is not paid.
        (Note::VietQrShown { .. }, _) => Tone::Warn,
        (_, Level::Good) => Tone::Good,
        (_, Level::Warning) => Tone::Warn,
        (_, Level::Bad) => Tone::Alarm,
    }
}

/// Returns the sentence of a note.
pub fn sentence(lang: Lang, told: &Note) -> String {
    let vnd = |amount: i64| Money::new(amount);
    match told {
        Note::Ready => lang.note_ready().to_owned(),
        Note::Added { name, quantity } => lang.note_added(name, quantity),
        Note::AddedBeyondStock { name, quantity } => lang.note_beyond_stock(name, quantity),
        Note::AddedLapsed { name } => lang.note_lapsed(name),
        Note::AddedPastDate { name, expired_on } => lang.note_past_date(name, expired_on),
        Note::HandedOverPastDate { name, expired_on } => lang.note_handed_over_past_date(name, expired_on),
        Note::PadBegun { claimed_at_ms, lines } => lang.note_pad_begun(datetime_text(*claimed_at_ms), lines),
        Note::PadFuture => lang.note_pad_future().to_owned(),
        Note::PadTooOld { days } => lang.note_pad_too_old(days),
        Note::PadLines => lang.note_pad_lines().to_owned(),
        Note::PadTwins { .. } => lang.note_pad_twins().to_owned(),
        Note::PadSame { claimed_at_ms, lines } => lang.note_pad_same(datetime_text(*claimed_at_ms), lines),
        Note::PadKept { receipt, claimed_at_ms, lines } => {
            lang.note_pad_kept(receipt, datetime_text(*claimed_at_ms), lines)
        }
        Note::PadHere => lang.note_pad_here().to_owned(),
        Note::PadMade { lines, printed: true } => lang.note_pad_printing(lines),
        Note::PadMade { lines, printed: false } => lang.note_pad_made(lines),
        Note::BadField { field } if field == "time" => lang.note_pad_time().to_owned(),
        Note::NeedsWeight { name, .. } => lang.note_needs_weight(name),
        Note::BadWeight => lang.note_bad_weight().to_owned(),
        Note::ComboNotWhole { name } => lang.note_combo_not_whole(name),
        Note::ComboNotStocked => lang.note_combo_not_stocked().to_owned(),
        Note::Packed { name } => lang.note_packed(name),
        Note::Unpacked { name } => lang.note_unpacked(name),
        Note::NothingToPack => lang.note_nothing_to_pack().to_owned(),
        Note::TooManyBaskets => lang.note_too_many_baskets().to_owned(),
        Note::Removed { name } => lang.note_removed(name),
        Note::Cleared => lang.note_cleared().to_owned(),
        Note::TakenBack { name } => lang.note_taken_back(name),
        Note::Restored => lang.note_restored().to_owned(),
        Note::NothingToTakeBack => lang.note_nothing_to_take_back().to_owned(),
        Note::Parked { number, name } => lang.note_parked(tabs::title(lang, *number, name)),
        Note::Resumed { number, name } => lang.note_resumed(tabs::title(lang, *number, name)),
        Note::NoCart => lang.note_no_cart().to_owned(),
        Note::TooManyCarts => lang.note_too_many_carts().to_owned(),
        Note::Discounted => lang.note_discounted().to_owned(),
        Note::DiscountGone => lang.note_discount_gone().to_owned(),
        Note::BadDiscount => lang.note_bad_discount().to_owned(),
        Note::DiscountNeedsManager => lang.note_discount_needs_manager().to_owned(),
        Note::PriceNeedsManager => lang.note_price_needs_manager().to_owned(),
        Note::BeyondLeave => lang.note_beyond_leave().to_owned(),
        Note::NeedsReason => lang.note_needs_reason().to_owned(),
        Note::BadPrice => lang.note_bad_price().to_owned(),
        Note::PriceChanged { name } => lang.note_price_changed(name),
        Note::PriceRestored { name } => lang.note_price_restored(name),
        Note::Remarked => lang.note_remarked().to_owned(),
        Note::BuyerKept => lang.note_buyer_kept().to_owned(),
        Note::BuyerGone => lang.note_buyer_gone().to_owned(),
        Note::NoInvoices => lang.note_no_invoices().to_owned(),
        Note::RemarkGone => lang.note_remark_gone().to_owned(),
        Note::UnknownCode { code } => lang.note_unknown_code(code),
        Note::WrongCheckDigit { code } => lang.note_wrong_check_digit(code),
        Note::InputMethod => lang.note_input_method().to_owned(),
        Note::UnreadableCode => lang.note_unreadable().to_owned(),
        Note::ForeignLabel => lang.note_foreign_label().to_owned(),
        Note::SeveralFound { words } => lang.note_several(words),
        Note::NothingFound { words } => lang.note_nothing(words),
        Note::Expired { name, expired_on } => lang.note_expired(name, expired_on),
        Note::FreshLeft { name, fresh, expired_on } => lang.note_fresh_left(name, fresh, expired_on),
        Note::PastDateNeedsManager { name, quantity } => lang.note_past_date_needs_manager(name, quantity),
        Note::PastDateAllowed { name, quantity } => lang.note_past_date_allowed(name, quantity),
        Note::BadQuantity { whole: true } => lang.note_whole().to_owned(),
        Note::BadQuantity { whole: false } => lang.note_quantity().to_owned(),
        Note::BadAmount => lang.note_amount().to_owned(),
        Note::CartFull => lang.note_cart_full().to_owned(),
        Note::NoLine => lang.note_no_line().to_owned(),
        Note::Stale => lang.note_stale().to_owned(),
        Note::EmptyCart => lang.note_empty_cart().to_owned(),
        Note::NoShift => lang.note_no_shift().to_owned(),
        Note::OtherShift => lang.note_other_shift().to_owned(),
        Note::Short { missing_vnd } => lang.note_short(vnd(*missing_vnd)),
        Note::TooMuch { payable_vnd } => lang.note_too_much(vnd(*payable_vnd)),
        Note::NoCredit => lang.note_no_credit().to_owned(),
        Note::CreditNeedsManager { owes_vnd, most_vnd } => {
            lang.note_credit_needs_manager(vnd(*owes_vnd), vnd(*most_vnd))
        }
        Note::SoldOpen { receipt, open_vnd } => lang.note_sold_open(receipt, vnd(*open_vnd)),
        Note::NothingOpen => lang.note_nothing_open().to_owned(),
        Note::MoneyCame { receipt, amount_vnd, left_vnd: 0 } => {
            lang.note_money_came(receipt, vnd(*amount_vnd))
        }
        Note::MoneyCame { receipt, amount_vnd, left_vnd } => {
            lang.note_money_came_in_part(receipt, vnd(*amount_vnd), vnd(*left_vnd))
        }
        Note::BankTold { receipt, amount_vnd } => lang.note_bank_told(receipt, vnd(*amount_vnd)),
        Note::BankFileTaken { count, amount_vnd } => lang.note_bank_file_taken(count, vnd(*amount_vnd)),
        Note::MoreThanOpen { left_vnd } => lang.note_more_than_open(vnd(*left_vnd)),
        Note::BadField { field } if field == "owed_by" => lang.note_owed_by().to_owned(),
        Note::BadField { field } if field == "person" => lang.note_deposit_person().to_owned(),
        Note::BadField { field } if field == "due" => lang.note_deposit_due().to_owned(),
        Note::DepositTaken { number, amount_vnd, rest_vnd } => {
            lang.note_deposit_taken(number, vnd(*amount_vnd), vnd(*rest_vnd))
        }
        Note::DepositBeyond { payable_vnd } => lang.note_deposit_beyond(vnd(*payable_vnd)),
        Note::DepositTooLarge { left_vnd, rest_vnd } => {
            lang.note_deposit_too_large(vnd(*left_vnd), vnd(*rest_vnd))
        }
        Note::DepositHere { number } => lang.note_deposit_here(number),
        Note::DepositWaits { number } => lang.note_deposit_waits(number),
        Note::DepositBrought { number, person } if person.is_empty() => {
            lang.note_deposit_brought_unnamed(number)
        }
        Note::DepositBrought { number, person } => lang.note_deposit_brought(number, person),
        Note::DepositAt { counter } => lang.note_deposit_at(counter),
        Note::DepositFound { number, .. } => lang.note_deposit_found(number),
        Note::NoDeposit => lang.note_no_deposit().to_owned(),
        Note::MoreThanDeposit { left_vnd } => lang.note_more_than_deposit(vnd(*left_vnd)),
        Note::DepositReturned { number, amount_vnd, left_vnd: 0 } => {
            lang.note_deposit_returned(number, vnd(*amount_vnd))
        }
        Note::DepositReturned { number, amount_vnd, left_vnd } => {
            lang.note_deposit_returned_in_part(number, vnd(*amount_vnd), vnd(*left_vnd))
        }
        Note::DepositKept { number, amount_vnd, left_vnd: 0 } => {
            lang.note_deposit_kept(number, vnd(*amount_vnd))
        }
        Note::DepositKept { number, amount_vnd, left_vnd } => {
            lang.note_deposit_kept_in_part(number, vnd(*amount_vnd), vnd(*left_vnd))
        }
        Note::ExchangeStarted { receipt, worth_vnd } => lang.note_exchange_started(receipt, vnd(*worth_vnd)),
        Note::ExchangeOpen { receipt } => lang.note_exchange_open(receipt),
        Note::ExchangeGivenUp => lang.note_exchange_given_up().to_owned(),
        Note::ExchangeGone { receipt } => lang.note_exchange_gone(receipt),
        Note::Exchanged { receipt, back_vnd: 0 } => lang.note_exchanged(receipt),
        Note::Exchanged { receipt, back_vnd } => lang.note_exchanged_back(receipt, vnd(*back_vnd)),
        Note::NothingToTransfer => lang.note_nothing_to_transfer().to_owned(),
        Note::NoTaxRate => lang.note_no_tax_rate().to_owned(),
        Note::NoBankAccount => lang.note_no_bank_account().to_owned(),
        Note::VietQrShown { reference } => lang.note_vietqr_shown(reference),
        Note::Sold { receipt, change_vnd: 0 } => lang.note_sold(receipt),
        Note::Sold { receipt, change_vnd } => lang.note_sold_change(receipt, vnd(*change_vnd)),
        Note::Reprinted { receipt, copy: 0 } => lang.note_printing(receipt),
        Note::Reprinted { receipt, copy } => lang.note_reprinted(receipt, copy),
        Note::NoReceipt => lang.note_no_receipt().to_owned(),
        Note::ProductAdded { name } => lang.note_product_added(name),
        Note::BadField { field } if field == "basket" => lang.note_basket_name().to_owned(),
        Note::BadField { field } if field == "wrapping" => lang.note_wrapping().to_owned(),
        Note::BadField { field } if field == "count" => lang.label_bad_count(LABELS_MAX),
        Note::BadField { field } if field == "made_on" => lang.label_bad_made_on().to_owned(),
        Note::BadField { field } if field == "lot_id" => lang.label_gone().to_owned(),
        Note::BadField { .. } => lang.note_bad_field().to_owned(),
        Note::ManagerNeeded => lang.note_manager_needed().to_owned(),
        Note::WrongPin => lang.note_wrong_pin().to_owned(),
        Note::WaitPin { seconds } => lang.note_wait_pin(seconds),
        Note::ReceiptFound { receipt, .. } => lang.note_receipt_found(receipt),
        Note::OtherStore { receipt } => lang.note_other_store(receipt),
        Note::UnknownReceipt { receipt } => lang.note_unknown_receipt(receipt),
        Note::MadeUpReceipt { receipt } => lang.note_made_up_receipt(receipt),
        Note::RefundSlip { receipt } => lang.note_refund_slip(receipt),
        Note::NothingChosen => lang.note_nothing_chosen().to_owned(),
        Note::AllBack { receipt } => lang.note_all_back(receipt),
        Note::TooMuchBack { name, left } => lang.note_too_much_back(name, left),
        Note::MoreThanOnShelf { name, left } => lang.note_more_than_on_shelf(name, left),
        Note::GoodsRemoved { voucher, lots } => lang.note_goods_removed(lots, voucher),
        Note::Refunded { slip, paid_vnd } => lang.note_refunded(slip, vnd(*paid_vnd)),
        Note::Voided { receipt, paid_vnd } => lang.note_voided(receipt, vnd(*paid_vnd)),
        Note::NotVoidable { receipt } => lang.note_not_voidable(receipt),
        Note::ShiftOpened => lang.note_shift_opened().to_owned(),
        Note::ShiftClosed { over_vnd: 0 } => lang.note_shift_closed().to_owned(),
        Note::ShiftClosed { over_vnd: over @ 1.. } => lang.note_shift_over(vnd(*over)),
        Note::ShiftClosed { over_vnd } => lang.note_shift_short(vnd(over_vnd.saturating_neg())),
        Note::EmptyDrawer => lang.note_empty_drawer().to_owned(),
        Note::CashMoved { voucher, amount_vnd: amount @ 0.. } => lang.note_cash_in(voucher, vnd(*amount)),
        Note::CashMoved { voucher, amount_vnd } => {
            lang.note_cash_out(voucher, vnd(amount_vnd.saturating_neg()))
        }
        Note::NeedsManager { most_vnd } => lang.note_needs_manager(vnd(*most_vnd)),
        Note::DrawerOpened => lang.note_drawer_opened().to_owned(),
        Note::LabelsQueued { count, name } => lang.labels_queued(count, name),
        Note::NoLabelPrinter => lang.label_no_printer().to_owned(),
        Note::LabelUnfit { why } => why.clone(),
        Note::NotKept { code } => lang.note_not_kept(code),
        Note::ScannerSaved { counter } => lang.note_scanner_saved(counter),
        Note::PrinterSaved { counter } if counter.is_empty() => lang.note_label_printer_saved().to_owned(),
        Note::PrinterSaved { counter } => lang.note_printer_saved(counter),
        Note::TestPageQueued { counter } => lang.note_test_page(counter),
        Note::NoPrinter => lang.note_no_printer().to_owned(),
        Note::Delivering(delivering) => of_delivering(lang, delivering),
        Note::Settling(settling) => of_settling(lang, settling),
        Note::Counting(counting) => of_counting(lang, counting),
        Note::Holding(holding) => of_holding(lang, holding),
    }
}

fn of_holding(lang: Lang, holding: &Holding) -> String {
    let vnd = |amount: i64| Money::new(amount);
    match holding {
        Holding::PayableChanged { shown_vnd, payable_vnd, cart: true } => {
            lang.note_cart_changed(vnd(*shown_vnd), vnd(*payable_vnd))
        }
        Holding::PayableChanged { shown_vnd, payable_vnd, cart: false } => {
            lang.note_price_moved(vnd(*shown_vnd), vnd(*payable_vnd))
        }
        Holding::PriceMoved { name, was_vnd, price_vnd } => {
            lang.note_price_since(name, vnd(*was_vnd), vnd(*price_vnd))
        }
        Holding::PriceAbove { name, posted_vnd } => lang.note_price_above(name, vnd(*posted_vnd)),
        Holding::ScannedForReal => lang.note_scanned_for_real().to_owned(),
        Holding::DayOver { day, now } => lang.note_day_over(day, now),
    }
}

fn of_delivering(lang: Lang, delivering: &Delivering) -> String {
    match delivering {
        Delivering::Received { lines, voucher } => lang.note_received(lines, voucher),
        Delivering::LotOfAnother { code, producer } if producer.is_empty() => {
            lang.note_lot_of_the_store(code)
        }
        Delivering::LotOfAnother { code, producer } => lang.note_lot_of_another(code, producer),
        Delivering::DeliveredPastDate { name, last_day } => lang.note_delivered_past_date(name, last_day),
        Delivering::CostMissing { name } => lang.note_cost_missing(name),
        Delivering::WhoseGoods { name, producer } => lang.note_whose_goods(name, producer),
        Delivering::DeliveryTouched { name } => lang.note_delivery_touched(name),
        Delivering::DeliveryBeingCounted { name } => lang.note_delivery_being_counted(name),
        Delivering::SeveralProducers => lang.note_several_producers().to_owned(),
        Delivering::Sent { voucher, store } => lang.note_sent(voucher, store),
        Delivering::TakenIn { voucher, lots } => lang.note_taken_in(lots, voucher),
        Delivering::Repacked { voucher } => lang.note_repacked(voucher),
        Delivering::Merged { name } => lang.note_merged(name),
        Delivering::ProducerAdded { name } => lang.note_producer_added(name),
        Delivering::ProducerKnown { name } => lang.note_producer_known(name),
        Delivering::NoSuchStore => lang.note_no_such_store().to_owned(),
        Delivering::NoSuchTransfer => lang.note_no_such_transfer().to_owned(),
        Delivering::UnknownGoods => lang.note_unknown_goods().to_owned(),
        Delivering::OutsideProgramme { name } => lang.note_outside_programme(name),
        Delivering::RepackExpired { name } => lang.note_repack_expired(name),
        Delivering::PackOfAnother { name } => lang.note_pack_of_another(name),
        Delivering::ProgrammeMixed { name } => lang.note_programme_mixed(name),
        Delivering::WeightsDiffer { used, made } => lang.note_weights_differ(used, made),
    }
}

fn of_settling(lang: Lang, settling: &Settling) -> String {
    let vnd = |amount: i64| Money::new(amount);
    match settling {
        Settling::SettlementClosed { voucher, paid_vnd, left_vnd: left @ 1.. } => {
            lang.note_settled_left(voucher, vnd(*paid_vnd), vnd(*left))
        }
        Settling::SettlementClosed { voucher, paid_vnd, .. } => lang.note_settled(voucher, vnd(*paid_vnd)),
        Settling::ProducerPaid { voucher, paid_vnd, left_vnd: 0.. } => {
            lang.note_producer_paid(voucher, vnd(*paid_vnd))
        }
        Settling::ProducerPaid { voucher, paid_vnd, left_vnd } => {
            lang.note_producer_paid_ahead(voucher, vnd(*paid_vnd), vnd(left_vnd.saturating_neg()))
        }
        Settling::ProducerAdjusted { voucher, adjusted_vnd: less @ ..0, .. } => {
            lang.note_correction_less(voucher, vnd(less.saturating_neg()))
        }
        Settling::ProducerAdjusted { voucher, adjusted_vnd, .. } => {
            lang.note_correction_more(voucher, vnd(*adjusted_vnd))
        }
        Settling::PaymentTakenBack { voucher, back_vnd, .. } => {
            lang.note_correction_back(voucher, vnd(*back_vnd))
        }
        Settling::TakenBackBefore => lang.note_correction_back_before().to_owned(),
        Settling::MoreThanPaid { paid_vnd } => lang.note_correction_beyond(vnd(*paid_vnd)),
        Settling::NothingToSettle => lang.note_nothing_to_settle().to_owned(),
        Settling::FiguresChanged => lang.note_figures_changed().to_owned(),
        Settling::PaidMeanwhile => lang.note_paid_meanwhile().to_owned(),
        Settling::RecordedBefore => lang.note_recorded_before().to_owned(),
        Settling::NotCaughtUp { paid_by } => lang.note_not_caught_up(only_pays(lang, *paid_by)),
        Settling::MoreThanOwed { owed_vnd, paid_by: PaidBy::Drawer } => {
            lang.note_more_than_owed(vnd(*owed_vnd))
        }
        Settling::MoreThanOwed { owed_vnd, paid_by } => {
            lang.note_transferred_more(vnd(*owed_vnd), only_pays(lang, *paid_by))
        }
        Settling::DrawerTooLow { has_vnd } => lang.note_drawer_too_low(vnd(*has_vnd)),
        Settling::TooManyProducts { products, paid_by } => {
            lang.note_too_many_products(products, only_pays(lang, *paid_by))
        }
        Settling::Contracting(contracting) => of_contracting(lang, contracting),
    }
}

/// Returns what the button for a payment without a settlement is called on the page that asked.
fn only_pays(lang: Lang, paid_by: PaidBy) -> &'static str {
    match paid_by {
        PaidBy::Drawer | PaidBy::Transfer => lang.pay_only(),
        PaidBy::Code => lang.payout_advance(),
    }
}

fn of_contracting(lang: Lang, contracting: &Contracting) -> String {
    match contracting {
        Contracting::TermsAgreed { voucher, replaces: false } => lang.note_terms_agreed(voucher),
        Contracting::TermsAgreed { voucher, replaces: true } => lang.note_terms_replaced(voucher),
        Contracting::TermsEnded { voucher } => lang.note_terms_ended(voucher),
        Contracting::NothingToEnd => lang.note_nothing_to_end().to_owned(),
        Contracting::TermsTooEarly { day } => lang.note_terms_too_early(day),
        Contracting::NoBearer { producer } => lang.note_no_bearer(producer),
        Contracting::WhyNotContract { producer } => lang.note_why_not_contract(producer),
        Contracting::ReturnOver { name, last_day } => lang.note_return_over(name, last_day),
        Contracting::WhyLate => lang.note_why_late().to_owned(),
    }
}

fn of_counting(lang: Lang, counting: &Counting) -> String {
    match counting {
        Counting::StocktakeBegun => lang.note_stocktake_begun().to_owned(),
        Counting::StocktakeGoesOn => lang.note_stocktake_goes_on().to_owned(),
        Counting::NoStocktake => lang.note_no_stocktake().to_owned(),
        Counting::NoArea => lang.note_no_area().to_owned(),
        Counting::Counted { name, area, quantity } => lang.note_counted(name, quantity, area),
        Counting::TypeHowMuch { name } => lang.note_type_how_much(name),
        Counting::OnPaper { area, from, to } => lang.note_on_paper(area, from, to),
        Counting::AtShelf { area } => lang.note_at_shelf(area),
        Counting::CountedSince => lang.note_counted_since().to_owned(),
        Counting::CountedAnew { name } => lang.note_counted_anew(name),
        Counting::StocktakeGivenUp => lang.note_stocktake_given_up().to_owned(),
        Counting::StocktakeClosed { vouchers, products, wrong } => {
            lang.note_stocktake_closed(products, wrong, vouchers.join(", "))
        }
        Counting::CountAgainFirst { products } => lang.note_count_again_first(products),
        Counting::NothingCounted => lang.note_nothing_counted().to_owned(),
        Counting::CountsChanged => lang.note_counts_changed().to_owned(),
        Counting::PadFirst => lang.note_pad_first().to_owned(),
    }
}

/// `#missed`: codes that nobody knew, until each is added or dismissed.
pub fn missed(lang: Lang, state: &CounterState) -> Markup {
    html! {
        section #missed aria-label=(lang.missed_label()) hidden[state.missed_codes.is_empty()] {
            @for (index, code) in state.missed_codes.iter().enumerate() {
                @let is_first = index == 0;
                p.missed {
                    span { span aria-hidden="true" { "✕ " } (lang.missed(code)) }
                    a href={ "/products/new?code=" (code) } aria-keyshortcuts=[is_first.then_some(keys::NEW_PRODUCT.shortcut)] {
                        (lang.missed_add())
                        @if is_first { " " kbd aria-hidden="true" { (keys::NEW_PRODUCT.cap) } }
                    }
                    button.plain type="button" data-post="/counter/dismiss" name="code" value=(code) {
                        (lang.missed_dismiss())
                    }
                }
            }
        }
    }
}
