//! The frames around central's pages.

use maud::{Markup, html};
use web::form::csrf_field;
use web::layout::{Link, Page, Shape};
use web::words::WebTexts;

use super::account_texts::AccountTexts;
use super::audit_texts::AuditTexts;
use super::campaign_texts::CampaignTexts;
use super::import_texts::ImportTexts;
use super::introduction_texts::IntroductionTexts;
use super::inventory_texts::InventoryTexts;
use super::joint_texts::JointTexts;
use super::nomination_texts::NominationTexts;
use super::outcome_texts::OutcomeTexts;
use super::pack_texts::PackTexts;
use super::paper_texts::PaperTexts;
use super::people_texts::PeopleTexts;
use super::place_texts::PlaceTexts;
use super::point_texts::PointTexts;
use super::producer::announced_texts::AnnouncedTexts;
use super::producer::delivery_texts::DeliveryTexts;
use super::producer::dossier_texts::DossierTexts;
use super::producer::grid_texts::GridTexts;
use super::producer::settlement_texts::SettlementTexts;
use super::producer::talk_texts::TalkTexts;
use super::producer_list_texts::ProducerListTexts;
use super::product_group_texts::ProductGroupTexts;
use super::product_texts::ProductTexts;
use super::promotion_texts::PromotionTexts;
use super::provisional_texts::ProvisionalTexts;
use super::reconciliation_texts::ReconciliationTexts;
use super::report_texts::ReportTexts;
use super::shop_term_texts::ShopTermTexts;
use super::shop_texts::ShopTexts;
use super::standard_texts::StandardTexts;
use super::texts::CentralTexts;
use super::visit::{Visit, Who};
use crate::app::App;
use crate::db::users::Role;

/// A page that others lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// An operator's stores.
    Shops,
    /// What an operator owes producers.
    Owed,
    /// What the department nominates for an operator's stores.
    ShopNominations,
    /// Settlements of an operator's stores.
    ShopSettlements,
    /// An operator's contracts with producers.
    ShopTerms,
    /// Sales per product.
    Sales,
    /// Inventory over all stores.
    Inventory,
    /// The catalogue's products.
    Products,
    /// Groups of products.
    ProductGroups,
    /// Levels and sets of criteria that recognitions are decided by.
    Standards,
    /// Papers of products.
    Dossiers,
    /// Products that sections nominate for points.
    Nominations,
    /// Whose goods they are.
    Producers,
    /// Communes, wards and special zones.
    Places,
    /// What units from before became.
    FormerPlaces,
    /// Promotions.
    Promotions,
    /// Campaigns that make goods known.
    Campaigns,
    /// What promotion brought in a period.
    Outcome,
    /// Introductions outside campaigns.
    Introductions,
    /// Products that stores added.
    Provisional,
    /// How often labels were scanned.
    Scans,
    /// Lists of products that come as files.
    Imports,
    /// The department's official report.
    Reports,
    /// Cash, bank, invoices, stock and settlements of a period against each other.
    Reconciliation,
    /// Stores and their devices.
    Stores,
    /// People who may sign in.
    People,
    /// What people did.
    Audit,
    /// Somebody's own account.
    Account,
    /// Points of sale with their files.
    Points,
    /// A producer's overview.
    Overview,
    /// A producer's goods in the stores.
    Consigned,
    /// Deliveries that a producer announces.
    Announced,
    /// Goods that a producer delivered.
    Deliveries,
    /// What a producer sold.
    Sold,
    /// A producer's settlements.
    Settlements,
    /// A producer's terms.
    Terms,
    /// A producer's goods by product and store.
    Grid,
    /// What a product sold, as a paper for its dossier.
    Dossier,
}

impl Place {
    /// Those that stand in the navigation, where a phone has room for four; other pages lead to the rest.
    const TABS: [Self; 13] = [
        Self::Shops,
        Self::Sales,
        Self::Inventory,
        Self::Products,
        Self::Producers,
        Self::Promotions,
        Self::Reports,
        Self::Stores,
        Self::Audit,
        Self::Overview,
        Self::Consigned,
        Self::Sold,
        Self::Settlements,
    ];

