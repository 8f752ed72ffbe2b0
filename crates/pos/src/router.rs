//! Every address of the counter's service, with who may use it and what it takes and tells.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, MethodRouter, on};
use tower::limit::GlobalConcurrencyLimitLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};
use utoipa::ToSchema;
use web::security::Origins;
use web::{assets, csrf, error, lang, security};

use crate::App;
use crate::counter::CounterState;
use crate::counter::bank_file::BankReport;
use crate::counter::display::DisplayState;
use crate::counter::payment::PaymentState;
use crate::counter::shift::ShiftState;
use crate::db::login_sessions::LoginSessions;
use crate::web::openapi::Told;
use crate::web::visit::{Site, Who, guard, load};
use crate::web::{
    bank_file, basket, best_sellers, buyer, cashiers, computer, corrections, counter, delivery, deposit,
    deposits, discount, display, display_pictures, drawer, drawer_count, drawer_report, exchange, goods,
    goods_draft, goods_new, health, invoice_form, invoices, label_printer, labels, live, login, lots,
    merging, new_producer, open_tenders, openapi, own_pin, pad, pad_page, paper, papers, pay, payout_account,
    payout_transfer, person, printers, producers, products, purchases, receipt_logo, receipts, refund,
    repack, results, rows, scan_habit, scanner_form, shift, sign_in, split, stock, stock_card, stocktake,
    stocktake_acts, stocktake_close, stocktake_paper, stocktake_sheet, tabs, take_back, terms, terms_end,
    terms_form, training, transfer_send, transfer_take, transfers, weigh,
};

/// The largest form without a file; a delivery of 200 lines fits.
const BODY_BYTES_MAX: usize = 64 << 10;
/// A request that takes longer is given up; a slow disk is waited for.
const REQUEST_S_MAX: u64 = 30;
/// Requests at a time; further ones wait.
const REQUESTS_AT_ONCE: usize = 64;

/// A line of the list.
pub struct Route {
    /// `GET` or `POST`.
    pub method: Method,
    /// The address; `{…}` stands for a part that varies.
    pub path: &'static str,
    /// Who may use it.
    pub who: Who,
    /// What a form must hold, for the description of the interface.
    pub takes: Option<Told>,
    /// What is told as JSON, for the description of the interface.
    pub tells: Option<Told>,
    /// The largest body.
    pub bytes_max: usize,
    handler: MethodRouter<Site>,
}

impl Route {
    fn get<H: Handler<T, Site>, T: 'static>(path: &'static str, who: Who, handler: H) -> Self {
        let handler = on(MethodFilter::GET, handler);
        Self { method: Method::GET, path, who, takes: None, tells: None, bytes_max: BODY_BYTES_MAX, handler }
    }

    fn post<H: Handler<T, Site>, T: 'static>(path: &'static str, who: Who, handler: H) -> Self {
        let handler = on(MethodFilter::POST, handler);
        Self { method: Method::POST, path, who, takes: None, tells: None, bytes_max: BODY_BYTES_MAX, handler }
    }

    fn takes<T: ToSchema>(self) -> Self {
        Self { takes: Some(Told::one::<T>()), ..self }
    }

    /// It takes a form with a file in it.
    fn takes_file<T: ToSchema>(self, bytes_max: usize) -> Self {
        Self { bytes_max, takes: Some(Told::file::<T>()), ..self }
    }

    fn tells<T: ToSchema>(self) -> Self {
        Self { tells: Some(Told::one::<T>()), ..self }
    }

    fn tells_list<T: ToSchema>(self) -> Self {
        Self { tells: Some(Told::list::<T>()), ..self }
    }

    /// Tells it, or null where there is nothing.
    fn tells_maybe<T: ToSchema>(self) -> Self {
        Self { tells: Some(Told::maybe::<T>()), ..self }
    }

    /// An action of the counter: it takes a form and tells the counter's state.
    fn action<F: ToSchema, H: Handler<T, Site>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::post(path, Who::Staff, handler).takes::<F>().tells::<CounterState>()
    }
}

