//! A settlement on its whole way: closed and paid at a till without a network, held against central's own books, and shown to
//! the producer with what is still owed; also by a computer that took another one's place.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a story that stumbles has failed")]

use central::admin::NewProduct;
use central::db::settlements::{self, Paper};
use central::db::users::{self, OperatorScope, ProducerScope, Role, Scope};
use central::db::{Db, consigned, exceptions};
use central::joint_settling::{self, Wanted};
use domain::catalog::SoldBy;
use domain::ids::ProductId;
use domain::tax::TaxClass;
use domain::{Money, Quantity};
use pos::Config;
use pos::counter::goods::{LINES_MAX, NewGoods, receive};
use pos::counter::note::{Delivering, PaidBy, Settling};
use pos::counter::{Note, slip};
use pos::maintenance::export::export;
use receipts::language::Language;
use receipts::slip::SlipBody;
use stories::books;
use stories::restoring::{copy, restored};
use stories::settling::{ask_to_pay, pay, producer};
use testkit::store::TestStore;
use testkit::world::{GARLIC, World, sync};

testkit::on_both_engines!(
    what_a_till_settles_is_what_the_producer_sees,
    what_the_operator_settles_each_store_records,
    a_computer_settles_what_the_one_before_it_sold,
    a_restored_till_pays_no_sale_twice,
    a_thousand_products_are_settled_by_one_act
);

/// A box costs 280.000 ₫; of that go 12 % commission and 8 % VAT on it.
const DUE: i64 = 280_000 - 33_600 - 2_688;

/// Signs the producer up, and returns what may be seen.
async fn scope(world: &World) -> ProducerScope {
    let role = Role::Producer(producer(world).await);
    world.admin().add_user("toi-den", "Võ Thị Kim Ngân", role, "hành tím mồ côi").await.unwrap();
    let user = users::find_by_login(&world.central.db, "toi-den", world.central.clock.now_ms())
        .await
        .unwrap()
        .unwrap();
    let Scope::Producer(scope) = user.scope() else { panic!("{user:?}") };
    scope
}

async fn owed(world: &World, scope: ProducerScope) -> i64 {
    consigned::owed(&world.central.db, scope).await.unwrap().iter().map(|row| row.due.vnd()).sum()
}

async fn papers(world: &World, scope: ProducerScope) -> Vec<Paper> {
    settlements::list(&world.central.db, scope, 10).await.unwrap()
}

/// Central has the store's books, and nothing in suspense.
async fn agree(world: &World, store: &TestStore) {
    let found = exceptions::list_open(&world.central.db, 10).await.unwrap();
    assert!(found.is_empty(), "{found:?}");
    let store_id = books::id_of(store).await;
    assert_eq!(books::of_store(store).await, books::at_central(world, store_id).await);
    central::verify::verify(&world.central.db).await.unwrap();
    store.check().await;
}

async fn what_a_till_settles_is_what_the_producer_sees(db: Db) {
    let mut world = World::over(db).await;
    let store = world.open_store("LS").await;
    let scope = scope(&world).await;
    // The network is gone: the producer comes, and is paid all the same.
    world.stop().await;
    for _ in 0..3 {
        store.sell(GARLIC).await;
    }
    pay(&world, &store, 2 * DUE, true).await;
    store.sell(GARLIC).await;
    pay(&world, &store, DUE, false).await;
    world.start().await;
    assert!(papers(&world, scope).await.is_empty());
    sync(&store).await;
    agree(&world, &store).await;
    assert_eq!(owed(&world, scope).await, DUE);
    let shown = papers(&world, scope).await;
    let [paid, settled] = shown.as_slice() else { panic!("{shown:?}") };
    assert!(settled.is_settlement && !paid.is_settlement, "{shown:?}");
    assert_eq!((settled.due.vnd(), settled.paid.vnd(), paid.paid.vnd()), (3 * DUE, 2 * DUE, DUE));
    let mut tx = world.central.db.begin_reading().await.unwrap();
    let told = settlements::find_told_in(&mut tx, settled.id).await.unwrap().unwrap();
    let row = &told.rows[0];
    assert_eq!((row.received, row.sold, row.closing), (10_000, 3_000, 7_000));
}

