//! Every URL of central.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use tower_sessions::SessionManagerLayer;
use tower_sessions::cookie::SameSite;
use web::{Fault, Lang, assets, csrf, lang, security};

use crate::api::{
    bank_notices, catalogue, condition, enrol, head, health, journals, openapi, push, transfers, v1,
};
use crate::app::App;
use crate::config::Config;
use crate::db::login_sessions::LoginSessions;
use crate::web::texts::CentralTexts;
use crate::web::visit::{self, Who};
use crate::web::{
    account, audit, campaigns, dossiers, imports, introductions, inventory, joint, login, login_code,
    nominations, owed, pack, paper_files, people, period_pack, places, points, producer, producers,
    product_groups, products, promotions, provisional, reconciliation, reports, sales, scans,
    shop_nominations, shop_settlements, shop_terms, shops, standards, stores, welcome,
};

/// Longest form without a file.
const FORM_BYTES_MAX: usize = 64 << 10;

/// Addresses with a secret in them are told to nobody. Where there is a form, the browser must say whose it is.
const SECRETS: [(&str, security::Referrer); 2] =
    [("/p/", security::Referrer::Never), ("/welcome/", security::Referrer::Here)];

/// A page or an act of one.
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Its address.
    pub path: &'static str,
    /// Who may use it.
    pub who: Who,
    /// Its largest body, bytes.
    pub body_bytes_max: usize,
    handler: MethodRouter<App>,
}