/// Returns the list.
#[rustfmt::skip]
pub fn routes() -> Vec<Route> {
    use Who::{Anybody, Manager, Staff};
    vec![
        Route::get("/healthz", Anybody, health::healthz).tells::<health::HealthState>(),
        Route::get("/api/openapi.json", Anybody, openapi::document),

        Route::get("/display", Anybody, display::page).takes::<display::DisplayOf>().tells::<DisplayState>(),
        Route::get(display::EVENTS, Anybody, display::events).takes::<display::DisplayOf>(),
        Route::get("/display/pictures/{picture_id}", Anybody, display_pictures::picture),
        Route::get(display_pictures::PAGE, Manager, display_pictures::page).tells_list::<display_pictures::KeptPicture>(),
        Route::post(display_pictures::PAGE, Manager, display_pictures::add).takes_file::<display_pictures::BringPicture>(display_pictures::FORM_BYTES_MAX).tells_list::<display_pictures::KeptPicture>(),
        Route::post("/display/pictures/remove", Manager, display_pictures::remove).takes::<display_pictures::RemovePicture>().tells_list::<display_pictures::KeptPicture>(),

        Route::get("/sign-in", Anybody, sign_in::page).tells::<sign_in::SignInState>(),
        Route::post("/sign-in", Anybody, sign_in::submit).takes::<sign_in::SignIn>().tells::<sign_in::SignedInState>(),
        Route::post("/sign-out", Staff, sign_in::sign_out),

        Route::get("/", Staff, counter::page),
        Route::get("/counter/state", Staff, live::state).tells::<CounterState>(),
        Route::get(live::EVENTS, Staff, live::events),
        Route::get("/counter/search", Staff, results::search).takes::<results::Search>().tells_list::<results::FoundState>(),
        Route::action::<counter::Scan, _, _>("/counter/scan", counter::scan),
        Route::action::<counter::Choose, _, _>("/counter/choose", counter::choose),
        Route::action::<counter::Choose, _, _>("/counter/tile", best_sellers::add),
        Route::action::<weigh::Weigh, _, _>("/counter/weigh", weigh::weigh),
        Route::action::<counter::Dismiss, _, _>("/counter/dismiss", counter::dismiss),
        Route::action::<counter::Select, _, _>("/counter/select", counter::select),
        Route::action::<rows::SetQuantity, _, _>("/counter/quantity", rows::quantity),
        Route::action::<rows::Step, _, _>("/counter/step", rows::step),
        Route::action::<rows::Remove, _, _>("/counter/remove", rows::remove),
        Route::action::<rows::Clear, _, _>("/counter/clear", rows::clear),
        Route::action::<tabs::TakeBack, _, _>("/counter/undo", tabs::take_back),
        Route::action::<discount::Reduce, _, _>("/counter/reduce", discount::reduce),
        Route::action::<discount::NoteDown, _, _>("/counter/remark", discount::remark),
        Route::action::<buyer::SetBuyer, _, _>("/counter/buyer", buyer::set),
        Route::action::<basket::Pack, _, _>("/counter/pack", basket::pack),
        Route::action::<basket::Unpack, _, _>("/counter/unpack", basket::unpack),
        Route::action::<tabs::Park, _, _>("/counter/park", tabs::park),
        Route::action::<tabs::OpenCart, _, _>("/counter/new", tabs::open),
        Route::action::<tabs::Resume, _, _>("/counter/resume", tabs::resume),
        Route::action::<pay::Show, _, _>("/counter/show", pay::show),
        Route::get("/counter/tender", Staff, pay::tender).tells::<PaymentState>(),
        Route::action::<split::ShowVietQr, _, _>("/counter/vietqr", split::vietqr),
        Route::action::<pay::Finish, _, _>("/counter/finish", pay::finish),
        Route::action::<pad::EnterFromPad, _, _>("/counter/pad", pad::enter),
        Route::action::<pad::AboutTwins, _, _>("/counter/pad/same", pad::same),
        Route::action::<pad::AboutTwins, _, _>("/counter/pad/other", pad::other),
        Route::action::<exchange::GiveUp, _, _>("/counter/give-up-exchange", exchange::give_up),
        Route::action::<deposit::TakeDeposit, _, _>("/counter/deposit", deposit::take),
        Route::action::<paper::Paper, _, _>("/counter/reprint", paper::reprint),
        Route::action::<paper::Paper, _, _>("/counter/reprint-in-english", paper::reprint_in_english),
        Route::action::<paper::Paper, _, _>("/counter/skip-print", paper::skip_print),

        Route::get("/training", Staff, training::page),

        Route::get("/receipts", Staff, receipts::list).takes::<receipts::FindReceipt>().tells_list::<receipts::SaleState>(),
        Route::get("/receipts/{sale_id}", Staff, receipts::page).tells::<receipts::ReceiptState>(),
        Route::action::<refund::RefundForm, _, _>("/receipts/refund", refund::submit),
        Route::action::<refund::RefundForm, _, _>("/receipts/exchange", exchange::start),
        Route::action::<refund::VoidForm, _, _>("/receipts/void", refund::void),
        Route::get("/refunds/new", Staff, refund::page_without),
        Route::action::<refund::RefundForm, _, _>("/refunds/new", refund::submit_without),
        Route::get("/receipts/{sale_id}/picture.png", Staff, receipts::picture),
        Route::get("/shift", Staff, shift::page).tells_maybe::<ShiftState>(),
        Route::action::<shift::OpenShift, _, _>("/shift/open", shift::open),
        Route::post("/shift/count", Staff, shift::count).takes::<drawer_count::CloseShift>().tells::<ShiftState>(),
        Route::action::<drawer_count::CloseShift, _, _>("/shift/close", shift::close),
        Route::get("/shift/report", Staff, drawer_report::x),
        Route::action::<drawer_report::PrintReport, _, _>("/shift/report", drawer_report::print),
        Route::get("/shift/reports/{shift_id}", Staff, drawer_report::z),
        Route::get(producers::PRODUCERS, Staff, producers::list).tells_list::<producers::AccountState>(),
        Route::get(new_producer::NEW_PRODUCER, Staff, new_producer::page),
        Route::action::<new_producer::AddProducer, _, _>(new_producer::NEW_PRODUCER, new_producer::submit),
        Route::get("/producers/{producer_id}", Staff, producers::page).tells::<producers::ProducerState>(),
        Route::action::<producers::PayProducer, _, _>("/producers/pay", producers::pay),
        Route::action::<corrections::CorrectProducer, _, _>(corrections::CORRECT, corrections::submit),
        Route::get("/producers/{producer_id}/transfer", Staff, payout_transfer::page).takes::<payout_transfer::HowMuch>(),
        Route::get("/producers/{producer_id}/account", Manager, payout_account::page),
        Route::post(payout_account::ACCOUNT, Manager, payout_account::submit).takes::<payout_account::KeepAccount>(),
        Route::get("/producers/{producer_id}/terms", Staff, terms::page).tells::<terms::TermsState>(),
        Route::action::<terms_form::AgreeTerms, _, _>(terms_form::AGREE, terms::submit),
        Route::action::<terms_end::EndTerms, _, _>(terms_end::END, terms_end::submit),
        Route::get("/papers/{number}", Staff, papers::page),
        Route::get("/slips/{slip_id}/picture.png", Staff, drawer_report::picture),
        Route::get("/open-tenders", Staff, open_tenders::page).tells::<Vec<open_tenders::OpenTenderRow>>(),
        Route::action::<open_tenders::MoneyCame, _, _>("/open-tenders", open_tenders::submit),
        Route::get("/pad", Staff, pad_page::list).tells_list::<pad_page::PageState>(),
        Route::action::<pad_page::MakePage, _, _>("/pad", pad_page::make),
        Route::get("/pad/{slip_id}", Staff, pad_page::page).tells::<pad_page::PageState>(),
        Route::post("/open-tenders/bank-file", Manager, bank_file::compare).takes_file::<bank_file::BringFile>(bank_file::FORM_BYTES_MAX).tells::<BankReport>(),
        Route::post("/open-tenders/bank-file/confirm", Manager, bank_file::confirm).takes::<bank_file::ConfirmSeen>().tells::<CounterState>(),
        Route::get("/deposits", Staff, deposits::page).takes::<deposits::FindDeposit>().tells_list::<deposits::DepositRow>(),
        Route::get("/deposits/{sale_id}", Staff, deposits::one).tells::<deposits::DepositRow>(),
        Route::action::<deposits::Deliver, _, _>("/deposits/deliver", deposits::deliver),
        Route::action::<deposits::GiveBack, _, _>("/deposits/back", deposits::give_back),
        Route::get("/drawer", Staff, drawer::page),
        Route::action::<drawer::MoveCash, _, _>("/drawer/cash", drawer::move_cash),
        Route::action::<drawer::OpenDrawer, _, _>("/drawer/open", drawer::open),
        Route::get("/goods", Staff, goods::page).takes::<goods::WhoseGoods>(),
        Route::post("/goods/blank", Staff, goods_new::blank).takes::<delivery::Delivery>(),
        Route::get("/goods/search", Staff, goods::search).takes::<results::Search>(),
        Route::post("/goods/scan", Staff, goods::scan).takes::<goods::ScanGoods>(),
        Route::post("/goods/pick", Staff, goods::pick).takes::<goods::PickGoods>(),
        Route::post("/goods/announced", Staff, goods::pick_announced).takes::<delivery::Delivery>(),
        Route::post("/goods/line", Staff, goods::line).takes::<delivery::Delivery>(),
        Route::post("/goods/give-up", Staff, goods_draft::give_up).takes::<delivery::Delivery>(),
        Route::action::<delivery::Delivery, _, _>("/goods", goods::receive),
        Route::action::<take_back::WithdrawDelivery, _, _>(take_back::TAKE_BACK, take_back::submit),
        Route::get(purchases::PURCHASES, Manager, purchases::page).takes::<purchases::WhichMonth>(),
        Route::get("/labels", Staff, labels::page).takes::<labels::Chosen>().tells_maybe::<labels::LabelledState>(),
        Route::get("/labels/search", Staff, labels::search).takes::<results::Search>(),
        Route::post("/labels/scan", Staff, labels::scan).takes::<goods::ScanGoods>(),
        Route::post("/labels/pick", Staff, labels::pick).takes::<goods::PickGoods>(),
        Route::get("/labels/picture.png", Staff, labels::picture).takes::<labels::LabelOf>(),
        Route::action::<labels::PrintLabels, _, _>("/labels/print", labels::print),
        Route::get("/products/new", Staff, products::page),
        Route::action::<products::AddProduct, _, _>("/products/new", products::add),
        Route::get(stock_card::CARD, Staff, stock_card::page).takes::<stock_card::WhichCard>().tells::<stock_card::CardState>(),
        Route::get(lots::SOON, Staff, lots::page).takes::<lots::WhichLots>().tells_list::<lots::LotState>(),
        Route::action::<lots::RemoveGoods, _, _>(lots::SOON, lots::remove),
        Route::get(stock::STOCK, Staff, stock::page).takes::<stock::WhichStock>().tells_list::<stock::StockState>(),
        Route::action::<merging::MergeGoods, _, _>(merging::MERGE, merging::submit),
        Route::post(stock_card::MINIMUM, Manager, stock::set_minimum).takes::<stock::SetMinimum>(),
        Route::get(stocktake::STOCKTAKE, Staff, stocktake::page).takes::<stocktake::WhichArea>().tells::<stocktake::StocktakeState>(),
        Route::action::<stocktake_acts::BeginStocktake, _, _>(stocktake::STOCKTAKE, stocktake_acts::begin),
        Route::action::<stocktake_acts::GiveUpStocktake, _, _>("/stocktake/give-up", stocktake_acts::give_up),
        Route::action::<stocktake_acts::AgainOf, _, _>("/stocktake/again", stocktake_acts::begin_again),
        Route::action::<stocktake_paper::CountedOnPaper, _, _>(stocktake_paper::ON_PAPER, stocktake_paper::submit),
        Route::get("/stocktake/areas/{area}/search", Staff, stocktake_acts::search).takes::<results::Search>(),
        Route::action::<goods::ScanGoods, _, _>("/stocktake/areas/{area}/scan", stocktake_acts::scan),
        Route::action::<goods::PickGoods, _, _>("/stocktake/areas/{area}/pick", stocktake_acts::pick),
        Route::action::<stocktake_acts::TypeCount, _, _>("/stocktake/areas/{area}/count", stocktake_acts::count),
        Route::action::<goods::PickGoods, _, _>("/stocktake/areas/{area}/again", stocktake_acts::again),
        Route::get(stocktake_close::CLOSING, Staff, stocktake_close::page).tells_maybe::<stocktake_close::ClosingState>(),
        Route::action::<stocktake_close::CloseStocktake, _, _>(stocktake_close::CLOSING, stocktake_close::submit),
        Route::get(stocktake_sheet::SHEET, Staff, stocktake_sheet::page),
        Route::get(transfers::TRANSFERS, Staff, transfers::page).tells::<transfers::TransfersState>(),
        Route::get(transfers::SEND, Staff, transfer_send::page).takes::<transfer_send::WhichGoods>(),
        Route::action::<transfer_send::SendGoods, _, _>(transfers::SEND, transfer_send::submit),
        Route::action::<transfer_take::TakeIn, _, _>("/transfers/take", transfer_take::submit),
        Route::get("/transfers/{number}", Staff, transfer_take::page),
        Route::get(repack::REPACK, Staff, repack::page).takes::<repack::WhichLot>(),
        Route::action::<repack::RepackGoods, _, _>(repack::REPACK, repack::submit),
        Route::get("/computer", Staff, computer::page).tells::<computer::ComputerState>(),
        Route::get("/invoices", Manager, invoices::page).tells::<invoices::InvoicesPage>(),
        Route::post("/invoices/resend", Manager, invoices::resend).takes::<invoices::Resend>().tells::<invoices::Told>(),
        Route::get("/invoices/{invoice_id}", Manager, invoice_form::page),
        Route::post("/invoices/buyer", Manager, invoice_form::save).takes::<invoice_form::SaveBuyer>().tells::<invoices::Told>(),
        Route::get("/printers", Manager, printers::page).takes::<printers::ChosenCounter>().tells::<printers::PrintersPage>(),
        Route::post("/printers", Manager, printers::save).takes::<printers::SetUpPrinter>().tells::<CounterState>(),
        Route::get(receipt_logo::PAGE, Manager, receipt_logo::page).tells::<receipt_logo::LogoState>(),
        Route::post(receipt_logo::PAGE, Manager, receipt_logo::save).takes_file::<receipt_logo::BringLogo>(receipt_logo::FORM_BYTES_MAX).tells::<receipt_logo::LogoState>(),
        Route::post("/printers/logo/remove", Manager, receipt_logo::remove).takes::<receipt_logo::RemoveLogo>().tells::<receipt_logo::LogoState>(),
        Route::get("/printers/logo/picture.png", Manager, receipt_logo::picture).takes::<receipt_logo::OnPaper>(),
        Route::post("/printers/scan-habit", Manager, scan_habit::save).takes::<scan_habit::SetUpHabit>().tells::<CounterState>(),
        Route::get("/printers/scan-habit/try", Manager, scan_habit::attempt).takes::<scan_habit::TryScan>().tells::<scan_habit::Tried>(),
        Route::post("/printers/find", Manager, printers::find).takes::<printers::ChosenCounter>().tells::<printers::PrintersPage>(),
        Route::post("/printers/scanner", Manager, scanner_form::save).takes::<scanner_form::SetUpScanner>().tells::<CounterState>(),
        Route::post("/printers/test", Manager, printers::test).takes::<printers::TryPrinter>().tells::<CounterState>(),
        Route::post("/printers/drawer", Manager, printers::drawer).takes::<printers::TryPrinter>().tells::<CounterState>(),
        Route::get("/printers/labels", Manager, label_printer::page).tells::<label_printer::LabelPrinterPage>(),
        Route::post("/printers/labels", Manager, label_printer::save).takes::<label_printer::SetUpLabelPrinter>().tells::<CounterState>(),
        Route::post("/printers/labels/find", Manager, label_printer::find).takes::<label_printer::FindLabelPrinter>().tells::<label_printer::LabelPrinterPage>(),
        Route::post("/printers/labels/test", Manager, label_printer::test).takes::<label_printer::TryLabelPrinter>().tells::<CounterState>(),
        Route::get("/cashiers/new", Manager, cashiers::page),
        Route::post("/cashiers/new", Manager, cashiers::add).takes::<cashiers::AddCashier>().tells::<cashiers::CashierState>(),
        Route::get("/cashiers/{cashier_id}", Manager, person::page),
        Route::post("/cashiers/pin", Manager, person::set_pin).takes::<person::SetPin>().tells::<cashiers::CashierState>(),
        Route::post("/cashiers/off", Manager, person::take_off).takes::<person::TakeOff>().tells::<cashiers::CashierState>(),
        Route::get(own_pin::OWN_PIN, Staff, own_pin::page),
        Route::post(own_pin::OWN_PIN, Staff, own_pin::save).takes::<own_pin::SetOwnPin>().tells::<cashiers::CashierState>(),
    ]
}

