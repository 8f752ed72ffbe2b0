//! Contracts that were made at a store: known from then on, told to the operator's other stores, and judged.

use central::db::{Db, exceptions};
use domain::Rate;
use domain::consignment::{Basis, Bearer, FrozenTerms, Terms};
use domain::contract::Clauses;
use domain::ids::TermsId;
use protocol::Entry;
use protocol::payload::{self, TermsAgreed};
use protocol::wire::TermsRow;
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

use crate::support::{Goods, TODAY, Till, World, new_store};

testkit::on_both_engines!(
    a_contract_of_a_store_is_known_and_told_to_its_operators_stores,
    what_cannot_have_been_agreed_is_an_exception
);

/// Terms of 20 % with Phú Sinh from today on.
fn terms(world: &World, number: u128) -> Terms {
    Terms {
        id: TermsId::from_uuid(Uuid::from_u128(number)),
        producer_id: world.phu_sinh,
        product_id: None,
        commission: Rate::percent(20),
        basis: Basis::Gross,
        discount_bearer: Bearer::Store,
        valid_from: TODAY,
        clauses: Clauses {
            shrinkage: Rate::percent(2),
            loss_bearer: Some(Bearer::Store),
            agreed_after_days: Some(7),
            ..Clauses::default()
        },
    }
}

pub(crate) fn agree(till: &mut Till, row: TermsRow) -> Entry {
    let told = TermsAgreed {
        voucher: format!("LS-0000-HD{}", till.head.seq + 1),
        terms: row,
        cashier: Uuid::from_u128(8),
        approved_by: Uuid::from_u128(9),
    };
    till.write("terms", None, &payload::write(&told).unwrap())
}

/// The same goods as a till sells them that froze these terms.
fn on(goods: &Goods, terms: &Terms) -> Goods {
    let frozen = FrozenTerms::of(terms.producer_id, Some(*terms), Rate::percent(8));
    Goods { terms: Some(frozen), ..goods.clone() }
}

/// The terms that a store is told of.
async fn told(world: &World, till: &Till) -> Vec<Value> {
    let answer = till.get(world, "/sync/v1/catalogue?cursor=0&limit=1000", "").await.json();
    let changes = answer["changes"].as_array().unwrap().iter();
    changes.filter(|change| change["kind"] == "terms").map(|change| change["body"].clone()).collect()
}

async fn a_contract_of_a_store_is_known_and_told_to_its_operators_stores(db: Db) {
    let world = World::new(db).await;
    let (mut till, mut other) = (world.till().await, world.other_till().await);
    let terms = terms(&world, 77);
    // Made and sold by in one batch.
    till.sell(&[(&world.garlic, 1)]);
    agree(&mut till, (&terms).into());
    till.sell(&[(&on(&world.garlic, &terms), 1)]);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    assert_eq!(world.balance("commission").await, -(45_000 + 90_000), "10 % before, 20 % after");
    // The operator's other store learns of it, and sells by it.
    let expected = serde_json::to_value(TermsRow::from(&terms)).unwrap();
    let seen = told(&world, &other).await;
    assert!(seen.len() == 3 && seen.contains(&expected), "{seen:?}");
    other.sell(&[(&on(&world.garlic, &terms), 1)]);
    assert_eq!(other.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    // Another operator's does not, and cannot sell by it.
    let stranger = central::admin::NewOperator {
        name: "Hộ kinh doanh".to_owned(),
        legal_status: "household".to_owned(),
        tax_number: String::new(),
        commission_tax: Rate::percent(8),
    };
    let stranger = world.admin.add_operator(&stranger).await.unwrap();
    let store = world.admin.add_store(&new_store(stranger, "DP")).await.unwrap();
    let mut foreign = Till::enrol(&world, store).await;
    world.admin.approve(&foreign.key.public().fingerprint()).await.unwrap();
    assert_eq!(told(&world, &foreign).await, Vec::<Value>::new());
    foreign.sell(&[(&on(&world.garlic, &terms), 1)]);
    assert_eq!(foreign.push_from(&world, 1).await.ack().exceptions, [foreign.head.seq]);
    // Told again, by a restored copy, it is one version.
    agree(&mut till, (&terms).into());
    assert_eq!(till.push_from(&world, till.head.seq).await.ack().exceptions, Vec::<i64>::new());
    assert_eq!(world.number("select cast(count(*) as bigint) from terms").await, 3);
    let made_here = "select cast(count(*) as bigint) from terms where store_id is null";
    assert_eq!(world.number(made_here).await, 2);
    world.check_books().await;
    assert_eq!(world.number("select cast(count(*) as bigint) from terms").await, 3);
}

/// Kept, and not in force: what begins before its day, with nobody, for nothing, with values of no contract, or under the
/// identity of other terms. A sale by it is an exception, too.
async fn what_cannot_have_been_agreed_is_an_exception(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let right = terms(&world, 77);
    let taken = Terms { id: world.garlic.terms.unwrap().terms_id.unwrap(), ..right };
    let row = TermsRow::from(&right);
    let first_seq = till.head.seq + 1;
    let wrong = [
        (&Terms { valid_from: TODAY - Duration::days(1), ..right }).into(),
        (&Terms { producer_id: Uuid::from_u128(1).into(), ..right }).into(),
        (&Terms { product_id: Some(Uuid::from_u128(1).into()), ..right }).into(),
        (&taken).into(),
        TermsRow { commission_ppm: 1_000_001, ..row.clone() },
        TermsRow { loss_bearer: Some("nobody".to_owned()), ..row.clone() },
        TermsRow { return_days: Some(366), ..row.clone() },
        TermsRow { agreed_after_days: Some(0), ..row },
    ];
    let count = i64::try_from(wrong.len()).unwrap();
    for row in wrong {
        agree(&mut till, row);
    }
    till.sell(&[(&on(&world.garlic, &right), 1)]);
    let exceptions = till.push_from(&world, 1).await.ack().exceptions;
    assert_eq!(exceptions, (first_seq..=first_seq + count).collect::<Vec<_>>());
    let listed = exceptions::list_open(&world.app.db, 100).await.unwrap();
    assert_eq!(listed.iter().filter(|listed| listed.reason == "terms").count(), 5);
    assert_eq!(world.number("select cast(count(*) as bigint) from terms").await, 2);
    assert_eq!(told(&world, &till).await.len(), 2, "nobody is told");
    world.check_books().await;
}
