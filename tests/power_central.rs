//! The power of central's computer is cut, and only what was synced is left on its disk: what it acknowledged to a store
//! is there, once (I1, I2, I3, F9).
#![expect(clippy::unwrap_used, reason = "a story that stumbles has failed")]

use central::db::{Db, entries as central_entries, streams as central_streams};
use clock::Clock;
use pos::db::{entries, streams};
use protocol::{Hash, Position, StreamId};
use stories::books;
use stories::service::{self, Service};
use stories::trade::trade;
use testkit::clock::DrivenClock;
use testkit::durable::{Disk, Durable};
use testkit::store::TestStore;
use testkit::strace::{DISK_CALLS, Injection};
use testkit::world::{World, sync};

const SERVICE: &str = env!("CARGO_BIN_EXE_service");
const CUTS: u32 = 48;
/// Batches that a store sends between two cuts, a sale each.
const BATCHES: usize = 6;
/// About as many calls as central makes for them, from its start to its end, with the shim that watches them.
const CALLS: u32 = 360;
/// What takes an answer to a store, and how many of them one thread of central's may send.
const REPLY_CALLS: &str = "sendto,sendmsg,writev";
const REPLIES: u32 = 8;
/// Beyond all of them.
const NEVER: u32 = 60_000;

/// Central's folder between two runs of the service, and a store that goes on selling.
struct Story {
    world: World,
    store: TestStore,
    stream: StreamId,
}

impl Story {
    async fn begin() -> Self {
        let mut world = World::with_catalogue().await;
        let store = world.open_store("LS").await;
        world.stop().await;
        world.central.db.close().await;
        let stream = streams::list_streams(store.app.db().read()).await.unwrap()[0].stream;
        Self { world, store, stream }
    }

    fn start(&self, durable: &Durable, disk: Disk, injection: Injection) -> Service {
        let (folder, listen) = (self.world.folder(), self.world.address());
        Service::start(SERVICE, folder, listen, durable.variables(disk), injection)
    }

    /// The store sells, and tells central of each sale; returns how many sales.
    async fn sell(&self, batches: usize) -> i64 {
        // Central believes only those who know what time it is.
        let behind_ms = Clock::system().now_ms() - self.store.app.clock().now_ms();
        self.store.clock.advance(behind_ms);
        if behind_ms > DAY_MS {
            self.store.begin_day().await;
        }
        for _ in 0..batches {
            trade(&self.store, 1).await;
            sync(&self.store).await;
        }
        i64::try_from(batches).unwrap()
    }

    /// What central acknowledged, as far as the store has heard.
    async fn acked(&self) -> Position {
        streams::list_streams(self.store.app.db().read()).await.unwrap()[0].acked
    }

    /// The hashes of the store's journal.
    async fn journal(&self) -> Vec<Hash> {
        let rows = entries::list_after(self.store.app.db().read(), 1, 0, i64::MAX).await.unwrap();
        rows.iter().map(|row| Hash::from_slice(&row.hash).unwrap()).collect()
    }

    /// Opens what is left of central, checks that it is whole and the beginning of the store's journal, and returns its
    /// last entry's number.
    async fn left(&self) -> i64 {
        let (db, _folder) = service::open_copy(self.world.folder()).await;
        central::verify::verify(&db).await.unwrap();
        let head = central_streams::find(&db, self.stream).await.unwrap().unwrap().head;
        let mut journal = self.journal().await;
        journal.truncate(usize::try_from(head.seq).unwrap());
        assert_eq!(hashes(&db, self.stream).await, journal);
        db.close().await;
        head.seq
    }