/// Returns every page and act, with who may use it.
pub fn pages() -> Vec<Route> {
    let body_bytes_max = FORM_BYTES_MAX;
    let page = |path, who, handler| Route { method: "GET", path, who, body_bytes_max, handler };
    let act = |path, who, handler| Route { method: "POST", path, who, body_bytes_max, handler };
    let file = |path, who, body_bytes_max, handler: MethodRouter<App>| {
        let handler = handler.layer(DefaultBodyLimit::max(body_bytes_max));
        Route { method: "POST", path, who, body_bytes_max, handler }
    };
    vec![
        page("/", Who::SignedIn, get(login::first)),
        page("/login", Who::Anybody, get(login::get)),
        act("/login", Who::Anybody, post(login::post)),
        page("/login/code", Who::Anybody, get(login_code::get)),
        act("/login/code", Who::Anybody, post(login_code::post)),
        act("/logout", Who::SignedIn, post(login::logout)),
        page("/account", Who::SignedIn, get(account::get)),
        act("/account/password", Who::SignedIn, post(account::password)),
        act("/account/sessions/{session}/end", Who::SignedIn, post(account::end_session)),
        act("/account/keys", Who::SignedIn, post(account::keys::make)),
        act("/account/keys/{key}/end", Who::SignedIn, post(account::keys::end)),
        act("/account/code", Who::SignedIn, post(account::code::offer)),
        act("/account/code/confirm", Who::SignedIn, post(account::code::confirm)),
        act("/account/code/end", Who::SignedIn, post(account::code::end)),
        page("/people", Who::Admin, get(people::get)),
        page("/people.xlsx", Who::Admin, get(people::download)),
        page("/people.csv", Who::Admin, get(people::download)),
        page("/people/new", Who::Admin, get(people::form)),
        act("/people/new", Who::Admin, post(people::add)),
        page("/people/{user}", Who::Admin, get(people::one)),
        act("/people/{user}", Who::Admin, post(people::update)),
        act("/people/{user}/link", Who::Admin, post(people::acts::link)),
        act("/people/{user}/disable", Who::Admin, post(people::acts::disable)),
        act("/people/{user}/enable", Who::Admin, post(people::acts::enable)),
        act("/people/{user}/sessions/end", Who::Admin, post(people::acts::end_sessions)),
        act("/people/{user}/code/end", Who::Admin, post(people::acts::end_code)),
        page("/audit", Who::Audit, get(audit::get)),
        page("/audit.xlsx", Who::Audit, get(audit::download)),
        page("/audit.csv", Who::Audit, get(audit::download)),
        page("/audit/period", Who::Audit, get(reconciliation::get)),
        page("/audit/period.xlsx", Who::Audit, get(reconciliation::download)),
        page("/audit/period.csv", Who::Audit, get(reconciliation::download)),
        page("/audit/period.zip", Who::Audit, get(period_pack::zip)),
        page("/audit/period/{line}", Who::Audit, get(reconciliation::gap)),
        page("/shops", Who::Operator, get(shops::get)),
        page("/shops/producers", Who::Operator, get(owed::list)),
        page("/shops/producers.xlsx", Who::Operator, get(owed::download)),
        page("/shops/producers.csv", Who::Operator, get(owed::download)),
        page("/shops/producers/{producer}", Who::Operator, get(owed::one)),
        act("/shops/producers/{producer}", Who::Operator, post(owed::settle)),
        page("/shops/producers/{producer}/account", Who::Operator, get(owed::account::get)),
        act("/shops/producers/{producer}/account", Who::Operator, post(owed::account::keep)),
        page("/shops/nominations", Who::Operator, get(shop_nominations::get)),
        act("/shops/nominations/{nomination}/{store}", Who::Operator, post(shop_nominations::answer)),
        page("/shops/joint/{joint}", Who::Operator, get(joint::of_operator)),
        page("/shops/terms", Who::Operator, get(shop_terms::get)),
        page("/shops/terms.xlsx", Who::Operator, get(shop_terms::download)),
        page("/shops/terms.csv", Who::Operator, get(shop_terms::download)),
        act("/shops/terms", Who::Operator, post(shop_terms::agree)),
        act("/shops/terms/end", Who::Operator, post(shop_terms::ending::end)),
        page("/shops/settlements", Who::Operator, get(shop_settlements::list)),
        page("/shops/settlements.xlsx", Who::Operator, get(shop_settlements::download)),
        page("/shops/settlements.csv", Who::Operator, get(shop_settlements::download)),
        page("/shops/settlements/{stream}/{seq}", Who::Operator, get(shop_settlements::one)),
        page("/shops/settlements/{stream}/{seq}/moves", Who::Operator, get(shop_settlements::moves)),
        act("/shops/settlements/{stream}/{seq}/reply", Who::Operator, post(shop_settlements::reply)),
        act("/shops/settlements/{stream}/{seq}/sign", Who::Operator, post(shop_settlements::sign)),
        file(
            "/shops/settlements/{stream}/{seq}/papers",
            Who::Operator,
            paper_files::FORM_BYTES_MAX,
            post(shop_settlements::bring),
        ),
        page("/shops/settlements/{stream}/{seq}/papers/{paper}", Who::Operator, get(shop_settlements::give)),
        page("/sales", Who::Sales, get(sales::get)),
        page("/sales.xlsx", Who::Sales, get(sales::download)),
        page("/sales.csv", Who::Sales, get(sales::download)),
        page("/inventory", Who::Sales, get(inventory::get)),
        page("/inventory.xlsx", Who::Sales, get(inventory::download)),
        page("/inventory.csv", Who::Sales, get(inventory::download)),
        page("/products", Who::Stores, get(products::get)),
        page("/products.xlsx", Who::Stores, get(products::download)),
        page("/products.csv", Who::Stores, get(products::download)),
        page("/products/new", Who::TRADE, get(products::edit::new)),
        act("/products/new", Who::TRADE, post(products::edit::add)),
        page("/products/bulk", Who::TRADE, get(products::bulk::get)),
        act("/products/bulk", Who::TRADE, post(products::bulk::apply)),
        page("/products/groups", Who::Stores, get(product_groups::get)),
        page("/products/groups.xlsx", Who::Stores, get(product_groups::download)),
        page("/products/groups.csv", Who::Stores, get(product_groups::download)),
        act("/products/groups", Who::Admin, post(product_groups::set)),
        act("/products/groups/{group}/end", Who::Admin, post(product_groups::end)),
        page("/products/standards", Who::Stores, get(standards::get)),
        page("/products/standards.xlsx", Who::Stores, get(standards::download)),
        page("/products/standards.csv", Who::Stores, get(standards::download)),
        act("/products/standards/levels", Who::Admin, post(standards::set_level)),
        act("/products/standards/criteria", Who::Admin, post(standards::set_criteria)),
        page("/products/{product}", Who::Stores, get(products::one)),
        page("/products/{product}/history.xlsx", Who::Stores, get(products::dated::xlsx)),
        page("/products/{product}/prices.csv", Who::Stores, get(products::dated::prices_csv)),
        page("/products/{product}/decisions.csv", Who::Stores, get(products::dated::decisions_csv)),
        page("/products/{product}/edit", Who::TRADE, get(products::edit::edit)),
        act("/products/{product}/edit", Who::TRADE, post(products::edit::update)),
        page("/products/{product}/recognise", Who::RECOGNITIONS, get(products::recognise::form)),
        act("/products/{product}/recognise", Who::RECOGNITIONS, post(products::recognise::record)),
        page(
            "/products/{product}/recognitions/{recognition}/edit",
            Who::RECOGNITIONS,
            get(products::describe::form),
        ),
        act(
            "/products/{product}/recognitions/{recognition}/edit",
            Who::RECOGNITIONS,
            post(products::describe::keep),
        ),
        act(
            "/products/{product}/recognitions/{recognition}/withdraw",
            Who::RECOGNITIONS,
            post(products::recognise::withdraw),
        ),
        act("/products/{product}/retire", Who::TRADE, post(products::edit::retire)),
        page(
            "/products/{product}/recognitions/{recognition}/scan",
            Who::Stores,
            get(dossiers::scans::of_decision),
        ),
        file(
            "/products/{product}/recognitions/{recognition}/scan",
            Who::RECOGNITIONS,
            paper_files::FORM_BYTES_MAX,
            post(dossiers::scans::bring),
        ),
        page("/products/{product}/papers/new", Who::DOSSIERS, get(dossiers::paper_form::new)),
        file(
            "/products/{product}/papers/new",
            Who::DOSSIERS,
            paper_files::FORM_BYTES_MAX,
            post(dossiers::paper_form::add),
        ),
        act("/products/{product}/papers/{paper}/withdraw", Who::DOSSIERS, post(dossiers::acts::withdraw)),
        page("/products/{product}/papers/{paper}/scan", Who::Stores, get(dossiers::scans::of_paper)),
        page("/products/{product}/nominate", Who::DOSSIERS, get(nominations::form::new)),
        act("/products/{product}/nominate", Who::DOSSIERS, post(nominations::form::add)),
        page("/nominations", Who::Stores, get(nominations::get)),
        page("/nominations.xlsx", Who::Stores, get(nominations::download)),
        page("/nominations.csv", Who::Stores, get(nominations::download)),
        page("/nominations/{nomination}", Who::Stores, get(nominations::one)),
        act("/nominations/{nomination}/check", Who::TRADE, post(nominations::check)),
        act("/nominations/{nomination}/step", Who::DOSSIERS, post(nominations::step)),
        page("/dossiers", Who::Stores, get(dossiers::get)),
        page("/dossiers.xlsx", Who::Stores, get(dossiers::download)),
        page("/dossiers.csv", Who::Stores, get(dossiers::download)),
        page("/dossiers/kinds", Who::Stores, get(dossiers::kinds::get)),
        page("/dossiers/kinds.xlsx", Who::Stores, get(dossiers::kinds::download)),
        page("/dossiers/kinds.csv", Who::Stores, get(dossiers::kinds::download)),
        act("/dossiers/kinds", Who::TRADE, post(dossiers::kinds::set)),
        act("/dossiers/kinds/{kind}/end", Who::TRADE, post(dossiers::kinds::end)),
        page("/producers", Who::Stores, get(producers::get)),
        page("/producers.xlsx", Who::Stores, get(producers::download)),
        page("/producers.csv", Who::Stores, get(producers::download)),
        page("/producers/new", Who::TRADE, get(producers::new)),
        act("/producers/new", Who::TRADE, post(producers::add)),
        act("/producers/{producer}/same", Who::TRADE, post(producers::same::unite)),
        act("/producers/{producer}/same/end", Who::TRADE, post(producers::same::part)),
        page("/producers/{producer}/edit", Who::TRADE, get(producers::edit)),
        act("/producers/{producer}/edit", Who::TRADE, post(producers::update)),
        act("/producers/{producer}/key", Who::Admin, post(producers::keys::make)),
        act("/producers/{producer}/key/end", Who::Admin, post(producers::keys::end)),
        act("/producers/{producer}/link", Who::Admin, post(producers::keys::link)),
        page("/places", Who::Stores, get(places::get)),
        page("/places.xlsx", Who::Stores, get(places::download)),
        page("/places.csv", Who::Stores, get(places::download)),
        act("/places", Who::TRADE, post(places::set)),
        page("/places/former", Who::Stores, get(places::former::get)),
        page("/places/former.xlsx", Who::Stores, get(places::former::download)),
        page("/places/former.csv", Who::Stores, get(places::former::download)),
        act("/places/former", Who::TRADE, post(places::former::add)),
        act("/places/former/end", Who::TRADE, post(places::former::end)),
        file("/places/file", Who::TRADE, imports::upload::FORM_BYTES_MAX, post(places::file::bring)),
        act("/places/bring", Who::TRADE, post(places::bring)),
        act("/places/{place}/end", Who::TRADE, post(places::end)),
        page("/promotions", Who::Sales, get(promotions::get)),
        page("/promotions.xlsx", Who::Sales, get(promotions::download)),
        page("/promotions.csv", Who::Sales, get(promotions::download)),
        page("/promotions/new", Who::TRADE, get(promotions::form)),
        act("/promotions/new", Who::TRADE, post(promotions::add)),
        act("/promotions/{promotion}/end", Who::TRADE, post(promotions::end)),
        page("/campaigns", Who::Stores, get(campaigns::get)),
        page("/campaigns.xlsx", Who::Stores, get(campaigns::download)),
        page("/campaigns.csv", Who::Stores, get(campaigns::download)),
        page("/campaigns/outcome", Who::Stores, get(campaigns::outcome::get)),
        page("/campaigns/outcome.xlsx", Who::Stores, get(campaigns::outcome::download)),
        page("/campaigns/outcome.csv", Who::Stores, get(campaigns::outcome::download)),
        page("/campaigns/introductions", Who::Stores, get(introductions::get)),
        page("/campaigns/introductions.xlsx", Who::Stores, get(introductions::download)),
        page("/campaigns/introductions.csv", Who::Stores, get(introductions::download)),
        act("/campaigns/introductions", Who::TRADE, post(introductions::add)),
        act("/campaigns/introductions/{introduction}/withdraw", Who::TRADE, post(introductions::withdraw)),
        page("/campaigns/new", Who::TRADE, get(campaigns::edit::new)),
        act("/campaigns/new", Who::TRADE, post(campaigns::edit::add)),
        page("/campaigns/{campaign}", Who::Stores, get(campaigns::one)),
        page("/campaigns/{campaign}/effect.xlsx", Who::Stores, get(campaigns::download_effect)),
        page("/campaigns/{campaign}/effect.csv", Who::Stores, get(campaigns::download_effect)),
        page("/campaigns/{campaign}/edit", Who::TRADE, get(campaigns::edit::edit)),
        act("/campaigns/{campaign}/edit", Who::TRADE, post(campaigns::edit::update)),
        act("/campaigns/{campaign}/end", Who::TRADE, post(campaigns::edit::end)),
        act("/campaigns/{campaign}/enquiries", Who::TRADE, post(campaigns::edit::enquiries)),
        page("/provisional", Who::Stores, get(provisional::get)),
        page("/provisional.xlsx", Who::Stores, get(provisional::download)),
        page("/provisional.csv", Who::Stores, get(provisional::download)),
        page("/provisional/{product}", Who::TRADE, get(provisional::one)),
        act("/provisional/{product}/confirm", Who::TRADE, post(provisional::confirm)),
        act("/provisional/{product}/merge", Who::TRADE, post(provisional::merge)),
        page("/scans", Who::Stores, get(scans::get)),
        page("/scans.xlsx", Who::Stores, get(scans::download)),
        page("/scans.csv", Who::Stores, get(scans::download)),
        page("/01/{gtin}", Who::Anybody, get(pack::get)),
        page("/01/{gtin}/10/{lot}", Who::Anybody, get(pack::get)),
        page("/s/{code}", Who::Anybody, get(pack::get)),
        page("/s/{code}/10/{lot}", Who::Anybody, get(pack::get)),
        page("/imports", Who::LISTS, get(imports::get)),
        page("/imports.xlsx", Who::LISTS, get(imports::download)),
        page("/imports.csv", Who::LISTS, get(imports::download)),
        file("/imports/file", Who::LISTS, imports::upload::FORM_BYTES_MAX, post(imports::bring)),
        page("/imports/{import}", Who::LISTS, get(imports::one)),
        act("/imports/{import}/columns", Who::LISTS, post(imports::choose)),
        act("/imports/{import}/rows", Who::LISTS, post(imports::decide)),
        act("/imports/{import}/apply", Who::LISTS, post(imports::apply)),
        page("/imports/{import}/result.xlsx", Who::LISTS, get(imports::download_result)),
        page("/imports/{import}/result.csv", Who::LISTS, get(imports::download_result)),
        page("/reports", Who::Stores, get(reports::get)),
        page("/reports.xlsx", Who::Stores, get(reports::download)),
        page("/reports.csv", Who::Stores, get(reports::download)),
        page("/reports/template", Who::Stores, get(reports::template_page::get)),
        act("/reports/template", Who::TRADE, post(reports::template_page::keep)),
        act("/reports/template/reset", Who::TRADE, post(reports::template_page::reset)),
        page("/reports/{period}", Who::Stores, get(reports::one)),
        act("/reports/{period}/words", Who::TRADE, post(reports::keep)),
        act("/reports/{period}/seal", Who::TRADE, post(reports::seal)),
        act("/reports/{period}/sign", Who::TRADE, post(reports::sign)),
        page("/stores", Who::Stores, get(stores::get)),
        page("/stores.xlsx", Who::Stores, get(stores::download)),
        page("/stores.csv", Who::Stores, get(stores::download)),
        act("/stores/{store}/code", Who::Admin, post(stores::issue_code)),
        act("/stores/{store}/devices/{fingerprint}/approve", Who::Admin, post(stores::approve)),
        act("/stores/{store}/devices/{fingerprint}/adopt", Who::Admin, post(stores::acts::adopt)),
        act("/stores/{store}/devices/{fingerprint}/revoke", Who::Admin, post(stores::acts::revoke)),
        act("/stores/exceptions/{stream}/{seq}", Who::Admin, post(stores::acts::answer)),
        page("/points", Who::Stores, get(points::get)),
        page("/points.xlsx", Who::Stores, get(points::download)),
        page("/points.csv", Who::Stores, get(points::download)),
        page("/points/new", Who::TRADE, get(points::edit::new)),
        act("/points/new", Who::TRADE, post(points::edit::add)),
        page("/points/ages", Who::Stores, get(points::ages::get)),
        page("/points/ages.xlsx", Who::Stores, get(points::ages_file::download)),
        page("/points/ages.csv", Who::Stores, get(points::ages_file::download)),
        page("/points/things.xlsx", Who::Stores, get(points::things_file::xlsx)),
        page("/points/equipment.csv", Who::Stores, get(points::things_file::equipment_csv)),
        page("/points/costs.csv", Who::Stores, get(points::things_file::costs_csv)),
        page("/points/rules", Who::Stores, get(points::rules::get)),
        page("/points/rules.xlsx", Who::Stores, get(points::rules::download)),
        page("/points/rules.csv", Who::Stores, get(points::rules::download)),
        act("/points/rules/threshold", Who::TRADE, post(points::rules::set_threshold)),
        act("/points/rules/criteria", Who::TRADE, post(points::rules::add_set)),
        act("/points/rules/criteria/{set}/withdraw", Who::TRADE, post(points::rules::withdraw_set)),
        act("/points/rules/locations", Who::TRADE, post(points::rules::add_location)),
        act("/points/rules/locations/{location}/end", Who::TRADE, post(points::rules::end_location)),
        page("/points/{point}", Who::Stores, get(points::one)),
        page("/points/{point}/edit", Who::TRADE, get(points::edit::edit)),
        act("/points/{point}/edit", Who::TRADE, post(points::edit::update)),
        page("/points/{point}/labels", Who::Stores, get(points::labels::get)),
        page("/points/{point}/products", Who::Stores, get(points::chosen::get)),
        page("/points/{point}/products.xlsx", Who::Stores, get(points::chosen::download)),
        page("/points/{point}/products.csv", Who::Stores, get(points::chosen::download)),
        act("/points/{point}/products", Who::TRADE, post(points::chosen::save)),
        act("/points/{point}/products/take", Who::TRADE, post(points::chosen::take)),
        page("/points/{point}/open", Who::Admin, get(points::opening::get)),
        act("/points/{point}/open/operator", Who::Admin, post(points::opening::operator)),
        act("/points/{point}/open/store", Who::Admin, post(points::opening::store)),
        act("/points/{point}/open/manager", Who::Admin, post(points::opening::manager)),
        act("/points/{point}/open/login", Who::Admin, post(points::opening::login)),
        act("/points/{point}/open/code", Who::Admin, post(points::opening::code)),
        act("/points/{point}/open/finish", Who::Admin, post(points::opening::finish)),
        page("/points/{point}/commission-tax", Who::Admin, get(points::commission_tax::form)),
        act("/points/{point}/commission-tax", Who::Admin, post(points::commission_tax::set)),
        act("/points/{point}/steps", Who::TRADE, post(points::edit::step)),
        page("/points/{point}/check", Who::TRADE, get(points::check::form)),
        act("/points/{point}/check", Who::TRADE, post(points::check::record)),
        page("/points/{point}/equipment/new", Who::TRADE, get(points::things::new_equipment)),
        act("/points/{point}/equipment/new", Who::TRADE, post(points::things::add_equipment)),
        act("/points/{point}/equipment/{piece}/gone", Who::TRADE, post(points::things::end_equipment)),
        act(
            "/points/{point}/equipment/{piece}/withdraw",
            Who::TRADE,
            post(points::things::withdraw_equipment),
        ),
        page("/points/{point}/costs/new", Who::COSTS, get(points::things::new_cost)),
        act("/points/{point}/costs/new", Who::COSTS, post(points::things::add_cost)),
        act("/points/{point}/costs/{cost}/withdraw", Who::COSTS, post(points::things::withdraw_cost)),
        file("/points/{point}/files", Who::TRADE, paper_files::FORM_BYTES_MAX, post(points::files::bring)),
        page("/points/{point}/files/{file}", Who::Stores, get(points::files::give)),
        page("/me", Who::Producer, get(producer::overview::get)),
        page("/me/consigned", Who::Producer, get(producer::consigned::get)),
        page("/me/deliveries", Who::Producer, get(producer::deliveries::get)),
        page("/me/moves", Who::Producer, get(producer::moves::open)),
        page("/me/settlements/{stream}/{seq}/moves", Who::Producer, get(producer::moves::of_settlement)),
        page("/me/announced", Who::Producer, get(producer::announced::get)),
        act("/me/announced", Who::Producer, post(producer::announced::announce)),
        act("/me/announced/{delivery}/end", Who::Producer, post(producer::announced::end)),
        page("/me/sold", Who::Producer, get(producer::sold::get)),
        page("/me/terms", Who::Producer, get(producer::terms::get)),
        page("/me/grid", Who::Producer, get(producer::grid::get)),
        page("/me/grid.xlsx", Who::Producer, get(producer::grid::xlsx)),
        page("/me/dossier", Who::Producer, get(producer::dossier::get)),
        page("/me/settlements", Who::Producer, get(producer::settlements::get)),
        page("/me/settlements/{stream}/{seq}", Who::Producer, get(producer::settlement::get)),
        file(
            "/me/settlements/{stream}/{seq}/papers",
            Who::Producer,
            paper_files::FORM_BYTES_MAX,
            post(producer::settlement::papers::bring),
        ),
        page(
            "/me/settlements/{stream}/{seq}/papers/{paper}",
            Who::Producer,
            get(producer::settlement::papers::give),
        ),
        page("/me/joint/{joint}", Who::Producer, get(joint::of_producer)),
        act("/me/news", Who::Producer, post(producer::news::ask)),
        act("/me/news/end", Who::Producer, post(producer::news::end)),
        act("/me/reading-key", Who::Producer, post(producer::reading_key::make)),
        act("/me/reading-key/end", Who::Producer, post(producer::reading_key::end)),
        page("/p/{key}", Who::Anybody, get(producer::overview::get)),
        page("/p/{key}/consigned", Who::Anybody, get(producer::consigned::get)),
        page("/p/{key}/deliveries", Who::Anybody, get(producer::deliveries::get)),
        page("/p/{key}/moves", Who::Anybody, get(producer::moves::open)),
        page("/p/{key}/settlements/{stream}/{seq}/moves", Who::Anybody, get(producer::moves::of_settlement)),
        page("/p/{key}/sold", Who::Anybody, get(producer::sold::get)),
        page("/p/{key}/terms", Who::Anybody, get(producer::terms::get)),
        page("/p/{key}/grid", Who::Anybody, get(producer::grid::get)),
        page("/p/{key}/grid.xlsx", Who::Anybody, get(producer::grid::xlsx)),
        page("/p/{key}/dossier", Who::Anybody, get(producer::dossier::get)),
        page("/p/{key}/settlements", Who::Anybody, get(producer::settlements::get)),
        page("/p/{key}/settlements/{stream}/{seq}", Who::Anybody, get(producer::settlement::get)),
        page(
            "/p/{key}/settlements/{stream}/{seq}/papers/{paper}",
            Who::Anybody,
            get(producer::settlement::papers::give),
        ),
        page("/p/{key}/joint/{joint}", Who::Anybody, get(joint::of_producer)),
        page("/welcome/{token}", Who::Anybody, get(welcome::get)),
        act("/welcome/{token}", Who::Anybody, post(welcome::post)),
        act("/me/settlements/{stream}/{seq}/confirm", Who::Producer, post(producer::settlement::confirm)),
        act("/me/settlements/{stream}/{seq}/dispute", Who::Producer, post(producer::settlement::dispute)),
        act("/me/settlements/{stream}/{seq}/insist", Who::Producer, post(producer::settlement::insist)),
    ]
}