/// Two stores, one of them without a network and then with a new computer; each part is recorded once.
async fn what_the_operator_settles_each_store_records(db: Db) {
    let mut world = World::over(db).await;
    let (first, second) = (world.open_store("LS").await, world.open_store("SH").await);
    let scope = scope(&world).await;
    for (store, boxes) in [(&first, 3), (&second, 1)] {
        for _ in 0..boxes {
            store.sell(GARLIC).await;
        }
        sync(store).await;
    }
    let office = office(&world).await;
    let producer_id = producer(&world).await;
    let mut tx = world.central.db.begin_reading().await.unwrap();
    let id = joint_settling::next_in(&mut tx, office, producer_id).await.unwrap();
    drop(tx);
    let joint = Wanted {
        id,
        producer_id,
        shown: Money::new(4 * DUE),
        amount: Money::new(4 * DUE),
        paid_on: time::macros::date!(2026 - 11 - 23),
    };
    joint_settling::settle(&world.central, (office, "co-so"), &joint).await.unwrap();
    // What it heard before the network went it records without one; the other store hears later.
    sync(&first).await;
    world.stop().await;
    second.sell(GARLIC).await;
    world.start().await;
    for _ in 0..2 {
        sync(&second).await;
        sync(&first).await;
    }
    let shown = papers(&world, scope).await;
    let told: Vec<(i64, i64)> = shown.iter().map(|paper| (paper.due.vnd(), paper.paid.vnd())).collect();
    assert_eq!(told.len(), 2, "{shown:?}");
    assert!(told.contains(&(3 * DUE, 3 * DUE)) && told.contains(&(2 * DUE, DUE)), "{told:?}");
    assert_eq!(owed(&world, scope).await, DUE, "the box that was sold meanwhile");
    agree(&world, &first).await;
    agree(&world, &second).await;

    // A new computer hears of the part with the catalogue, and of the entry that records it.
    let store_id = books::id_of(&second).await;
    let folder = tempfile::tempdir().unwrap();
    let config = Config { data_dir: folder.path().to_path_buf(), ..second.app.config().clone() };
    let new = TestStore::on(folder, config, second.seat.clone(), 81).await;
    new.clock.advance(second.app.clock().now_ms() - new.app.clock().now_ms());
    drop(second);
    world.enrol(&new, store_id, true).await;
    new.open_shift().await;
    sync(&new).await;
    sync(&new).await;
    assert_eq!(papers(&world, scope).await.len(), 2);
    agree(&world, &new).await;
}

/// Signs the operator's office up, and returns what may be seen.
async fn office(world: &World) -> OperatorScope {
    let role = Role::Operator(world.operator());
    world.admin().add_user("co-so", "Kế toán", role, "hành tím mồ côi").await.unwrap();
    let user = users::find_by_login(&world.central.db, "co-so", world.central.clock.now_ms())
        .await
        .unwrap()
        .unwrap();
    let Scope::Operator(scope) = user.scope() else { panic!("{user:?}") };
    scope
}

async fn a_computer_settles_what_the_one_before_it_sold(db: Db) {
    let world = World::over(db).await;
    let store = world.open_store("LS").await;
    let scope = scope(&world).await;
    let store_id = books::id_of(&store).await;
    store.sell(GARLIC).await;
    pay(&world, &store, DUE, true).await;
    store.sell(GARLIC).await;
    sync(&store).await;

    let folder = tempfile::tempdir().unwrap();
    let config = Config { data_dir: folder.path().to_path_buf(), ..store.app.config().clone() };
    let new = TestStore::on(folder, config, store.seat.clone(), 81).await;
    new.clock.advance(store.app.clock().now_ms() - new.app.clock().now_ms());
    drop(store);
    world.enrol(&new, store_id, true).await;
    sync(&new).await;
    new.open_shift().await;
    new.sell(GARLIC).await;
    pay(&world, &new, 2 * DUE, true).await;
    sync(&new).await;
    agree(&world, &new).await;
    let shown = papers(&world, scope).await;
    assert_eq!(shown.iter().map(|paper| paper.due.vnd()).collect::<Vec<_>>(), [2 * DUE, DUE]);
    assert_eq!(owed(&world, scope).await, 0);
}

/// What the lost computer settled after the copy was made is known to central alone: before it has told, the copy pays none of it.
async fn a_restored_till_pays_no_sale_twice(db: Db) {
    let mut world = World::over(db).await;
    let shelf = tempfile::tempdir().unwrap();
    let store = world.open_store("LS").await;
    let scope = scope(&world).await;
    let store_id = books::id_of(&store).await;
    store.sell(GARLIC).await;
    store.sell(GARLIC).await;
    let file = copy(&store, &shelf).await;
    pay(&world, &store, 2 * DUE, true).await;
    sync(&store).await;

    let new = restored(&store, &file, 71).await;
    drop(store);
    new.sell(GARLIC).await;
    let refused = Note::Settling(Settling::NotCaughtUp { paid_by: PaidBy::Drawer });
    assert_eq!(ask_to_pay(&world, &new, 3 * DUE, true).await, refused, "without a network");
    let fingerprint = world.enrol(&new, store_id, false).await;
    sync(&new).await;
    assert_eq!(ask_to_pay(&world, &new, 3 * DUE, true).await, refused, "before a person agreed");
    world.admin().approve(&fingerprint).await.unwrap();
    sync(&new).await;
    pay(&world, &new, DUE, true).await;
    // From then on it settles without a network, as any other.
    world.stop().await;
    new.sell(GARLIC).await;
    pay(&world, &new, DUE, true).await;
    world.start().await;
    sync(&new).await;
    agree(&world, &new).await;
    let shown = papers(&world, scope).await;
    let mut told: Vec<i64> = shown.iter().map(|paper| paper.due.vnd()).collect();
    told.sort_unstable();
    assert_eq!(told, [DUE, DUE, 2 * DUE], "{shown:?}");
    assert_eq!(owed(&world, scope).await, 0);
}