    /// Returns its address.
    pub const fn href(self) -> &'static str {
        match self {
            Self::Shops => "/shops",
            Self::Owed => crate::web::owed::OWED,
            Self::ShopNominations => crate::web::shop_nominations::ADDRESS,
            Self::ShopSettlements => crate::web::shop_settlements::ADDRESS,
            Self::ShopTerms => crate::web::shop_terms::ADDRESS,
            Self::Sales => "/sales",
            Self::Inventory => "/inventory",
            Self::Products => "/products",
            Self::ProductGroups => "/products/groups",
            Self::Standards => "/products/standards",
            Self::Dossiers => "/dossiers",
            Self::Nominations => "/nominations",
            Self::Producers => "/producers",
            Self::Places => "/places",
            Self::FormerPlaces => "/places/former",
            Self::Promotions => "/promotions",
            Self::Campaigns => "/campaigns",
            Self::Outcome => "/campaigns/outcome",
            Self::Introductions => "/campaigns/introductions",
            Self::Provisional => "/provisional",
            Self::Scans => "/scans",
            Self::Imports => "/imports",
            Self::Reports => "/reports",
            Self::Reconciliation => "/audit/period",
            Self::Stores => "/stores",
            Self::People => "/people",
            Self::Audit => "/audit",
            Self::Account => crate::web::account::ADDRESS,
            Self::Points => "/points",
            Self::Overview => "/me",
            Self::Consigned => "/me/consigned",
            Self::Announced => "/me/announced",
            Self::Deliveries => "/me/deliveries",
            Self::Sold => "/me/sold",
            Self::Settlements => "/me/settlements",
            Self::Terms => "/me/terms",
            Self::Grid => "/me/grid",
            Self::Dossier => "/me/dossier",
        }
    }

    /// Returns the page in whose tab it stands.
    const fn tab(self) -> Self {
        match self {
            Self::Owed | Self::ShopNominations | Self::ShopSettlements | Self::ShopTerms => Self::Shops,
            Self::Campaigns | Self::Outcome | Self::Introductions => Self::Promotions,
            Self::ProductGroups
            | Self::Standards
            | Self::Dossiers
            | Self::Nominations
            | Self::Provisional
            | Self::Scans
            | Self::Imports => Self::Products,
            Self::Places | Self::FormerPlaces => Self::Producers,
            Self::People | Self::Points => Self::Stores,
            Self::Reconciliation => Self::Audit,
            Self::Terms => Self::Settlements,
            Self::Announced | Self::Deliveries => Self::Consigned,
            other => other,
        }
    }

    const fn who(self) -> Who {
        match self {
            Self::Sales | Self::Inventory | Self::Promotions => Who::Sales,
            Self::Shops | Self::Owed | Self::ShopNominations | Self::ShopSettlements | Self::ShopTerms => {
                Who::Operator
            }
            Self::Campaigns
            | Self::Outcome
            | Self::Introductions
            | Self::Products
            | Self::ProductGroups
            | Self::Standards
            | Self::Dossiers
            | Self::Nominations
            | Self::Producers
            | Self::Places
            | Self::FormerPlaces
            | Self::Provisional
            | Self::Scans
            | Self::Reports
            | Self::Stores
            | Self::Points => Who::Stores,
            Self::Imports => Who::LISTS,
            Self::People => Who::Admin,
            Self::Audit | Self::Reconciliation => Who::Audit,
            Self::Account => Who::SignedIn,
            Self::Overview
            | Self::Consigned
            | Self::Announced
            | Self::Deliveries
            | Self::Sold
            | Self::Settlements
            | Self::Terms
            | Self::Grid
            | Self::Dossier => Who::Producer,
        }
    }

    /// Returns the address of a producer's page below another beginning than `/me`.
    pub fn below(self, root: &str) -> String {
        format!("{root}{}", self.href().trim_start_matches("/me"))
    }

    /// Returns its title.
    pub fn words(self, lang: web::Lang) -> &'static str {
        match self {
            Self::Shops => lang.page_shops(),
            Self::Owed => lang.page_owed(),
            Self::ShopNominations => lang.page_shop_nominations(),
            Self::ShopSettlements => lang.page_shop_settlements(),
            Self::ShopTerms => lang.page_shop_terms(),
            Self::Sales => lang.page_sales(),
            Self::Inventory => lang.page_inventory(),
            Self::Products => lang.page_products(),
            Self::ProductGroups => lang.page_groups(),
            Self::Standards => lang.page_standards(),
            Self::Dossiers => lang.page_dossiers(),
            Self::Nominations => lang.page_nominations(),
            Self::Producers => lang.page_producers(),
            Self::Places => lang.page_places(),
            Self::FormerPlaces => lang.page_former_places(),
            Self::Promotions => lang.page_promotions(),
            Self::Campaigns => lang.page_campaigns(),
            Self::Outcome => lang.page_outcome(),
            Self::Introductions => lang.page_introductions(),
            Self::Provisional => lang.page_provisional(),
            Self::Scans => lang.page_scans(),
            Self::Imports => lang.page_imports(),
            Self::Reports => lang.page_reports(),
            Self::Reconciliation => lang.page_reconciliation(),
            Self::Stores => lang.page_stores(),
            Self::People => lang.page_people(),
            Self::Audit => lang.page_audit(),
            Self::Account => lang.page_account(),
            Self::Points => lang.page_points(),
            Self::Overview => lang.page_overview(),
            Self::Consigned => lang.page_consigned(),
            Self::Announced => lang.page_announced(),
            Self::Deliveries => lang.page_deliveries(),
            Self::Sold => lang.page_sold(),
            Self::Settlements => lang.page_settlements(),
            Self::Terms => lang.page_terms(),
            Self::Grid => lang.page_grid(),
            Self::Dossier => lang.page_dossier(),
        }
    }
}

