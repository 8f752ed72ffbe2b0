//! Totals against the lines that they were made of, over months and edges, by category, stars and store.

use central::db::engine::Sql;
use central::db::sales::{self, DaySales, Dimension, ProductSales, SalesQuery, Sold, StoreSales, Totals};
use central::db::users::{self, Role, Scope, User};
use central::db::{Db, products};
use central::error::{Error, Result};
use domain::Money;
use domain::catalog::{Category, Recognition};
use domain::ids::{StoreId, UserId};
use time::Duration;
use time::macros::date;

use crate::support::{Goods, Till, World, facts, new_store, producer};

testkit::on_both_engines!(
    totals_are_the_sums_of_lines,
    sums_over_all_stores_answer_until_a_store_tells_of_more,
    only_what_one_may_see,
    how_fresh_it_is
);

/// Adds a person without the cost of a password, and returns what the person may see.
pub(crate) async fn scope(world: &World, role: Role) -> Scope {
    let id = UserId::from_uuid(world.app.clock.new_uuid());
    let (login, name, password_hash) = (id.to_string(), "x".to_owned(), "x".to_owned());
    let user = User { id, login, name, password_hash, role, is_active: true, access_ends_ms: None };
    let mut tx = world.app.db.begin().await.unwrap();
    users::insert(&mut tx, &user, 0).await.unwrap();
    tx.commit().await.unwrap();
    users::find_active(&world.app.db, id, world.app.clock.now_ms()).await.unwrap().unwrap().scope()
}

pub(crate) async fn totals(db: &Db, scope: Scope, query: &SalesQuery) -> Result<Totals> {
    let tx = &mut db.begin_reading().await?;
    let asked = sales::ask(tx, scope, query).await?;
    Ok(Totals::of(&asked.sold(tx).await?, &asked.per_store_and_day(tx).await?.1, query))
}

pub(crate) async fn per_product(db: &Db, scope: Scope, query: &SalesQuery) -> Result<Vec<ProductSales>> {
    let tx = &mut db.begin_reading().await?;
    let asked = sales::ask(tx, scope, query).await?;
    let sold = asked.sold(tx).await?;
    asked.per_product(tx, &sold).await
}

pub(crate) async fn per_day(db: &Db, scope: Scope, query: &SalesQuery) -> Result<Vec<DaySales>> {
    let tx = &mut db.begin_reading().await?;
    Ok(sales::ask(tx, scope, query).await?.per_store_and_day(tx).await?.1)
}

pub(crate) async fn per_store(db: &Db, scope: Scope, query: &SalesQuery) -> Result<Vec<StoreSales>> {
    let tx = &mut db.begin_reading().await?;
    Ok(sales::ask(tx, scope, query).await?.per_store_and_day(tx).await?.0)
}

/// Returns what was sold as every sum over goods sees it.
async fn sold(db: &Db, scope: Scope, query: &SalesQuery) -> Sold {
    let tx = &mut db.begin_reading().await.unwrap();
    sales::ask(tx, scope, query).await.unwrap().sold(tx).await.unwrap()
}

const fn all() -> SalesQuery {
    SalesQuery::over(date!(2026 - 01 - 01), date!(2026 - 12 - 31))
}

async fn history(world: &World) -> Vec<Till> {
    let mut tills = vec![world.till().await, world.other_till().await];
    let key = Recognition {
        category: Category::Key,
        stars: None,
        valid_from: date!(2026 - 10 - 01),
        valid_to: None,
    };
    world.admin.recognise(world.salt.id, &key, "1").await.unwrap();
    let salt = Goods { facts: facts(&world.app.db, world.salt.id).await, ..world.salt.clone() };
    for (till, number) in tills.iter_mut().zip(1..) {
        for step in 0..40 {
            till.day = date!(2026 - 08 - 15) + Duration::days(step * 3);
            let salt = if till.day < key.valid_from { &world.salt } else { &salt };
            till.sell(&[(&world.garlic, 1 + step % 3), (salt, number)]);
            if step % 4 == 0 {
                till.sell(&[(&world.basket, 1)]);
            }
        }
        till.push_from(world, 1).await.ack();
    }
    tills
}

