//! A till that writes a real journal, and pushes it over the router.

use axum::body::Body;
use axum::http::Request;
use domain::ids::{LotId, SaleId, StoreId};
use domain::sale::SaleLine;
use domain::stock::{Lot, Owner};
use domain::tax::TaxClass;
use domain::tender::{Tender, TenderKind};
use domain::{Money, Quantity, Rate, fact};
use protocol::batch::{Address, BatchHeader, pack};
use protocol::entry::ClockFlag;
use protocol::payload::{
    self, Genesis, GoodsIn, GoodsInLine, ProvisionalProduct, ProvisionalProductShared, Sale, ShiftClose,
    ShiftOpen,
};
use protocol::wire::{BATCH_HEADER, Condition, Enrol, Enrolled, PROTOCOL_HEADER, READ_HEADER, ReadProof};
use protocol::{Entry, Envelope, Hash, Position, SecretKey, StreamId};
use serde_json::Value;
use time::Date;
use uuid::Uuid;

use super::{Answer, Goods, TODAY, World};

/// A till with its journal; entries are kept until they are pushed.
#[derive(Debug, Clone)]
pub(crate) struct Till {
    pub(crate) stream: StreamId,
    pub(crate) key: SecretKey,
    pub(crate) head: Position,
    pub(crate) grand_total: i64,
    pub(crate) day: Date,
    pub(crate) journal: Vec<Entry>,
    pub(crate) receipts: i64,
}

impl Till {
    /// Enrols a device by a code; it is held until somebody approves it.
    pub(crate) async fn enrol(world: &World, store: StoreId) -> Self {
        let code = world.admin.issue_code(store).await.unwrap();
        let mut secret = [0; 32];
        world.app.clock.fill(&mut secret);
        let incarnation = world.app.clock.new_uuid().as_u128();
        let till = Self::new(StreamId { store_id: store, incarnation }, SecretKey::from_bytes(&secret));
        let answer = till.ask_to_enrol(world, &code).await;
        assert_eq!(answer.status, 200, "{}", answer.json());
        let enrolled: Enrolled = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((enrolled.stream, enrolled.central_key), (till.stream, world.key()));
        till.with_genesis()
    }

    /// Returns a till that nobody knows.
    pub(crate) fn new(stream: StreamId, key: SecretKey) -> Self {
        let (head, journal) = (Position::START, Vec::new());
        Self { stream, key, head, grand_total: 0, day: TODAY, journal, receipts: 0 }
    }

    fn with_genesis(mut self) -> Self {
        let genesis = Genesis {
            public_key: self.key.public(),
            reason: "new".to_owned(),
            predecessor: None,
            software: "test".to_owned(),
        };
        self.write("genesis", None, &payload::write(&genesis).unwrap());
        self
    }

    pub(crate) async fn ask_to_enrol(&self, world: &World, code: &str) -> Answer {
        let enrol = Enrol {
            code: code.to_owned(),
            incarnation: format!("{:032x}", self.stream.incarnation),
            public_key: self.key.public(),
            device: "Máy quầy 1".to_owned(),
            predecessor: None,
            signature: String::new(),
        };
        self.send_enrol(world, &enrol.sign(&self.key)).await
    }

    pub(crate) async fn send_enrol(&self, world: &World, enrol: &Enrol) -> Answer {
        let request = Request::post("/sync/v1/enrol")
            .header(PROTOCOL_HEADER, "1")
            .header("content-type", "application/json")
            .body(Body::from(serde_json::to_vec(enrol).unwrap()));
        Answer::of(&world.router, request.unwrap()).await
    }

    /// Appends an entry to the journal.
    pub(crate) fn write(&mut self, kind: &str, sale: Option<Uuid>, shared: &str) -> Entry {
        self.write_with(kind, sale, shared, |_| {})
    }

    /// Appends an entry whose envelope was changed by hand before it was sealed.
    pub(crate) fn write_with(
        &mut self,
        kind: &str,
        sale: Option<Uuid>,
        shared: &str,
        change: impl FnOnce(&mut Envelope),
    ) -> Entry {
        let mut envelope = Envelope {
            v: 1,
            stream: self.stream,
            seq: self.head.seq + 1,
            prev_hash: self.head.hash,
            kind: kind.to_owned(),
            schema: 1,
            sale_id: sale,
            business_date: self.day,
            wall_utc_ms: 1_795_395_600_000,
            utc_offset_min: 420,
            boot_id: Uuid::from_u128(3),
            mono_ms: 12,
            clock_flag: ClockFlag::Ok,
            last_central_ack: None,
            grand_total_after: self.grand_total,
            shared_len: 0,
            shared_sha256: Hash::ZERO,
            private_len: 0,
            private_sha256: Hash::ZERO,
        };
        change(&mut envelope);
        let entry = Entry::seal(envelope, shared.to_owned(), "{\"salt\":\"00\"}").unwrap();
        self.head = entry.position();
        self.grand_total = entry.envelope.grand_total_after;
        self.journal.push(entry.clone());
        entry
    }