    /// The service runs unharmed once more: nothing waits any longer, and both have the same books.
    async fn converge(&mut self, sales: i64) {
        let durable = Durable::watch(self.world.folder());
        let service = self.start(&durable, Disk::Honest, Injection::kill_at(DISK_CALLS, NEVER));
        let sold = self.sell(1).await;
        assert!(!service.end().was_killed);
        let said = service::command(SERVICE, self.world.folder(), "verify").output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));

        self.world.central.db = service::open(self.world.folder()).await;
        let store_id = books::id_of(&self.store).await;
        let heads = books::heads_of_store(&self.store).await;
        assert_eq!(heads, books::heads_at_central(&self.world, store_id).await);
        assert_eq!(self.acked().await.seq, i64::try_from(self.journal().await.len()).unwrap());
        let (here, there) =
            (books::of_store(&self.store).await, books::at_central(&self.world, store_id).await);
        assert_eq!(here, there);
        assert_eq!(here.digest(), there.digest());
        assert_eq!(there.sales, sales + sold, "none is missing, none is there twice");
        self.store.check().await;
    }
}

async fn hashes(db: &Db, stream: StreamId) -> Vec<Hash> {
    let mut tx = db.begin_reading().await.unwrap();
    central_entries::hashes(&mut tx, stream, 0, i64::MAX).await.unwrap()
}

/// A shift of so long ago sells no more.
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

fn drawn(random: &Clock, most: u32) -> u32 {
    let mut bytes = [0; 4];
    random.fill(&mut bytes);
    1 + u32::from_be_bytes(bytes) % most
}

#[tokio::test]
async fn cuts_lose_nothing_that_was_acknowledged() {
    let (_, random) = DrivenClock::new(31);
    let mut story = Story::begin().await;
    let database = |story: &Story| std::fs::read(story.world.folder().join(service::DATABASE)).unwrap();
    let before = database(&story);
    let (mut sales, mut cut_short, mut grew, mut unheard) = (0, 0, 0, 0);
    for cut in 0..CUTS {
        let durable = Durable::watch(story.world.folder());
        // Most cuts fall into writing; some between a commit and its word to the store.
        let injection = match cut % 3 {
            0 => Injection::kill_at(REPLY_CALLS, drawn(&random, REPLIES)),
            _ => Injection::kill_at(DISK_CALLS, drawn(&random, CALLS)),
        };
        let acked_before = story.acked().await;
        let service = story.start(&durable, Disk::Honest, injection.clone());
        if service.listens() {
            sales += story.sell(BATCHES).await;
        }
        cut_short += u32::from(service.end().was_killed);
        durable.cut();
        let (acked, left) = (story.acked().await, story.left().await);
        assert!(left >= acked.seq, "{injection:?}: acknowledged up to {}, left {left}", acked.seq);
        grew += u32::from(acked.seq > acked_before.seq);
        unheard += u32::from(left > acked.seq);
    }
    assert!(cut_short >= 32, "{cut_short} cuts fell while central was working");
    assert!(grew >= 20, "central acknowledged something in {grew} of its runs");
    assert!(unheard > 0, "no cut fell between a commit and its word to the store");
    eprintln!(
        "DEBUG {cut_short} {grew} {unheard} wal {}",
        std::fs::metadata(story.world.folder().join(format!("{}-wal", service::DATABASE)))
            .map_or(0, |m| m.len())
    );
    assert_ne!(database(&story), before, "no checkpoint fell between the cuts");
    story.converge(sales).await;
}

/// Shows that the test above can fail: a disk that lies about syncing loses what was acknowledged. The store has it, and
/// sends it again.
#[tokio::test]
async fn a_disk_that_lies_is_filled_again_by_the_store() {
    let mut story = Story::begin().await;
    let before = story.left().await;
    let durable = Durable::watch(story.world.folder());
    let service = story.start(&durable, Disk::Lies, Injection::kill_at(DISK_CALLS, NEVER));
    let sales = story.sell(BATCHES).await;
    service.end();
    durable.cut();
    assert_eq!(story.left().await, before, "what came in this run is gone");
    assert!(story.acked().await.seq > before, "though it was acknowledged");
    story.converge(sales).await;
}
