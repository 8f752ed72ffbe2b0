//! A whole day of a shop, by keys, scanner and pages alone: two cashiers at two counters with a printer each, forty sales of
//! all kinds, goods that come back, a roll of paper that ends, a network that goes, a power cut, and two drawers that are
//! counted. At its end both Z are what the journal says, to the đồng, and central has all of it.

mod desk;
mod hand;
mod recount;

use std::collections::BTreeMap;

use domain::ids::CashierId;
use pos::Config;
use pos::config::CreditConfig;
use pos::counter::Seat;
use receipts::profile::{Paper, Profile};
use stories::books;
use testkit::browser::{Browser, Viewport};
use testkit::catalogue::PIN;
use testkit::printer::FakePrinter;
use testkit::store::TestStore;
use testkit::world::{FISH_SAUCE, GARLIC, World, sync};
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{becomes, shows};
use crate::shop::Shop;
use hand::{Cashier, Way};

const SECOND_CASHIER: &str = "Lê Thị Mai";
const FLOATS_VND: [i64; 2] = [500_000, 300_000];
/// Long enough for a print that failed to be tried again.
const MINUTE_MS: i64 = 61_000;

#[tokio::test]
async fn a_day_of_forty_sales_at_two_counters_adds_up_to_the_dong() {
    let _others = crate::QUIET.read().await;
    let printers = [FakePrinter::start().await, FakePrinter::start().await];
    let mut world = World::with_catalogue().await;
    let (store, seats) = open(&world, &printers).await;
    let shop = Shop::with_workers(store).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        let counters = sit_down(browser, &shop, &seats).await?;
        for cashier in counters.each() {
            cashier.open_shift(browser).await?;
        }
        for code in [GARLIC, FISH_SAUCE] {
            shop.store.deliver(code, 100).await;
        }
        morning(browser, &counters, &printers).await?;
        world.stop().await;
        without_network(browser, &counters).await
    })
    .await;
    let shop = shop.pull_the_plug().await;
    world.start().await;
    Browser::story(Viewport::COUNTER, async |browser| {
        let counters = sit_down(browser, &shop, &seats).await?;
        afternoon(browser, &counters).await?;
        close(browser, &counters).await
    })
    .await;
    adds_up(shop, &world, &printers).await;
}

/// A store with two counters, a person for each, and an account at central.
async fn open(world: &World, printers: &[FakePrinter; 2]) -> (TestStore, [Seat; 2]) {
    let (store_id, seat) = world.add_store("LS").await;
    let second = world.admin().add_cashier(store_id, SECOND_CASHIER, false, PIN).await.expect("a cashier");
    let config = Config {
        central_url: world.url.clone(),
        printer: printers[0].address(),
        printers: BTreeMap::from([("Quầy 2".to_owned(), printers[1].address())]),
        credit: CreditConfig { most_vnd: 1_000_000 },
        ..Config::default()
    };
    let mut store = TestStore::seeded(config, 20).await;
    store.seat = seat.clone();
    world.enrol(&store, store_id, true).await;
    sync(&store).await;
    let other = |cashier_id: CashierId| Seat {
        counter: "Quầy 2".to_owned(),
        cashier_id,
        cashier: SECOND_CASHIER.to_owned(),
        manager: false,
    };
    (store, [seat, other(second)])
}

/// Both counters, each in a window of its own.
struct Counters<'a>([Cashier<'a>; 2]);

impl<'a> Counters<'a> {
    fn each(&self) -> impl Iterator<Item = &Cashier<'a>> {
        self.0.iter()
    }

    /// The counter of the n-th sale: they take turns.
    fn of(&self, sale: usize) -> &Cashier<'a> {
        &self.0[sale % 2]
    }
}

/// Signs both cashiers in. Two names of one computer keep their login sessions apart, as two computers do.
async fn sit_down<'a>(browser: &Browser, shop: &'a Shop, seats: &[Seat; 2]) -> WebDriverResult<Counters<'a>> {
    let first = browser.window().await?;
    let second = browser.new_window().await?;
    let other_name = shop.url.replace("127.0.0.1", "localhost");
    let counters = Counters([
        Cashier {
            shop,
            seat: seats[0].clone(),
            window: first,
            url: shop.url.clone(),
            float_vnd: FLOATS_VND[0],
        },
        Cashier { shop, seat: seats[1].clone(), window: second, url: other_name, float_vnd: FLOATS_VND[1] },
    ]);
    for (cashier, number) in counters.each().zip(["1", "2"]) {
        cashier.sign_in(browser, number).await?;
    }
    Ok(counters)
}