async fn totals_are_the_sums_of_lines(db: Db) {
    let world = World::new(db).await;
    history(&world).await;
    let department = scope(&world, Role::Department).await;
    let db = &world.app.db;
    check_totals(&world, department).await;
    let products = per_product(db, department, &all()).await.unwrap();
    let seen: Vec<_> = products
        .iter()
        .map(|row| (row.sku.as_str(), row.stars, row.producer.as_deref(), row.receipts.unwrap()))
        .collect();
    assert_eq!(
        seen,
        [
            ("TOI-DEN", Some(4), Some("Công ty Phú Sinh"), 80),
            ("MUOI", None, Some("Diêm dân Sa Huỳnh"), 80),
            ("GIO", None, None, 20)
        ]
    );
    // Salt became a key product in October: what it sold before counts as nothing.
    let key = SalesQuery { category: Some(Category::Key), ..all() };
    let sums = totals(db, department, &key).await.unwrap();
    let since = SalesQuery { from: date!(2026 - 10 - 01), ..all() };
    let salt =
        per_product(db, department, &since).await.unwrap().into_iter().find(|row| row.sku == "MUOI").unwrap();
    assert_eq!((sums.revenue, sums.receipts), (salt.revenue, None));
    let days = per_day(db, department, &key).await.unwrap();
    assert_eq!(Money::sum(days.iter().map(|row| row.revenue)), Ok(sums.revenue));
    let stores = per_store(db, department, &key).await.unwrap();
    assert_eq!(Money::sum(stores.iter().map(|row| row.revenue)), Ok(sums.revenue));
    for (stars, skus) in [(4, vec!["TOI-DEN"]), (5, vec![])] {
        let query = SalesQuery { min_stars: Some(stars), ..all() };
        let found = per_product(db, department, &query).await.unwrap();
        assert_eq!(found.iter().map(|row| row.sku.as_str()).collect::<Vec<_>>(), skus);
    }
    // One product alone, by every figure.
    let whole = per_product(db, department, &all()).await.unwrap();
    for row in &whole {
        let query = SalesQuery { product: Some(row.product_id), ..all() };
        let found = per_product(db, department, &query).await.unwrap();
        assert_eq!(found, std::slice::from_ref(row));
        let sums = totals(db, department, &query).await.unwrap();
        assert_eq!((sums.revenue, sums.receipts, sums.products), (row.revenue, None, 1));
        let days = per_day(db, department, &query).await.unwrap();
        assert_eq!(Money::sum(days.iter().map(|row| row.revenue)), Ok(row.revenue));
        let stores = per_store(db, department, &query).await.unwrap();
        assert_eq!(Money::sum(stores.iter().map(|row| row.revenue)), Ok(row.revenue));
    }
    let one = SalesQuery { store: Some(world.other_store), ..all() };
    let there = totals(db, department, &one).await.unwrap();
    let stores = per_store(db, department, &all()).await.unwrap();
    assert_eq!(there.revenue, stores.iter().find(|row| row.store_id == world.other_store).unwrap().revenue);
    assert_eq!(products::search(db, "san pham mu", 10).await.unwrap().len(), 1);
}

/// Every sum against the lines, over months, edges of months and periods without a sale.
async fn check_totals(world: &World, department: Scope) {
    let db = &world.app.db;
    for (from, to) in [
        (date!(2026 - 01 - 01), date!(2026 - 12 - 31)),
        (date!(2026 - 08 - 20), date!(2026 - 11 - 05)),
        (date!(2026 - 09 - 03), date!(2026 - 09 - 20)),
        (date!(2026 - 10 - 31), date!(2026 - 11 - 02)),
        (date!(2025 - 01 - 01), date!(2025 - 12 - 31)),
    ] {
        let query = SalesQuery { from, to, ..all() };
        let sum = Sql::new(
            "select cast(coalesce(sum(gross_vnd - discount_vnd), 0) as bigint), cast(count(distinct product_id) as bigint),
                cast(coalesce(sum(quantity_milli), 0) as bigint) from sale_lines where day >= ",
        );
        let (vnd, count, milli): (i64, i64, i64) =
            db.one(sum.bind(from).push(" and day <= ").bind(to)).await.unwrap();
        let receipts = Sql::new("select cast(count(*) as bigint) from receipts where day >= ");
        let (receipts,): (i64,) = db.one(receipts.bind(from).push(" and day <= ").bind(to)).await.unwrap();
        let sums = totals(db, department, &query).await.unwrap();
        assert_eq!(
            (sums.revenue.vnd(), sums.receipts, sums.products),
            (vnd, Some(receipts), count),
            "{from} {to}"
        );
        let products = per_product(db, department, &query).await.unwrap();
        assert_eq!(products.iter().map(|row| row.revenue.vnd()).sum::<i64>(), vnd);
        assert_eq!(products.iter().map(|row| row.quantity.milli()).sum::<i64>(), milli);
        assert!(products.is_sorted_by_key(|row| std::cmp::Reverse(row.revenue)));
        let days = per_day(db, department, &query).await.unwrap();
        assert_eq!(days.iter().map(|row| row.revenue.vnd()).sum::<i64>(), vnd);
        assert_eq!(days.iter().map(|row| row.receipts.unwrap()).sum::<i64>(), receipts);
        assert!(days.is_sorted_by(|a, b| a.day < b.day));
        let stores = per_store(db, department, &query).await.unwrap();
        assert_eq!((stores.len(), stores.iter().map(|row| row.revenue.vnd()).sum::<i64>()), (2, vnd));
        let categories = sold(db, department, &query).await.per_category(query.by_holder);
        assert_eq!(categories.iter().map(|row| row.revenue.vnd()).sum::<i64>(), vnd, "each đồng once");
        for dimension in Dimension::ALL {
            let parts = sold(db, department, &query).await.per_part(dimension);
            assert_eq!(parts.iter().map(|row| row.revenue.vnd()).sum::<i64>(), vnd, "{dimension:?}");
            assert!(parts.is_sorted_by_key(|row| std::cmp::Reverse(row.revenue)));
        }
    }
    parts_are_what_their_lines_froze(world, department).await;
}

