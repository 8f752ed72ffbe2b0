//! A store whose counter pages are served, and signing in there and at central as people do.

use std::net::SocketAddr;

use central::db::producers;
use central::db::users::Role;
use pos::Config;
use testkit::browser::Browser;
use testkit::catalogue::PIN;
use testkit::proxy::Proxy;
use testkit::store::TestStore;
use testkit::world::World;
use thirtyfour::prelude::{By, ElementQueryable, WebDriverResult};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::looking::{click, until};

/// Everybody's password at central.
pub(crate) const PASSWORD: &str = "gio bien Ly Son";

/// Of the ids that are drawn after a cut.
const SEED_AFTER_THE_CUT: u64 = 21;

/// A store at work.
pub(crate) struct Shop {
    /// The store.
    pub(crate) store: TestStore,
    /// Where its pages are.
    pub(crate) url: String,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl Shop {
    /// Opens a store that has [`testkit::catalogue::Catalogue::usual`] and no central, with goods on the shelf.
    pub(crate) async fn open() -> Self {
        Self::with_workers(TestStore::new().await).await
    }

    /// Opens the same with pages that are reached through a network that fails on command.
    pub(crate) async fn behind_proxy() -> (Self, Proxy) {
        let (listener, address) = port().await;
        let proxy = Proxy::start(address).await;
        let allowed_hosts = vec![proxy.address().to_string()];
        let store = TestStore::closed(Config { allowed_hosts, ..Config::default() }).await;
        store.open_shift().await;
        let mut shop = Self::serve(store, listener, address, false);
        shop.url = proxy.url();
        (shop, proxy)
    }

    /// Serves the pages of a store, which syncs and prints.
    pub(crate) async fn with_workers(store: TestStore) -> Self {
        let (listener, address) = port().await;
        Self::serve(store, listener, address, true)
    }

    /// Opens a store with a till for practising beside it; returns where that one's pages are, too.
    pub(crate) async fn with_training() -> (Self, String) {
        let ((listener, address), (beside, practice)) = (port().await, port().await);
        let config = Config { listen: address, training_listen: Some(practice), ..Config::default() };
        let store = TestStore::closed(config).await;
        store.open_shift().await;
        let app = store.app.clone();
        tokio::spawn(async move {
            pos::serve::serve_training(&app, beside).await.expect("the till for practising is served");
        });
        (Self::serve(store, listener, address, false), format!("http://{practice}"))
    }

    /// Serves the pages of a store alone.
    pub(crate) async fn pages(store: TestStore) -> Self {
        let (listener, address) = port().await;
        Self::serve(store, listener, address, false)
    }

    fn serve(store: TestStore, listener: TcpListener, address: SocketAddr, works: bool) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let app = store.app.clone();
        let served = tokio::spawn(async move {
            let workers = if works { Vec::from(pos::serve::spawn_workers(&app)) } else { Vec::new() };
            let ended = async {
                // Dropping the sender ends the service too.
                let _ = stopped.await;
            };
            pos::serve::serve_pages(app, listener, ended).await.expect("the pages are served");
            workers.iter().for_each(JoinHandle::abort);
        });
        Self { store, url: format!("http://{address}"), stop, served }
    }

    /// Ends the program and starts it again on the same data, an hour later and at another address.
    pub(crate) async fn restart(self) -> Self {
        Self::with_workers(self.end().await.restart().await).await
    }

    /// Goes on an hour later with what is on the disk at this moment: the program had no time to end anything.
    pub(crate) async fn pull_the_plug(self) -> Self {
        let disk = self.store.snapshot();
        let store = self.store.start_copy(disk, SEED_AFTER_THE_CUT).await;
        store.clock.advance(3_600_000);
        self.end().await;
        Self::with_workers(store).await
    }

    /// Ends the program, and returns its data.
    pub(crate) async fn end(self) -> TestStore {
        drop(self.stop);
        self.served.await.expect("the program ends");
        self.store
    }

    /// Signs the first person in, at the counter of the store's seat.
    pub(crate) async fn sign_in(&self, browser: &Browser) -> WebDriverResult<()> {
        self.sign_in_as(browser, self.store.seat.cashier_id.uuid()).await
    }

    /// Signs a person in there.
    pub(crate) async fn sign_in_as(&self, browser: &Browser, person: Uuid) -> WebDriverResult<()> {
        browser.goto(&self.url).await?;
        choose_person(browser, person).await?;
        counter_is_ready(browser).await
    }
}

/// Chooses a person on the page that asks who is at the counter, and types the PIN.
pub(crate) async fn choose_person(browser: &Browser, person: Uuid) -> WebDriverResult<()> {
    let person = format!("input[name=cashier_id][value='{person}']");
    click(browser, &person).await?;
    enter_pin(browser, PIN).await
}

async fn port() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    (listener, address)
}

/// Types a PIN and presses the button below it.
pub(crate) async fn enter_pin(browser: &Browser, pin: &str) -> WebDriverResult<()> {
    browser.query(By::Css("#pin")).first().await?.send_keys(pin).await?;
    click(browser, "form button.primary").await
}

/// Waits until the counter's page hears what happens and has the focus in its box.
pub(crate) async fn counter_is_ready(browser: &Browser) -> WebDriverResult<()> {
    until(
        browser,
        "document.activeElement.matches('[data-box]') && document.documentElement.dataset.link === ''",
    )
    .await
}

/// Signs in at central and opens a page there.
pub(crate) async fn sign_in_at_central(browser: &Browser, page: &str, login: &str) -> WebDriverResult<()> {
    browser.goto(page).await?;
    browser.query(By::Css("input[name=account]")).first().await?.send_keys(login).await?;
    browser.query(By::Css("input[name=password]")).first().await?.send_keys(PASSWORD).await?;
    click(browser, "form button.primary").await?;
    until(browser, "document.querySelector('form[action=\"/logout\"]')").await
}

/// Signs out at central; the page is there when this returns, so that nothing overtakes it.
pub(crate) async fn sign_out_at_central(browser: &Browser) -> WebDriverResult<()> {
    click(browser, "form[action='/logout'] button").await?;
    until(browser, "document.querySelector('input[name=account]')").await
}

/// Lets an administrator (`quantri`), somebody of the department (`ngan`) and the makers of the garlic (`toiden`) sign in at
/// central.
pub(crate) async fn add_people(world: &World) {
    let garlic_makers = producers::search(&world.central.db, "Tỏi đen", 1).await.expect("a search");
    let producer = Role::Producer(garlic_makers.first().expect("the producer").id);
    for (login, name, role) in [
        ("quantri", "Lê Thị Minh", Role::Admin),
        ("ngan", "Võ Thị Kim Ngân", Role::Department),
        ("toiden", "Bùi Văn Tấn", producer),
        ("ketoan", "Phạm Thị Thu", Role::Operator(world.operator())),
    ] {
        world.admin().add_user(login, name, role, PASSWORD).await.expect("a person");
    }
}