/// Returns the service. `address` is where it listens: browsers must name it, or a host of the settings.
pub fn router(app: App, address: SocketAddr) -> Router {
    let origins = Origins::new(hosts(&app, address), false);
    // Two stores on one computer share their cookies, whatever their ports are.
    let sessions = SessionManagerLayer::new(LoginSessions::new(app.db().clone()))
        .with_name(format!("counter-{}", address.port()))
        .with_secure(false)
        .with_http_only(true)
        .with_same_site(SameSite::Strict)
        .with_expiry(Expiry::OnInactivity(time::Duration::milliseconds(login::OVER_AFTER_MS)));
    let site = Site::new(app);
    let guarded = routes().into_iter().fold(Router::new(), |router, route| {
        let handler = route
            .handler
            .layer::<_, Infallible>(from_fn(csrf::check))
            .layer::<_, Infallible>(RequestBodyLimitLayer::new(route.bytes_max))
            .layer(from_fn_with_state(route.who, guard));
        router.route(route.path, handler)
    });
    guarded
        .layer(from_fn_with_state(site.clone(), load))
        .layer(sessions)
        .merge(assets::router())
        .layer(DefaultBodyLimit::max(bank_file::FORM_BYTES_MAX))
        .layer(RequestBodyLimitLayer::new(bank_file::FORM_BYTES_MAX))
        .layer(GlobalConcurrencyLimitLayer::new(REQUESTS_AT_ONCE))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(REQUEST_S_MAX),
        ))
        .layer(from_fn_with_state(origins.clone(), security::same_origin))
        .layer(from_fn(lang::remember))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(from_fn_with_state(Arc::<str>::from("OCOP"), error::render))
        .layer(from_fn_with_state(origins, security::headers))
        .with_state(site)
}

/// The names under which browsers may call this service. A service that listens to the network is called by the names
/// in its settings, and by nobody who made another name point here.
fn hosts(app: &App, address: SocketAddr) -> Vec<String> {
    let port = address.port();
    let mut hosts = app.config().allowed_hosts.clone();
    if !address.ip().is_unspecified() {
        hosts.push(address.to_string());
    }
    if address.ip().is_loopback() || address.ip().is_unspecified() {
        hosts.extend([format!("localhost:{port}"), format!("127.0.0.1:{port}")]);
    }
    hosts
}