async fn sums_over_all_stores_answer_until_a_store_tells_of_more(db: Db) {
    let world = World::new(db).await;
    let mut tills = history(&world).await;
    let department = scope(&world, Role::Department).await;
    let db = &world.app.db;
    let today = date!(2026 - 12 - 14);
    // August to November are past, and the first parts of December.
    assert_eq!(sales::add_up(db, today).await.unwrap(), 5);
    assert_eq!(sales::add_up(db, today).await.unwrap(), 0, "nothing new");
    check_totals(&world, department).await;
    check_filters(&world, department).await;

    // They are what answers: whoever changes them changes the answer, of all stores alone.
    let truth = totals(db, department, &all()).await.unwrap().revenue.vnd();
    for change in [
        "update overall_sales set revenue_vnd = revenue_vnd + 1 where span = 'month' and first_day = '2026-09-01'",
        "update standing_days set revenue_vnd = revenue_vnd + 1 where day = '2026-09-20'",
    ] {
        assert!(db.exec(Sql::new(change)).await.unwrap() > 0);
    }
    let wrong = totals(db, department, &all()).await.unwrap().revenue.vnd();
    assert!(wrong > truth);
    let stars = SalesQuery { min_stars: Some(4), ..all() };
    let by_day: i64 =
        per_day(db, department, &stars).await.unwrap().iter().map(|row| row.revenue.vnd()).sum();
    let by_store: i64 =
        per_store(db, department, &stars).await.unwrap().iter().map(|row| row.revenue.vnd()).sum();
    assert!(by_day > revenue(db, OF_FOUR_STARS, None).await && by_store == by_day, "{by_day}");
    let one = SalesQuery { store: Some(world.store), ..all() };
    let of_one = totals(db, department, &one).await.unwrap();
    assert_eq!(of_one.revenue.vnd(), revenue(db, "day is not null", Some(world.store)).await);

    // A sale of September comes late: until the month is added up again, the stores' own totals answer.
    let late = tills.first_mut().unwrap();
    late.day = date!(2026 - 09 - 20);
    let from = late.head.seq + 1;
    late.sell(&[(&world.garlic, 2)]);
    late.push_from(&world, from).await.ack();
    check_totals(&world, department).await;
    check_filters(&world, department).await;
    assert_eq!(sales::add_up(db, today).await.unwrap(), 1);
    check_totals(&world, department).await;
    check_filters(&world, department).await;

    // What is over of the month that is under way is added up, too, and no longer answers when more of it is told.
    let december = SalesQuery::over(date!(2026 - 12 - 01), date!(2026 - 12 - 31));
    let truth = totals(db, department, &december).await.unwrap().revenue.vnd();
    let change = "update overall_sales set revenue_vnd = revenue_vnd + 1 where span = 'stretch' and first_day = '2026-12-01'";
    assert!(db.exec(Sql::new(change)).await.unwrap() > 0);
    assert!(totals(db, department, &december).await.unwrap().revenue.vnd() > truth);
    let late = tills.first_mut().unwrap();
    late.day = date!(2026 - 12 - 07);
    let from = late.head.seq + 1;
    late.sell(&[(&world.garlic, 1)]);
    late.push_from(&world, from).await.ack();
    check_totals(&world, department).await;
    check_filters(&world, department).await;
    assert_eq!(sales::add_up(db, today).await.unwrap(), 1);
    check_totals(&world, department).await;
    check_filters(&world, department).await;

    a_year_answers_when_it_is_over(&world, tills.first_mut().unwrap(), department).await;

    // Books that are made anew are added up anew, though they hold as many lines.
    world.check_books().await;
    let kept = "select cast(count(*) as bigint) from (select first_day from overall_sales
        union all select first_day from overall_receipts union all select day from standing_days) as kept";
    assert_eq!(world.number(kept).await, 0, "a month without a line any more leaves nothing behind");
    assert_eq!(sales::add_up(db, today).await.unwrap(), 5);
    check_totals(&world, department).await;
}

