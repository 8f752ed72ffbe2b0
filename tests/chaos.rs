//! The network between a store and central breaks at any byte, says things twice, stalls, and swallows what it was given;
//! afterwards both have the same books, and nothing is in them twice (F23-F29, F33, I1, I2, I5, I6).
#![expect(clippy::unwrap_used, clippy::panic, reason = "a story that stumbles has failed")]

use std::collections::BTreeMap;

use central::db::Db;
use domain::ids::StoreId;
use pos::db::{entries, streams};
use pos::sync::{Next, Session, SyncStatus};
use protocol::wire::Ack;
use protocol::{Hash, Position};
use stories::books;
use testkit::proxy::{Exchange, Fault, Proxy, body};
use testkit::store::TestStore;
use testkit::world::{FISH_SAUCE, GARLIC, World, begin_day};

testkit::on_both_engines!(
    requests_are_cut_at_any_byte,
    replies_are_cut_at_any_byte,
    whatever_the_network_does,
    a_batch_sent_twice_gets_one_answer,
    a_reply_that_does_not_come_keeps_nobody_from_selling
);

/// Cuts of one direction: at the places that matter, then at random ones.
const CUTS: usize = 44;
/// Steps without any progress; more means that the sync goes round in circles.
const STEPS_MAX: usize = 10_000;

/// A store that reaches central through a faulty network.
struct Line {
    world: World,
    proxy: Proxy,
    store: TestStore,
    store_id: StoreId,
    session: Session,
    sold: usize,
}

impl Line {
    /// Begins a day over a network that still works.
    async fn open(db: Db) -> Self {
        let world = World::over(db).await;
        let proxy = Proxy::start(world.address()).await;
        let store = world.store_by("LS", true, &proxy.url()).await;
        begin_day(&store).await;
        let store_id = books::id_of(&store).await;
        let session = Session::begin(&store.app).await.unwrap().unwrap();
        let mut line = Self { world, proxy, store, store_id, session, sold: 0 };
        // A session begins with the question where central stands; after it come pushes.
        line.one_exchange().await;
        line
    }

    async fn sell(&mut self) {
        self.store.sell([GARLIC, FISH_SAUCE][self.sold % 2]).await;
        self.sold += 1;
    }

    /// Takes one step; the clock passes over pauses.
    async fn step(&mut self) {
        match self.session.step(&self.store.app).await.unwrap() {
            Next::Again => {}
            Next::WaitMs(wait_ms) => self.store.clock.advance(wait_ms),
            Next::OtherStream => panic!("a bad network is no reason for a new journal"),
        }
    }

    /// Goes on until one more request has been answered, or broken.
    async fn one_exchange(&mut self) -> Exchange {
        let before = self.proxy.exchanges().len();
        for _ in 0..STEPS_MAX {
            self.step().await;
            if let Some(exchange) = self.proxy.exchanges().get(before) {
                return exchange.clone();
            }
        }
        panic!("nothing is sent");
    }

    async fn until_synced(&mut self) {
        for _ in 0..STEPS_MAX {
            let (local, acked) = self.positions().await;
            if local == acked && self.store.app.sync_status() == (SyncStatus::Good { held: false }) {
                return;
            }
            self.step().await;
        }
        panic!("the sync never ends: {:?}", self.store.app.sync_status());
    }

    /// Returns the last entry here, and the last that central is known to have.
    async fn positions(&self) -> (Position, Position) {
        let mut reader = self.store.app.db().read().acquire().await.unwrap();
        let stream = streams::find_current(&mut reader).await.unwrap().unwrap();
        (entries::load_head(&mut reader, stream.stream_no).await.unwrap(), stream.acked)
    }

    async fn at_central(&self) -> BTreeMap<String, (Position, i64)> {
        books::heads_at_central(&self.world, self.store_id).await
    }

    /// Checks that both sides agree on everything, and on what was sold here.
    async fn check(&self) {
        assert_eq!(books::heads_of_store(&self.store).await, self.at_central().await);
        let (here, there) =
            (books::of_store(&self.store).await, books::at_central(&self.world, self.store_id).await);
        assert_eq!(here, there);
        assert_eq!(here.digest(), there.digest());
        assert_eq!(there.sales, i64::try_from(self.sold).unwrap());
        assert_eq!(there.account("suspense"), 0);
        self.store.check().await;
    }
}

/// Returns where a message is cut: in its first line, around the end of its head, at its end, and at random.
fn place(number: usize, message: &[u8], head: usize) -> usize {
    let length = message.len();
    let chosen = [0, 1, head - 2, head - 1, head, head + 1, length - 1, length];
    chosen.get(number).copied().unwrap_or_else(|| {
        let random = Hash::of(&[b"cut", &number.to_be_bytes()]);
        let random = u64::from_be_bytes(random.bytes()[..8].try_into().unwrap());
        usize::try_from(random % u64::try_from(length).unwrap()).unwrap()
    })
}

fn is_push(exchange: &Exchange) -> bool {
    let line = exchange.request.split(|byte| *byte == b'\r').next().unwrap_or_default();
    line.starts_with(b"POST /sync/v1/streams/") && line.windows(9).any(|piece| piece == b"/entries ")
}