/// What differs from page to page.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The page.
    pub place: Place,
    /// Whose page it is.
    pub brand: &'a str,
    /// What stands in its address behind the question mark.
    pub query: &'a str,
}

/// Returns a page around its main part.
pub fn page(visit: &Visit, frame: &Frame<'_>, main: Markup) -> Markup {
    let links: Vec<Link<'_>> = Place::TABS
        .into_iter()
        .filter(|place| place.who().admits(visit.user.role))
        .map(|place| Link {
            href: place.href(),
            words: place.words(visit.lang),
            is_here: place == frame.place.tab(),
        })
        .collect();
    let is_phone = matches!(visit.user.role, Role::Producer(_) | Role::Operator(_))
        && (frame.place == Place::Account || matches!(frame.place.who(), Who::Producer | Who::Operator));
    let shape = if is_phone { Shape::Phone } else { Shape::Desk };
    let page = Page {
        csrf: Some(&visit.csrf),
        login: Some("/login"),
        links: &links,
        query: frame.query,
        // A phone's header has no room for it: there it stands below.
        status: html! { @if !is_phone { a.who href=(Place::Account.href()) { (visit.user.name) } (log_out(visit)) } },
        is_demo: visit.app.config.is_demo(),
        ..Page::new(visit.lang, shape, frame.brand, frame.place.words(visit.lang))
    };
    page.with(main)
}

/// Returns a producer's page for whoever holds the reading key: nothing on it can be pressed that changes anything.
pub fn reading_page((app, lang): (&App, web::Lang), root: &str, frame: &Frame<'_>, main: Markup) -> Markup {
    let places = Place::TABS.into_iter().filter(|place| place.who() == Who::Producer);
    let places: Vec<(Place, String)> = places.map(|place| (place, place.below(root))).collect();
    let links: Vec<Link<'_>> = places
        .iter()
        .map(|(place, href)| Link { href, words: place.words(lang), is_here: *place == frame.place })
        .collect();
    let page = Page {
        links: &links,
        query: frame.query,
        is_demo: app.config.is_demo(),
        ..Page::new(lang, Shape::Phone, frame.brand, frame.place.words(lang))
    };
    page.with(main)
}

/// The way to the other pages of a list; nothing when there is one page. `href` returns the address of a page, from 1 on.
pub fn pager(
    lang: web::Lang,
    label: &str,
    (page, pages): (usize, usize),
    href: impl Fn(usize) -> String,
) -> Markup {
    let link = |page: usize, words: &str| html! { a.button href=(href(page)) { (words) } };
    html! {
        @if pages > 1 {
            nav.pager aria-label=(label) {
                span { @if page > 1 { (link(page - 1, lang.page_before())) } }
                span { (lang.page_of(page, pages)) }
                span { @if page < pages { (link(page + 1, lang.page_next())) } }
            }
        }
    }
}

/// What stands below a phone's page: the way to one's own account, and the button that ends the login.
pub fn leave(visit: &Visit) -> Markup {
    html! {
        div.actions { a.button href=(Place::Account.href()) { (visit.lang.page_account()) } (log_out(visit)) }
    }
}

/// The button that ends the login.
fn log_out(visit: &Visit) -> Markup {
    html! {
        form method="post" action="/logout" { (csrf_field(&visit.csrf)) button { (visit.lang.log_out()) } }
    }
}