async fn a_year_answers_when_it_is_over(world: &World, till: &mut Till, department: Scope) {
    let db = &world.app.db;
    let new_year = date!(2027 - 01 - 01);
    let year = SalesQuery::over(date!(2026 - 01 - 01), date!(2026 - 12 - 31));
    let truth = totals(db, department, &year).await.unwrap().revenue.vnd();
    assert_eq!(sales::add_up(db, new_year).await.unwrap(), 2, "December and the year");
    check_totals(world, department).await;
    let change = "update overall_sales set revenue_vnd = revenue_vnd + 1 where span = 'year'";
    assert!(db.exec(Sql::new(change)).await.unwrap() > 0);
    assert!(totals(db, department, &year).await.unwrap().revenue.vnd() > truth);

    till.day = date!(2026 - 11 - 20);
    let from = till.head.seq + 1;
    till.sell(&[(&world.garlic, 1)]);
    till.push_from(world, from).await.ack();
    check_totals(world, department).await;
    assert_eq!(sales::add_up(db, new_year).await.unwrap(), 2, "November and the year");
    check_totals(world, department).await;
    check_filters(world, department).await;
}

/// Sums of what some goods counted as, by store and by day, against the lines.
async fn check_filters(world: &World, department: Scope) {
    let db = &world.app.db;
    for (query, condition) in [
        (
            SalesQuery { category: Some(Category::Key), ..all() },
            "product_facts_id in (select id from product_facts where leading_category = 'key')",
        ),
        (SalesQuery { min_stars: Some(4), ..all() }, OF_FOUR_STARS),
        (
            SalesQuery { category: Some(Category::Key), by_holder: true, ..all() },
            "product_facts_id in (select id from product_facts where categories like '%key%')",
        ),
        (
            SalesQuery {
                min_stars: Some(4),
                from: date!(2026 - 08 - 20),
                to: date!(2026 - 11 - 05),
                ..all()
            },
            "product_facts_id in (select id from product_facts where stars >= 4) and day >= '2026-08-20' and day <= '2026-11-05'",
        ),
        (
            SalesQuery { product: Some(world.garlic.id), ..all() },
            "product_id in (select id from products where sku = 'TOI-DEN')",
        ),
    ] {
        let days = per_day(db, department, &query).await.unwrap();
        let sum: i64 = days.iter().map(|row| row.revenue.vnd()).sum();
        assert_eq!(sum, revenue(db, condition, None).await, "{condition}");
        for store in per_store(db, department, &query).await.unwrap() {
            assert_eq!(
                store.revenue.vnd(),
                revenue(db, condition, Some(store.store_id)).await,
                "{condition}"
            );
        }
    }
}

const OF_FOUR_STARS: &str = "product_facts_id in (select id from product_facts where stars >= 4)";

/// Adds single lines up.
async fn revenue(db: &Db, condition: &'static str, store: Option<StoreId>) -> i64 {
    let sql =
        Sql::new("select cast(coalesce(sum(gross_vnd - discount_vnd), 0) as bigint) from sale_lines where ");
    let (vnd,) = db.one(sql.push(condition).when(store, " and store_id = ", "")).await.unwrap();
    vnd
}