async fn requests_are_cut_at_any_byte(db: Db) {
    let mut line = Line::open(db).await;
    for number in 0..CUTS {
        line.sell().await;
        let before = line.at_central().await;
        // The first try tells how long the request is.
        line.proxy.script([Fault::DropRequest]);
        let whole = line.one_exchange().await.request;
        let place = place(number, &whole, whole.len() - body(&whole).len());
        let sent = line.proxy.exchanges().len();
        line.proxy.script([Fault::CutRequestAt(place)]);
        let cut = line.one_exchange().await;
        assert!(is_push(&cut) && cut.request.len() == whole.len());
        // Of a whole one nobody knows: central may have noticed first that nobody waits for an answer. A client whose kept
        // connection was closed while it began to send may have sent the whole once more by itself.
        let is_taken = line.at_central().await != before;
        let is_sent_again = line.proxy.exchanges().len() > sent + 1;
        assert!(
            !is_taken || place == whole.len() || is_sent_again,
            "central took a part of a batch that was cut at {place}"
        );
        line.until_synced().await;
    }
    line.check().await;
}

async fn replies_are_cut_at_any_byte(db: Db) {
    let mut line = Line::open(db).await;
    for number in 0..CUTS {
        line.sell().await;
        let (_, acked) = line.positions().await;
        line.proxy.script([Fault::DropReply]);
        let dropped = line.one_exchange().await;
        let whole = dropped.reply.clone();
        assert!(is_push(&dropped) && whole.starts_with(b"HTTP/1.1 200"));
        let place = place(number, &whole, whole.len() - body(&whole).len());
        let is_reset = number >= 8 && number % 2 == 1;
        line.proxy.script([if is_reset { Fault::ResetReplyAt(place) } else { Fault::CutReplyAt(place) }]);
        let cut = line.one_exchange().await;
        assert!(is_push(&cut) && cut.reply.len() == whole.len());
        let is_known = line.positions().await.1 != acked;
        assert_eq!(is_known, place == whole.len(), "a reply that was cut at {place} is no word of central's");
        line.until_synced().await;
    }
    line.check().await;
}

async fn whatever_the_network_does(db: Db) {
    let mut line = Line::open(db).await;
    for seed in 0..4 {
        line.proxy.seed(seed);
        for _ in 0..15 {
            line.sell().await;
            line.until_synced().await;
        }
        // The program ends and starts again in the middle of it.
        line.session = Session::begin(&line.store.app).await.unwrap().unwrap();
    }
    line.proxy.set(Fault::Trickle { bytes: 7, pause: std::time::Duration::ZERO });
    line.sell().await;
    line.until_synced().await;
    line.check().await;
}

async fn a_batch_sent_twice_gets_one_answer(db: Db) {
    let mut line = Line::open(db).await;
    for _ in 0..5 {
        line.sell().await;
        line.proxy.script([Fault::Twice]);
        line.one_exchange().await;
        line.until_synced().await;
    }
    let pushes: Vec<Exchange> = line.proxy.exchanges().into_iter().filter(is_push).collect();
    let twice: Vec<&[Exchange]> = pushes.windows(2).filter(|pair| pair[1].is_repeat).collect();
    assert_eq!(twice.len(), 5);
    for pair in twice {
        assert!(!body(&pair[0].reply).is_empty());
        assert_eq!(body(&pair[0].reply), body(&pair[1].reply), "the same to the byte");
    }
    // Every batch of the day once more, the last one first: each gets central's word on the whole journal.
    let digest = central::rebuild::snapshot_digest(&line.world.central.db).await.unwrap();
    let (head, _) = line.positions().await;
    let mut answers = Vec::new();
    for push in pushes.iter().rev().filter(|push| !push.is_repeat) {
        answers.push(body(&line.proxy.replay(&push.request).await.unwrap()));
    }
    assert!(answers.len() > 5 && answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let ack: Ack = serde_json::from_slice(&answers[0]).unwrap();
    assert_eq!((ack.position(), ack.held, ack.exceptions), (head, false, vec![]));
    assert_eq!(central::rebuild::snapshot_digest(&line.world.central.db).await.unwrap(), digest);
    line.check().await;
}

async fn a_reply_that_does_not_come_keeps_nobody_from_selling(db: Db) {
    let mut line = Line::open(db).await;
    // Central has answered, and the answer hangs somewhere.
    line.proxy.script([Fault::Hold]);
    line.sell().await;
    let Line { proxy, store, session, .. } = &mut line;
    let (next, ()) = tokio::join!(session.step(&store.app), async {
        proxy.held(1).await;
        for _ in 0..10 {
            store.sell(GARLIC).await;
        }
        proxy.release();
    });
    assert_eq!(next.unwrap(), Next::Again);
    line.sold += 10;
    line.until_synced().await;
    line.check().await;

    // A connection that takes everything and never says a word, until the program is ended.
    line.proxy.script([Fault::BlackHole]);
    line.sell().await;
    let lost = line.proxy.exchanges().len();
    let Line { proxy, store, session, .. } = &mut line;
    tokio::select! {
        _ = session.step(&store.app) => panic!("nobody answered"),
        () = async {
            while proxy.exchanges().len() == lost {
                tokio::task::yield_now().await;
            }
            for _ in 0..10 {
                store.sell(FISH_SAUCE).await;
            }
        } => {}
    }
    line.sold += 10;
    line.session = Session::begin(&line.store.app).await.unwrap().unwrap();
    line.until_synced().await;
    line.check().await;
}