/// Returns the whole service.
pub fn router(app: App) -> Router {
    let request_time = Duration::from_secs(app.config.limits.request_s);
    let sync = Router::new()
        .route("/sync/v1/streams/{stream}/entries", post(push::post).get(journals::entries))
        .route("/sync/v1/streams", get(journals::list))
        .route("/sync/v1/streams/{stream}/head", get(head::get))
        .route("/sync/v1/streams/{stream}/condition", post(condition::post))
        .route("/sync/v1/catalogue", get(catalogue::get))
        .route("/sync/v1/bank-notices", get(bank_notices::get))
        .route("/sync/v1/transfers", get(transfers::get))
        .route("/sync/v1/enrol", post(enrol::post));
    Router::new()
        .merge(sync)
        .merge(people(&app))
        .route("/bank-notices/v1/sepay", post(bank_notices::post))
        .route("/healthz", get(health::healthz))
        .route("/metrics", get(health::metrics))
        .route("/api/openapi.json", get(openapi::get))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, request_time))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(origins(&app.config), security::headers))
        .with_state(app)
}

/// What people open in a browser, behind everything that guards it.
fn people(app: &App) -> Router<App> {
    let sessions = LoginSessions::new(app.db.clone(), app.clock.clone());
    let is_https = app.config.is_https();
    let sessions = SessionManagerLayer::new(sessions)
        .with_name(if is_https { "__Host-login" } else { "login" })
        .with_secure(is_https)
        // Lax, so that a report that was sent as a link opens.
        .with_same_site(SameSite::Lax);
    let (mut routers, reads): (BTreeMap<usize, Router<App>>, _) = (BTreeMap::new(), openapi::reads());
    for Route { method, path, who, body_bytes_max, handler } in pages() {
        let mut handler = handler.layer(from_fn_with_state((app.clone(), who), visit::guard));
        if let Some((_, layer)) = SECRETS.into_iter().find(|(start, _)| path.starts_with(start)) {
            handler = handler.layer(from_fn_with_state(layer, security::unlisted));
        }
        let mut router = routers.remove(&body_bytes_max).unwrap_or_default();
        if method == "GET" && reads.contains(path) {
            router = router.route(&format!("{}{path}", v1::ROOT), handler.clone());
        }
        routers.insert(body_bytes_max, router.route(path, handler));
    }
    // From the inside to the outside. A body is counted before anything reads it.
    let guarded = |(body_bytes_max, routes): (usize, Router<App>)| {
        routes
            .layer(from_fn(csrf::check))
            .layer(from_fn_with_state(app.clone(), visit::load))
            .layer(sessions.clone())
            .layer(RequestBodyLimitLayer::new(body_bytes_max))
    };
    let router = routers.into_iter().map(guarded).fold(Router::new(), Router::merge);
    router
        .merge(assets::router())
        .fallback(async || Fault::not_found())
        .layer(from_fn_with_state(origins(&app.config), security::same_origin))
        .layer(from_fn(lang::remember))
        .layer(CatchPanicLayer::custom(::web::error::panicked))
        .layer(from_fn_with_state(Arc::<str>::from(Lang::Vi.brand()), ::web::error::render))
        .layer(from_fn(v1::as_json))
}

/// Returns the names under which browsers reach the service.
fn origins(config: &Config) -> security::Origins {
    let url = config.public_url.as_str();
    let public = url.strip_prefix("https://").or(url.strip_prefix("http://")).unwrap_or(url);
    let public = public.split('/').next().unwrap_or(public);
    let (listen, local) = (config.listen.to_string(), format!("localhost:{}", config.listen.port()));
    security::Origins::new([public, listen.as_str(), local.as_str()], config.is_https())
}
