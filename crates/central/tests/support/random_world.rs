//! Trade by a seed: two operators with two stores each, and three producers in all of them. Without one operator, or without
//! one producer, everything that is left has the same ids, numbers and places in the journals.

use central::admin::{NewOperator, NewTerms};
use central::db::users::Role;
use central::db::{Db, payout_accounts};
use domain::Rate;
use domain::consignment::{Basis, Bearer};
use domain::contract::Clauses;
use domain::ids::{CampaignId, OperatorId, ProducerId, StoreId};
use domain::payout::PayoutAccount;
use protocol::payload::ProvisionalProduct;
use time::Duration;
use time::macros::date;
use uuid::Uuid;

use super::fair::add_fair;
use super::settling::{adjustment, joint, last_of, settlement};
use super::{Goods, TODAY, Till, World, goods, new_store, producer};

/// Steps of a world.
const STEPS: u64 = 60;

/// Who comes to a world last, so that nothing that was there before depends on it; or does not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    /// Another producer.
    Producer,
    /// Another operator, with its stores.
    Operator,
}

/// A world with trade in it. Phú Sinh and the first operator are those who look.
pub(crate) struct RandomWorld {
    pub(crate) world: World,
    /// The address behind `/p/` of all of Phú Sinh's pages.
    pub(crate) key: String,
    /// The one that the first operator's tills print on Phú Sinh's papers.
    pub(crate) slip_key: String,
    /// The secret of a link for somebody of Phú Sinh.
    pub(crate) token: String,
    /// A product of Phú Sinh's that a till added.
    pub(crate) added: Uuid,
    /// What the first operator settled with Phú Sinh for all its stores; they have not heard of it.
    pub(crate) joint: Uuid,
    /// A campaign for everybody's goods in all stores.
    pub(crate) campaign: CampaignId,
    /// The first operator's tills.
    pub(crate) tills: Vec<Till>,
    /// Streams and entries of Phú Sinh's settlements.
    pub(crate) own: Vec<(String, i64)>,
    /// Of the other producer's.
    pub(crate) foreign: Vec<(String, i64)>,
    /// Products of others.
    pub(crate) foreign_products: Vec<Uuid>,
    /// Stores of the other operator.
    pub(crate) foreign_stores: Vec<StoreId>,
}

/// Draws by a seed alone, so that two worlds draw alike.
pub(crate) struct Draws(u64);

impl Draws {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    pub(crate) fn pieces(&mut self) -> i64 {
        i64::try_from(self.below(4) + 1).unwrap()
    }
}

/// Whose goods a till has at hand: Phú Sinh's, Sa Huỳnh's, the other producer's; and the store's own basket.
struct Counter {
    till: Till,
    consigned: [Option<Goods>; 3],
    basket: Goods,
}