    /// Receives pieces of a product into a lot, which it returns.
    pub(crate) fn receive(&mut self, goods: &Goods, pieces: i64) -> LotId {
        self.receive_lot(goods, pieces, |lot| lot)
    }

    /// The same with what else is written of the lot.
    pub(crate) fn receive_lot(
        &mut self,
        goods: &Goods,
        pieces: i64,
        written: impl FnOnce(Lot) -> Lot,
    ) -> LotId {
        let lot = LotId::from_uuid(Uuid::new_v5(&goods.id.uuid(), &self.head.seq.to_be_bytes()));
        let owner = Owner::from(goods.terms.map(|terms| terms.producer_id));
        let received = fact::ReceivedLine {
            lot: written(Lot {
                id: lot,
                product_id: goods.id,
                owner,
                received_on: self.day,
                expires_on: None,
                code: None,
            }),
            quantity: Quantity::pieces(pieces),
            covers_unreceived: Quantity::ZERO,
        };
        let lines = vec![GoodsInLine::from(&received)];
        let goods_in = GoodsIn {
            delivery: Uuid::from_u128(9),
            voucher: String::new(),
            cashier: Uuid::from_u128(8),
            lines,
            missing: Vec::new(),
        };
        self.write("goods_in", None, &payload::write(&goods_in).unwrap());
        lot
    }

    /// Returns a line as a till freezes it; without a lot it is sold from the unreceived one.
    pub(crate) fn line(&self, goods: &Goods, pieces: i64, lot: Option<LotId>) -> SaleLine {
        let gross = Money::new(goods.price.vnd() * pieces);
        let rate = Rate::percent(8);
        SaleLine {
            product_id: goods.id,
            facts_id: goods.facts,
            sku: goods.sku.clone(),
            name: format!("Sản phẩm {}", goods.sku),
            unit: "Hộp".to_owned(),
            price: goods.price,
            price_version: 1,
            quantity: Quantity::pieces(pieces),
            gross,
            discount: Money::ZERO,
            promotion: None,
            list_price: None,
            combo: None,
            tax_class: TaxClass::Standard,
            tax_rate: rate,
            tax: rate.inside(gross).unwrap(),
            lot_id: lot.unwrap_or_else(|| LotId::unreceived(self.stream.store_id, goods.id)),
            unreceived: lot.is_none(),
            in_programme: true,
            terms: goods.terms,
        }
    }

    /// Returns a cash sale of lines.
    pub(crate) fn sale_of(&self, lines: Vec<SaleLine>) -> Sale {
        let total = Money::sum(lines.iter().map(|line| line.total().unwrap())).unwrap();
        let kept = vec![Tender { kind: TenderKind::Cash, amount: total }];
        let (sold, _) = fact::sold(lines, kept, Money::ZERO).unwrap();
        let mut sale = Sale {
            receipt: format!("LS-{}-{:06}", self.stream.short_code(), self.receipts + 1),
            shift: Uuid::from_u128(6),
            cashier: Uuid::from_u128(8),
            counter: "1".to_owned(),
            payable: total.vnd(),
            lines: Vec::new(),
            tenders: Vec::new(),
            tendered: total.vnd(),
            change: 0,
            rounding: 0,
            other: payload::sale::SaleOther::default(),
            pad: None,
        };
        sale.set_sold(&sold);
        sale
    }

    /// Writes a sale under an id.
    pub(crate) fn write_sale(&mut self, sale_id: SaleId, sale: &Sale) -> Entry {
        self.receipts += 1;
        let after = self.grand_total.saturating_add(sale.payable);
        let shared = payload::write(sale).unwrap();
        self.write_with("sale", Some(sale_id.uuid()), &shared, |envelope| envelope.grand_total_after = after)
    }

    /// Sells pieces of products from their unreceived lots; returns the sale.
    pub(crate) fn sell(&mut self, rows: &[(&Goods, i64)]) -> SaleId {
        let goods: Vec<String> =
            rows.iter().map(|(goods, pieces)| format!("{} {pieces}", goods.sku)).collect();
        let name = format!("{} {}", self.head.hash, goods.join(" "));
        let id = SaleId::from_uuid(Uuid::new_v5(&Uuid::from_u128(self.stream.incarnation), name.as_bytes()));
        let lines = rows.iter().map(|(goods, pieces)| self.line(goods, *pieces, None)).collect();
        let sale = self.sale_of(lines);
        self.write_sale(id, &sale);
        id
    }