/// Sales 0 to 15: every way of paying, a discount by PIN, a parked cart, and a roll of paper that ends.
async fn morning(
    browser: &Browser,
    counters: &Counters<'_>,
    printers: &[FakePrinter; 2],
) -> WebDriverResult<()> {
    for sale in 0..6 {
        counters.of(sale).sell(browser, &[GARLIC], Way::of(sale)).await?;
    }
    counters.of(6).discount_by_pin(browser, GARLIC, "30%").await?;
    counters.of(7).sell(browser, &[FISH_SAUCE, GARLIC, FISH_SAUCE], Way::Typed).await?;
    counters.of(8).park(browser, &[FISH_SAUCE], "chị Lan").await?;
    counters.of(8).sell(browser, &[GARLIC], Way::Exact).await?;
    counters.of(8).resume_and_pay(browser).await?;

    printers[1].set_out_of_paper(true);
    for sale in [9, 11, 13] {
        counters.of(sale).sell(browser, &[FISH_SAUCE], Way::of(sale)).await?;
    }
    becomes("a printer that says that it has no paper", || printers[1].refused() > 0).await;
    shows(browser, "hết giấy").await?;
    printers[1].set_out_of_paper(false);
    let store = &counters.of(1).shop.store;
    store.clock.advance(MINUTE_MS);
    store.app.tell_printable();
    let all = || printers[1].papers(&profile()).len() == 7;
    becomes("every paper of the second counter", all).await;
    for sale in [10, 12, 14, 15] {
        counters.of(sale).sell(browser, &[GARLIC, FISH_SAUCE], Way::of(sale)).await?;
    }
    Ok(())
}

/// Sales 16 to 27, which central cannot hear of; the last cart is not paid.
async fn without_network(browser: &Browser, counters: &Counters<'_>) -> WebDriverResult<()> {
    for sale in 16..28 {
        counters.of(sale).sell(browser, &[GARLIC], Way::of(sale)).await?;
    }
    shows(browser, "Chưa nối trung tâm").await?;
    counters.of(28).scan(browser, &[GARLIC, GARLIC]).await
}

/// Sales 28 to 39, two of them from the pad; goods that come back, money that comes later, money in and out.
async fn afternoon(browser: &Browser, counters: &Counters<'_>) -> WebDriverResult<()> {
    let first = counters.of(28);
    first.here(browser).await?;
    shows(browser, "560.000 ₫").await?;
    let sold = first.pay(browser, Way::Exact).await?;
    // What was sold by hand while the till was dark.
    first.sell_from_pad(browser, "08:30", "1", FISH_SAUCE).await?;
    counters.of(29).sell_from_pad(browser, "0845", "2", GARLIC).await?;
    first.here(browser).await?;
    for sale in 29..35 {
        counters.of(sale).sell(browser, &[FISH_SAUCE], Way::of(sale)).await?;
    }
    first.refund_part(browser, &sold, 1).await?;
    first.refund_rest(browser, &sold).await?;
    first.refund_is_over(browser, &sold).await?;
    let voided = counters.of(39).sell(browser, &[GARLIC], Way::Exact).await?;
    counters.of(39).void(browser, &voided).await?;
    first.on_credit(browser, GARLIC, "anh Tấn").await?;
    first.money_came(browser).await?;
    first.cash_out(browser, "50000", "trả tiền đá").await
}

/// Counts both drawers: one is short by 20.000 ₫, the other one right.
async fn close(browser: &Browser, counters: &Counters<'_>) -> WebDriverResult<()> {
    for (cashier, difference_vnd) in counters.each().zip([-20_000, 0]) {
        let expected = cashier.expected().await;
        cashier.close(browser, expected + difference_vnd).await?;
    }
    Ok(())
}

fn profile() -> Profile {
    Profile::new(Paper::Dots576)
}

/// Both Z, the papers, the books and central agree with a recount of the journal.
async fn adds_up(shop: Shop, world: &World, printers: &[FakePrinter; 2]) {
    let journal = recount::Journal::read(&shop.store).await;
    assert_eq!(journal.sales(), 40);
    for (printer, counter) in printers.iter().zip(["Quầy 1", "Quầy 2"]) {
        let told = recount::z_of(&shop.store, counter).await;
        assert_eq!(told, journal.recount(counter), "the Z of {counter}");
        let wanted = journal.papers(counter);
        becomes("the last paper", || printer.papers(&profile()).len() >= wanted).await;
        assert_eq!(printer.papers(&profile()).len(), wanted, "each paper of {counter} once");
    }
    let store = shop.end().await;
    sync(&store).await;
    let store_id = books::id_of(&store).await;
    assert_eq!(books::of_store(&store).await, books::at_central(world, store_id).await);
    assert_eq!(store.state().await.central.waiting_sales, 0);
    store.check().await;
}