impl RandomWorld {
    pub(crate) async fn new(db: Db, seed: u64, last: Last, has_last: bool) -> Self {
        let world = World::new(db).await;
        let (admin, role) = (&world.admin, Role::Producer(world.phu_sinh));
        let user = admin.add_user("phusinh", "Bùi Văn Tấn", role, "hành tím mồ côi").await.unwrap();
        let secret = |url: String| url.rsplit('/').next().unwrap().to_owned();
        let key = secret(central::reading::make_key(&world.app, "test", world.phu_sinh).await.unwrap());
        let token = secret(central::welcome::make_link(&world.app, "test", user).await.unwrap());
        let mut counters = Vec::new();
        for till in [world.till().await, world.other_till().await] {
            let consigned = [Some(world.garlic.clone()), Some(world.salt.clone()), None];
            counters.push(Counter { till, consigned, basket: world.basket.clone() });
        }
        let added = added(&world);
        counters[0].till.add_product(added.clone());
        let mut others = Others::default();
        let both = match last {
            Last::Producer => [Last::Operator, Last::Producer],
            Last::Operator => [Last::Producer, Last::Operator],
        };
        for comes in both.into_iter().filter(|comes| *comes != last || has_last) {
            match comes {
                Last::Producer => others.add_producer(&world, &mut counters).await,
                Last::Operator => others.add_operator(&world, &mut counters).await,
            }
        }
        let producers =
            [Some(world.phu_sinh), Some(world.sa_huynh), others.producer.as_ref().map(|(id, _)| *id)];
        let [own, _, foreign] = trade(&mut counters, producers, seed);
        for counter in &counters {
            counter.till.push_from(&world, 1).await.ack();
        }
        keep_account(&world, (world.operator, world.phu_sinh), "4801205012345").await;
        let printed = counters[0].till.told(&world, "producer", world.phu_sinh.uuid()).await;
        let slip_key = secret(printed["reading_url"].as_str().unwrap().to_owned());
        let joint = joint(&world, 0).await;
        let campaign = add_fair(&world).await;
        let mut foreign_products = vec![world.salt.id.uuid(), world.basket.id.uuid()];
        foreign_products.extend(others.producer.iter().map(|(_, goods)| goods.id.uuid()));
        Self {
            world,
            key,
            slip_key,
            token,
            added: added.product,
            joint,
            campaign,
            tills: counters.into_iter().take(2).map(|counter| counter.till).collect(),
            own,
            foreign,
            foreign_products,
            foreign_stores: others.stores,
        }
    }
}

/// A product of Phú Sinh's that a counter added.
pub(crate) fn added(world: &World) -> ProvisionalProduct {
    ProvisionalProduct {
        product: Uuid::from_u128(77),
        sku: "TAM-77".to_owned(),
        barcode: Some("8938501234575".to_owned()),
        name: "Mật ong rừng".to_owned(),
        unit: "chai".to_owned(),
        sold_by: "piece".to_owned(),
        price: 120_000,
        tax_class: "standard".to_owned(),
        producer: Some(world.phu_sinh.uuid()),
        refuse_expired: false,
    }
}

/// Those who may be missing.
#[derive(Default)]
struct Others {
    operator: Option<OperatorId>,
    stores: Vec<StoreId>,
    producer: Option<(ProducerId, Goods)>,
}

impl Others {
    /// A producer whose goods are in all stores.
    async fn add_producer(&mut self, world: &World, counters: &mut [Counter]) {
        let id = producer(&world.admin, "Nông hộ Ba Tơ").await;
        central::reading::make_key(&world.app, "test", id).await.unwrap();
        let first = goods(&world.app, &world.admin, "QUE", 77_000, Some((world.operator, id, 20))).await;
        for counter in counters.iter_mut().take(2) {
            counter.consigned[2] = Some(first.clone());
        }
        if let Some(operator) = self.operator {
            let second = with_terms(world, &first, operator).await;
            for counter in counters.iter_mut().skip(2) {
                counter.consigned[2] = Some(second.clone());
            }
        }
        keep_account(world, (world.operator, id), "19030000000017").await;
        self.producer = Some((id, first));
    }

    /// An operator with two stores that have everybody's goods.
    async fn add_operator(&mut self, world: &World, counters: &mut Vec<Counter>) {
        let operator = other_operator(world).await;
        let mut consigned = [None, None, None];
        let third = self.producer.as_ref().map(|(_, goods)| goods);
        for (place, goods) in [Some(&world.garlic), Some(&world.salt), third].into_iter().enumerate() {
            if let Some(goods) = goods {
                consigned[place] = Some(with_terms(world, goods, operator).await);
            }
        }
        for code in ["TB", "DP"] {
            let store = world.admin.add_store(&new_store(operator, code)).await.unwrap();
            let till = approved(world, store).await;
            counters.push(Counter { till, consigned: consigned.clone(), basket: world.basket.clone() });
            self.stores.push(store);
        }
        keep_account(world, (operator, world.phu_sinh), "0011001932418").await;
        self.operator = Some(operator);
    }
}