/// By producer, commune, group and stars against the lines themselves, one by one: as they were frozen, or else as the product is.
async fn parts_are_what_their_lines_froze(world: &World, department: Scope) {
    let db = &world.app.db;
    for (dimension, column) in [
        (
            Dimension::Producer,
            "(select name from producers where id = coalesce(facts.producer_id, goods.producer_id))",
        ),
        (
            Dimension::Commune,
            "case when facts.commune <> '' then facts.commune else nullif(goods.commune, '') end",
        ),
        (
            Dimension::Group,
            "case when facts.group_code is null then goods.group_code else facts.group_code end",
        ),
        (Dimension::Stars, "cast(facts.stars as text)"),
    ] {
        let sql = Sql::new("select ").push(column).push(
            ", cast(sum(gross_vnd - discount_vnd) as bigint), cast(count(distinct goods.id) as bigint)
             from sale_lines join product_facts as facts on facts.id = sale_lines.product_facts_id
             join products as sold_as on sold_as.id = sale_lines.product_id
             join products as goods on goods.id = coalesce(sold_as.merged_into, sold_as.id) group by 1",
        );
        let mut lines: Vec<(Option<String>, i64, i64)> = db.all(sql).await.unwrap();
        let parts = sold(db, department, &all()).await.per_part(dimension);
        let mut parts: Vec<_> =
            parts.into_iter().map(|row| (row.words, row.revenue.vnd(), row.products)).collect();
        lines.sort();
        parts.sort();
        assert_eq!(parts, lines, "{dimension:?}");
    }
}

async fn only_what_one_may_see(db: Db) {
    let world = World::new(db).await;
    history(&world).await;
    let stranger = world
        .admin
        .add_operator(&central::admin::NewOperator {
            name: "Hộ kinh doanh".to_owned(),
            legal_status: "household".to_owned(),
            tax_number: String::new(),
            commission_tax: domain::Rate::ZERO,
        })
        .await
        .unwrap();
    let theirs = world.admin.add_store(&new_store(stranger, "DP")).await.unwrap();
    let own = scope(&world, Role::Operator(world.operator)).await;
    let other = scope(&world, Role::Operator(stranger)).await;
    let department = scope(&world, Role::Department).await;
    let db = &world.app.db;
    // Sums over all stores are for who sees all stores.
    assert!(sales::add_up(db, date!(2027 - 01 - 01)).await.unwrap() > 0);
    let everything = totals(db, department, &all()).await.unwrap();
    assert_eq!(totals(db, own, &all()).await.unwrap(), everything);
    assert_eq!(totals(db, other, &all()).await.unwrap().revenue, Money::ZERO);
    assert_eq!(per_product(db, other, &all()).await.unwrap(), []);
    assert_eq!(sales::completeness(db, other).await.unwrap().len(), 1);
    let nobody = producer(&world.admin, "Ai đó").await;
    let as_producer = scope(&world, Role::Producer(nobody)).await;
    for (who, store) in [(own, theirs), (other, world.store), (department, uuid::Uuid::nil().into())] {
        let query = SalesQuery { store: Some(store), ..all() };
        assert!(matches!(totals(db, who, &query).await, Err(Error::NotFound("store"))));
        assert!(matches!(per_day(db, who, &query).await, Err(Error::NotFound("store"))));
        assert!(matches!(per_store(db, who, &query).await, Err(Error::NotFound("store"))));
        assert!(matches!(per_product(db, who, &query).await, Err(Error::NotFound("store"))));
    }
    assert!(totals(db, as_producer, &all()).await.is_err());
    assert!(sales::completeness(db, as_producer).await.is_err());
}

async fn how_fresh_it_is(db: Db) {
    let world = World::new(db).await;
    let department = scope(&world, Role::Department).await;
    assert_eq!(sales::last_day(&world.app.db).await.unwrap(), None);
    let mut till = world.till().await;
    till.sell(&[(&world.salt, 1)]);
    let sold_at = world.app.clock.now_ms();
    till.push_from(&world, 1).await.ack();
    world.clock.advance(60_000);
    till.open_shift(0);
    till.write("teleport", None, "{}");
    till.push_from(&world, 3).await.ack();
    let mut held = Till::enrol(&world, world.store).await;
    held.sell(&[(&world.salt, 5)]);
    held.push_from(&world, 1).await.ack();
    let stores = sales::completeness(&world.app.db, department).await.unwrap();
    let [first, second] = stores.as_slice() else { panic!("{stores:?}") };
    assert_eq!((first.code.as_str(), first.last_sale_day), ("LS", Some(till.day)));
    assert_eq!((first.held.vnd(), first.exceptions, first.is_forked), (150_000, 1, false));
    // A held device was heard too, and its sale came later.
    assert_eq!((first.heard_at_ms, first.sale_at_ms), (Some(sold_at + 60_000), Some(sold_at + 60_000)));
    assert_eq!((second.code.as_str(), second.last_sale_day, second.heard_at_ms), ("QN", None, None));
    assert_eq!(sales::last_day(&world.app.db).await.unwrap(), Some(till.day));
}