    /// Opens a shift with money in the drawer.
    pub(crate) fn open_shift(&mut self, float: i64) {
        let open = ShiftOpen {
            shift: Uuid::from_u128(6),
            cashier: Uuid::from_u128(8),
            counter: "1".to_owned(),
            float,
        };
        self.write("shift_open", None, &payload::write(&open).unwrap());
    }

    /// Closes a shift.
    pub(crate) fn close_shift(&mut self, float: i64, expected: i64, counted: i64) {
        self.close_counted((float, expected, counted), None, None);
    }

    /// Closes a shift whose cashier said how many came and tasted.
    pub(crate) fn close_counted(
        &mut self,
        (float, expected, counted): (i64, i64, i64),
        visitors: Option<i64>,
        tastings: Option<i64>,
    ) {
        let close = ShiftClose {
            shift: Uuid::from_u128(6),
            cashier: Uuid::from_u128(8),
            float,
            expected,
            counted,
            sales: 0,
            sales_total: 0,
            visitors,
            tastings,
        };
        self.write("shift_close", None, &payload::write(&close).unwrap());
    }

    /// Adds a product at the counter.
    pub(crate) fn add_product(&mut self, product: ProvisionalProduct) {
        let shared = ProvisionalProductShared { cashier: Uuid::from_u128(8), product: Some(product) };
        self.write("provisional_product", None, &payload::write(&shared).unwrap());
    }

    /// Pushes the whole journal from an entry on.
    pub(crate) async fn push_from(&self, world: &World, first_seq: i64) -> Answer {
        let from = usize::try_from(first_seq - self.journal[0].envelope.seq).unwrap();
        self.push(world, &self.journal[from..]).await
    }

    /// Pushes entries.
    pub(crate) async fn push(&self, world: &World, entries: &[Entry]) -> Answer {
        let body = pack(entries).unwrap();
        let header = self.sign(world, entries, &body);
        self.send(world, &header, body).await
    }

    /// Returns the path to push to.
    pub(crate) fn path(&self) -> String {
        format!("/sync/v1/streams/{}/entries", self.stream)
    }

    /// Signs a batch.
    pub(crate) fn sign(&self, world: &World, entries: &[Entry], body: &[u8]) -> BatchHeader {
        let (path, central_key) = (self.path(), world.key());
        let address = Address { path: &path, central_key: &central_key, stream: self.stream };
        BatchHeader::sign(&self.key, address, entries, body, 5).unwrap()
    }

    /// Sends a signed batch.
    pub(crate) async fn send(&self, world: &World, header: &BatchHeader, body: Vec<u8>) -> Answer {
        let request = Request::post(self.path())
            .header(PROTOCOL_HEADER, "1")
            .header(BATCH_HEADER, serde_json::to_string(header).unwrap())
            .body(Body::from(body));
        Answer::of(&world.router, request.unwrap()).await
    }

    /// Asks to read.
    pub(crate) async fn get(&self, world: &World, path: &str, accept: &str) -> Answer {
        let proof = ReadProof::sign(&self.key, path, self.stream, 5);
        let request = Request::get(path)
            .header(PROTOCOL_HEADER, "1")
            .header(READ_HEADER, serde_json::to_string(&proof).unwrap())
            .header("accept-encoding", accept)
            .body(Body::empty());
        Answer::of(&world.router, request.unwrap()).await
    }

    /// Returns a row of the catalogue as the till is told of it.
    pub(crate) async fn told(&self, world: &World, kind: &str, id: Uuid) -> Value {
        let page = self.get(world, "/sync/v1/catalogue", "").await.json();
        let is_it = |row: &&Value| row["kind"] == kind && row["id"] == id.to_string().as_str();
        page["changes"].as_array().unwrap().iter().find(is_it).unwrap()["body"].clone()
    }

    /// Tells how it stands: signs one body and sends another.
    pub(crate) async fn tell(&self, world: &World, signed: &[u8], sent: &[u8], device_ms: i64) -> Answer {
        let path = Condition::path(self.stream, signed);
        let proof = ReadProof::sign(&self.key, &path, self.stream, device_ms);
        let request = Request::post(path)
            .header(PROTOCOL_HEADER, "1")
            .header(READ_HEADER, serde_json::to_string(&proof).unwrap())
            .body(Body::from(sent.to_vec()));
        Answer::of(&world.router, request.unwrap()).await
    }

    /// Asks for central's head.
    pub(crate) async fn head(&self, world: &World) -> Answer {
        self.get(world, &format!("/sync/v1/streams/{}/head", self.stream), "").await
    }
}