async fn approved(world: &World, store: StoreId) -> Till {
    let till = Till::enrol(world, store).await;
    world.admin.approve(&till.key.public().fingerprint()).await.unwrap();
    till
}

async fn other_operator(world: &World) -> OperatorId {
    let new = NewOperator {
        name: "Công ty Trà Bồng".to_owned(),
        legal_status: "company".to_owned(),
        tax_number: String::new(),
        commission_tax: Rate::percent(8),
    };
    world.admin.add_operator(&new).await.unwrap()
}

/// Keeps where an operator sends what it owes a producer.
async fn keep_account(world: &World, (operator, producer): (OperatorId, ProducerId), number: &str) {
    let account = PayoutAccount::read("970405", number, "BÙI VĂN TẤN").unwrap();
    let by = ("co-so", world.app.clock.now_ms());
    let mut tx = world.app.db.begin().await.unwrap();
    payout_accounts::replace(&mut tx, operator, producer, &account, by).await.unwrap();
    tx.commit().await.unwrap();
}

/// Returns the same product under terms of the other operator.
async fn with_terms(world: &World, goods: &Goods, operator_id: OperatorId) -> Goods {
    let producer_id = goods.terms.unwrap().producer_id;
    let new = NewTerms {
        operator_id,
        producer_id,
        product_id: None,
        commission: Rate::percent(15),
        basis: Basis::Gross,
        discount_bearer: Bearer::Store,
        valid_from: date!(2026 - 01 - 01),
        clauses: Clauses::default(),
    };
    let id = world.admin.add_terms(&new).await.unwrap();
    goods.with_terms(|terms| {
        terms.terms_id = Some(id);
        terms.commission = new.commission;
    })
}

/// Owes a producer more beside the last settlement, if there is one and the draw is high; else pays them.
fn pay_or_adjust(till: &mut Till, producer: ProducerId, pieces: i64) {
    let settled = last_of(till, "settlement", producer).filter(|_| pieces > 2);
    match settled.map(|settled| adjustment(producer, till, settled, pieces * 700 - 2_300)) {
        Some(told) => drop(till.adjust(&told)),
        None => drop(till.pay_producer(producer, pieces * 500)),
    }
}

/// Returns the other producer, and the goods as each operator sells them.
type Papers = Vec<(String, i64)>;

/// Writes the same number of entries into each journal, whoever is missing: in the place of what would have been theirs the
/// store sells a basket of its own. Returns the settlements of each producer.
fn trade(counters: &mut [Counter], producers: [Option<ProducerId>; 3], seed: u64) -> [Papers; 3] {
    let mut draws = Draws(seed);
    let mut papers = [(); 3].map(|()| Papers::new());
    for step in 0..STEPS {
        // Drawn for all four stores, so that the first two do not hear of the others.
        let (place, act, pieces) = (draws.below(4), draws.below(10), draws.pieces());
        let who = usize::try_from(draws.below(3)).unwrap();
        let Some(counter) = counters.get_mut(usize::try_from(place).unwrap()) else { continue };
        counter.till.day = TODAY - Duration::days(i64::try_from((STEPS - step) * 2).unwrap());
        let goods = counter.consigned[who].clone();
        let basket = counter.basket.clone();
        match (act, goods, producers[who]) {
            (0 | 1, Some(goods), _) => drop(counter.till.receive(&goods, pieces * 3)),
            (2, Some(_), Some(producer)) => {
                let told = settlement(producer, &[&counter.till], pieces * 1_000);
                counter.till.settle(&told);
                papers[who].push((counter.till.stream.to_string(), counter.till.head.seq));
            }
            (3, Some(_), Some(producer)) => pay_or_adjust(&mut counter.till, producer, pieces),
            (4, Some(goods), _) => drop(counter.till.sell(&[(&goods, pieces), (&basket, 1)])),
            (_, Some(goods), _) => drop(counter.till.sell(&[(&goods, pieces)])),
            (_, None, _) => drop(counter.till.sell(&[(&basket, 1)])),
        }
    }
    papers
}
