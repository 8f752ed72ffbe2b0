//! A producer's contracts: in words, what holds and what held; and how long silence about a settlement may last by them.

use central::admin::NewTerms;
use central::db::Db;
use central::db::users::Role;
use domain::Rate;
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::Clauses;
use domain::ids::TermsId;
use time::{Date, Duration};
use uuid::Uuid;

use super::browser::{Browser, text};
use crate::books::terms::agree as agree_there;
use crate::support::settling::settlement;
use crate::support::{TODAY, Till, World};

testkit::on_both_engines!(
    a_producer_reads_what_was_agreed_and_nobody_elses,
    silence_is_consent_as_the_contract_says,
    silence_begins_when_a_held_journal_is_approved,
    silence_begins_when_a_branch_is_adopted,
    a_contract_that_waits_says_nothing_meanwhile
);

async fn agree(world: &World, percent: u8, valid_from: Date, clauses: Clauses) {
    let new = NewTerms {
        operator_id: world.operator,
        producer_id: world.phu_sinh,
        product_id: None,
        commission: Rate::percent(percent),
        basis: Basis::Gross,
        discount_bearer: Bearer::Store,
        valid_from,
        clauses,
    };
    world.admin.add_terms(&new).await.unwrap();
}

async fn a_producer_reads_what_was_agreed_and_nobody_elses(db: Db) {
    let world = World::new(db).await;
    let clauses =
        Clauses { loss_bearer: Some(Bearer::Store), agreed_after_days: Some(7), ..Clauses::default() };
    agree(&world, 12, TODAY, clauses).await;
    agree(&world, 15, TODAY + Duration::days(30), Clauses::default()).await;
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let report = browser.json(&world, "/me/terms").await;
    let versions = report["operators"][0]["versions"].as_array().unwrap();
    let told: Vec<_> = versions
        .iter()
        .map(|version| {
            let is = |field: &str| version[field].as_bool().unwrap();
            (version["clauses"][0].as_str().unwrap(), is("is_in_force"), is("is_later"))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Hoa hồng 15 % trên giá niêm yết", false, true),
            ("Hoa hồng 12 % trên giá niêm yết", true, false),
            ("Hoa hồng 10 % trên giá niêm yết", false, false),
        ]
    );
    for page in ["/me", "/me/settlements"] {
        assert!(text(&browser.get(&world, page).await).contains("href=\"/me/terms\""), "{page} leads there");
    }
    let answer = browser.get(&world, "/me/terms").await;
    let page = text(&answer);
    for words in [
        "Hợp tác xã Lý Sơn",
        "Cửa hàng chịu hao hụt",
        "Im lặng 7 ngày là đồng ý",
        "Đang áp dụng",
        "Sắp áp dụng",
        "Các bản trước",
        "Từ ngày 23/11/2026",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(!page.contains("Chưa có hợp đồng"), "{page}");
    let mut other = Browser::of(&world, Role::Producer(world.sa_huynh)).await;
    let theirs = other.json(&world, "/me/terms").await;
    assert_eq!(theirs["operators"][0]["versions"].as_array().unwrap().len(), 1);
    let page = text(&other.get(&world, "/me/terms?lang=en").await);
    assert!(page.contains("Commission of 12 % on the list price") && !page.contains("15 %"), "{page}");
}

async fn silence_is_consent_as_the_contract_says(db: Db) {
    let world = World::new(db).await;
    let silence = |days| Clauses { agreed_after_days: Some(days), ..Clauses::default() };
    agree(&world, 10, TODAY - Duration::days(1), silence(3)).await;
    // Agreed later, for later: nothing of it holds for a settlement of today.
    agree(&world, 10, TODAY + Duration::days(1), silence(90)).await;
    let mut till = world.till().await;
    till.sell(&[(&world.garlic, 1)]);
    let settled = settlement(world.phu_sinh, &[&till], 0);
    till.settle(&settled);
    // A contract that the store makes after the settlement comes in the same batch, and is of the same day.
    let later = Terms {
        id: TermsId::from_uuid(Uuid::from_u128(77)),
        producer_id: world.phu_sinh,
        product_id: None,
        commission: Rate::percent(10),
        basis: Basis::Gross,
        discount_bearer: Bearer::Store,
        valid_from: TODAY,
        clauses: silence(60),
    };
    agree_there(&mut till, (&later).into());
    till.push_from(&world, 1).await.ack();
    // And so is one that is made here a moment later, even if it says that it began yesterday.
    world.clock.advance(1_000);
    agree(&world, 10, TODAY, silence(80)).await;
    agree(&world, 10, TODAY - Duration::days(1), silence(1)).await;
    let standing = async |days: i64| {
        world.clock.advance(days * 86_400_000);
        // The login is over by then.
        let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
        let list = browser.json(&world, "/me/settlements").await;
        list["papers"][0]["standing"].as_str().unwrap().to_owned()
    };
    assert_eq!(standing(2).await, "sent");
    assert_eq!(standing(1).await, "agreed");
}

/// How the only settlement stands, some days later.
async fn standing_after(world: &World, days: i64) -> String {
    world.clock.advance(days * 86_400_000);
    // The login is over by then.
    let mut browser = Browser::of(world, Role::Producer(world.phu_sinh)).await;
    let list = browser.json(world, "/me/settlements").await;
    list["papers"][0]["standing"].as_str().unwrap_or("none").to_owned()
}

/// What a contract of a store's says about silence, of a day before all settlements.
fn contract(world: &World, days: u16) -> Terms {
    Terms {
        id: TermsId::from_uuid(Uuid::from_u128(77)),
        producer_id: world.phu_sinh,
        product_id: None,
        commission: Rate::percent(10),
        basis: Basis::Gross,
        discount_bearer: Bearer::Store,
        valid_from: TODAY,
        clauses: Clauses { agreed_after_days: Some(days), ..Clauses::default() },
    }
}

/// Nobody could see a settlement while its journal waited: its days begin with the approval.
async fn silence_begins_when_a_held_journal_is_approved(db: Db) {
    let world = World::new(db).await;
    let silence = Clauses { agreed_after_days: Some(3), ..Clauses::default() };
    agree(&world, 10, TODAY - Duration::days(1), silence).await;
    world.till().await.push_from(&world, 1).await.ack();
    let mut held = Till::enrol(&world, world.store).await;
    held.sell(&[(&world.garlic, 1)]);
    let settled = settlement(world.phu_sinh, &[&held], 0);
    held.settle(&settled);
    held.push(&world, &held.journal).await;
    assert_eq!(standing_after(&world, 20).await, "none");
    world.admin.approve(&held.key.public().fingerprint()).await.unwrap();
    assert_eq!(
        standing_after(&world, 2).await,
        "sent",
        "twenty-two days after it came, two after it was counted"
    );
    assert_eq!(standing_after(&world, 1).await, "agreed");
}

async fn silence_begins_when_a_branch_is_adopted(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let mut clone = till.clone();
    till.sell(&[(&world.salt, 1)]);
    agree_there(&mut clone, (&contract(&world, 2)).into());
    clone.sell(&[(&world.garlic, 1)]);
    let of_clone = settlement(world.phu_sinh, &[&clone], 0);
    clone.settle(&of_clone);
    till.push_from(&world, 1).await.ack();
    clone.push_from(&world, 1).await.problem();
    assert_eq!(standing_after(&world, 30).await, "none");
    world.admin.adopt(till.stream).await.unwrap();
    assert_eq!(standing_after(&world, 1).await, "sent");
    assert_eq!(standing_after(&world, 1).await, "agreed", "its own contract says two days");
}

/// A contract in a journal that waits is known when that is approved: what another journal settled before keeps its days.
async fn a_contract_that_waits_says_nothing_meanwhile(db: Db) {
    let world = World::new(db).await;
    let silence = Clauses { agreed_after_days: Some(3), ..Clauses::default() };
    agree(&world, 10, TODAY - Duration::days(1), silence).await;
    let mut first = world.till().await;
    first.sell(&[(&world.garlic, 1)]);
    first.push_from(&world, 1).await.ack();
    let mut held = Till::enrol(&world, world.store).await;
    agree_there(&mut held, (&contract(&world, 60)).into());
    held.push(&world, &held.journal).await;
    world.clock.advance(1_000);
    let settled = settlement(world.phu_sinh, &[&first], 0);
    first.settle(&settled);
    first.push_from(&world, 2).await.ack();
    assert_eq!(standing_after(&world, 2).await, "sent");
    world.admin.approve(&held.key.public().fingerprint()).await.unwrap();
    assert_eq!(standing_after(&world, 1).await, "agreed", "sixty days hold for what is settled from now on");
}