/// Products beside the garlic; a box of each costs 50.000 ₫.
const MANY: usize = 1_000;
const BOX_DUE: i64 = 50_000 - 6_000 - 480;

/// The barcode of the n-th of them.
fn code(number: usize) -> String {
    testkit::large::barcode(number)
}

async fn add_many(world: &World) -> Vec<ProductId> {
    let producer_id = producer(world).await;
    let mut ids = Vec::with_capacity(MANY);
    for number in 0..MANY {
        let product = NewProduct {
            sku: format!("NHIEU-{number}"),
            barcodes: vec![code(number)],
            name: format!("Tỏi Lý Sơn loại {number}"),
            unit: "hộp".to_owned(),
            sold_by: SoldBy::Piece,
            price: Money::new(50_000),
            tax_class: TaxClass::Standard,
            group_code: "food".to_owned(),
            producer_id: Some(producer_id),
            commune: "Đặc khu Lý Sơn".to_owned(),
        };
        ids.push(world.admin().add_product(&product).await.unwrap());
    }
    ids
}

async fn deliver_many(world: &World, store: &TestStore, ids: &[ProductId]) {
    let producer_id = Some(producer(world).await);
    for ids in ids.chunks(LINES_MAX) {
        let of = |product_id: &ProductId| NewGoods {
            product_id: *product_id,
            quantity: Quantity::pieces(20),
            expires_on: None,
            code: None,
            noted: None,
            cost: None,
            producer_id,
        };
        let goods = ids.iter().map(of).collect();
        let state = receive(&store.app, &store.seat, &store.op(), goods, Language::Vi).await.unwrap();
        assert!(matches!(state.note, Note::Delivering(Delivering::Received { .. })), "{:?}", state.note);
    }
}

/// Sells one of every third product, and pays all that is owed; returns how much that was.
async fn sell_and_pay(world: &World, store: &TestStore) -> i64 {
    let sold: Vec<usize> = (0..MANY).step_by(3).collect();
    for some in sold.chunks(150) {
        for number in some {
            store.scan(&code(*number)).await;
        }
        store.pay_cash(None).await;
    }
    let owed = BOX_DUE * i64::try_from(sold.len()).unwrap();
    pay(world, store, owed, true).await;
    owed
}

/// An entry of version 1 would be too large for them: the other spelling says the same at both ends, on paper and to the verifier.
async fn a_thousand_products_are_settled_by_one_act(db: Db) {
    let mut world = World::over(db).await;
    let ids = add_many(&world).await;
    let store = world.open_store("LS").await;
    let scope = scope(&world).await;
    world.stop().await;
    deliver_many(&world, &store, &ids).await;
    let owed_vnd = [sell_and_pay(&world, &store).await, sell_and_pay(&world, &store).await];
    world.start().await;
    sync(&store).await;
    agree(&world, &store).await;
    assert_eq!(owed(&world, scope).await, 0);
    let shown = papers(&world, scope).await;
    assert_eq!(shown.iter().map(|paper| paper.due.vnd()).collect::<Vec<_>>(), owed_vnd);
    let mut tx = world.central.db.begin_reading().await.unwrap();
    let told = settlements::find_told_in(&mut tx, shown[0].id).await.unwrap().unwrap();
    drop(tx);
    let row = told.rows.iter().find(|row| row.product == ids[999].uuid()).unwrap();
    assert_eq!((told.rows.len(), told.schema()), (MANY + 1, 2), "the garlic, too");
    assert_eq!((row.opening, row.sold, row.closing, row.due), (19_000, 1_000, 18_000, BOX_DUE));

    let (_, paper) = slip::find_by_number(&store.app, &told.voucher).await.unwrap().unwrap();
    let SlipBody::Settlement(paper) = paper.body else { panic!("{paper:?}") };
    assert_eq!((paper.lines.len(), paper.due_vnd), (MANY + 1, owed_vnd[1]));
    assert_eq!(verified(&store, |_| ()).await.len(), 1);
    // A box that was not sold is found by whoever adds the entries up.
    let said =
        verified(&store, |text| *text = text.replacen(",19000,1000,18000,", ",19000,0,19000,", 1)).await;
    assert!(said.iter().any(|line| line.contains("entry")), "{said:?}");
}

/// Returns what the stand-alone verifier says of a store's journal after a change of its text.
async fn verified(store: &TestStore, change: impl FnOnce(&mut String)) -> Vec<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    export(&store.app, file.path()).await.unwrap();
    let mut text = std::fs::read_to_string(file.path()).unwrap();
    let before = text.clone();
    change(&mut text);
    std::fs::write(file.path(), &text).unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let program = root.join("crates/central/assets/verifier/verifier.py");
    let output = testkit::python().arg(program).arg(file.path()).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.success(), text == before, "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}
