//! The golden messages between a store and central.

use protocol::batch::{Address, BatchHeader, pack};
use protocol::wire::{
    Ack, AnnouncedRow, BankNoticeRow, BankNotices, CashierRow, CatalogueRow, ComboPartRow, ComboRow, Enrol,
    Enrolled, Head, JointPartRow, Problem, ProducerRow, ProductFactsRow, ProductRow, PromotionOffer,
    PromotionRow, ReadProof, SharedEntry, SisterStore, StoreRow, TakenTransfer, TaxRateRow, TermsRow,
    Transfers,
};
use protocol::{Entry, Hash, PublicKey};
use serde::{Deserialize, Serialize};

use crate::facts::{DAY, id, store};
use crate::journal::{CENTRAL_KEY, CENTRAL_TIME, RESTORED_KEY, STORE_KEY, Told, ack, key, stream};
use crate::settling;

/// Everything of one version that travels.
#[derive(Serialize, Deserialize)]
pub(crate) struct Wire {
    /// Secret keys are 32 times their number: 1 the store's, 2 central's, 3 the restored store's.
    pub(crate) store_key: PublicKey,
    pub(crate) central_key: PublicKey,
    pub(crate) restored_key: PublicKey,
    pub(crate) store_fingerprint: String,
    /// Of the journal's entries, in order.
    pub(crate) hashes: Vec<Hash>,
    pub(crate) batch: Batch,
    pub(crate) ack: Signed<Ack>,
    pub(crate) head: Head,
    pub(crate) enrol: Signed<Enrol>,
    pub(crate) enrolled: Enrolled,
    pub(crate) read_path: String,
    pub(crate) read: Signed<ReadProof>,
    pub(crate) notices_path: String,
    pub(crate) notices: Signed<BankNotices>,
    pub(crate) transfers: Signed<Transfers>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) catalogue: Vec<CatalogueRow>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Batch {
    pub(crate) path: String,
    pub(crate) header: BatchHeader,
    pub(crate) body_hex: String,
    pub(crate) message_hex: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Signed<T> {
    pub(crate) value: T,
    pub(crate) message_hex: String,
}

/// Returns what is signed: the domain with a zero byte, then each field after its length in four bytes.
fn message(domain: &str, fields: &[String]) -> String {
    let mut bytes = domain.as_bytes().to_vec();
    bytes.push(0);
    for field in fields {
        bytes.extend(u32::try_from(field.len()).unwrap().to_be_bytes());
        bytes.extend(field.as_bytes());
    }
    hex::encode(bytes)
}

fn batch(told: &[Told]) -> Batch {
    let first: Vec<Entry> =
        told.iter().map(|told| told.entry.clone()).filter(|e| e.envelope.stream == stream(1)).collect();
    let path = format!("/sync/v1/streams/{}/entries", stream(1));
    let central = key(CENTRAL_KEY).public();
    let body = body(&first);
    let address = Address { path: &path, central_key: &central, stream: stream(1) };
    let header = BatchHeader::sign(&key(STORE_KEY), address, &first, &body, CENTRAL_TIME - 1_500).unwrap();
    let fields = [
        "POST".to_owned(),
        path.clone(),
        central.to_string(),
        stream(1).to_string(),
        header.first_seq.to_string(),
        header.count.to_string(),
        header.prev_hash.to_string(),
        header.last_hash.to_string(),
        Hash::of(&[&body]).to_string(),
        header.device_time.to_string(),
    ];
    let message_hex = message("consign-batch-v1", &fields);
    Batch { path, header, body_hex: hex::encode(&body), message_hex }
}

/// Returns the stored body while it says what these entries say: another version of zstd may pack them differently,
/// and both are right. Without a stored body, or for other entries, packs them.
fn body(entries: &[Entry]) -> Vec<u8> {
    let packed = pack(entries).unwrap();
    let stored = std::fs::read_to_string(crate::path("wire.json")).ok();
    let stored = stored.and_then(|text| serde_json::from_str::<Wire>(&text).ok());
    let stored = stored.and_then(|wire| hex::decode(wire.batch.body_hex).ok());
    let unpack = |body: &[u8]| protocol::batch::unpack_limited(body, 1 << 20).ok();
    stored.filter(|body| unpack(body) == unpack(&packed)).unwrap_or(packed)
}

fn enrol() -> Signed<Enrol> {
    let request = Enrol {
        code: "7Q3F9K2M4N6P8R0T".to_owned(),
        incarnation: format!("{:032x}", stream(2).incarnation),
        public_key: key(RESTORED_KEY).public(),
        device: "Máy quầy Lý Sơn".to_owned(),
        predecessor: Some(stream(1)),
        signature: String::new(),
    };
    let fields =
        [request.code.clone(), request.incarnation.clone(), request.device.clone(), stream(1).to_string()];
    Signed { value: request.sign(&key(RESTORED_KEY)), message_hex: message("consign-enrol-v1", &fields) }
}

const NOTICES_PATH: &str = "/sync/v1/bank-notices?references=T5CY4TQKFF";

const TRANSFERS_PATH: &str = "/sync/v1/transfers";

fn notices() -> Signed<BankNotices> {
    let row = BankNoticeRow {
        reference: "T5CY4TQKFF".to_owned(),
        notice: "92704".to_owned(),
        amount: 655_000,
        account: "0123456789".to_owned(),
        booked_at: CENTRAL_TIME - 2_000,
    };
    let fields = [
        NOTICES_PATH.to_owned(),
        stream(1).to_string(),
        CENTRAL_TIME.to_string(),
        row.reference.clone(),
        row.notice.clone(),
        row.amount.to_string(),
        row.account.clone(),
        row.booked_at.to_string(),
    ];
    let answer = BankNotices { notices: vec![row], central_time: CENTRAL_TIME, signature: String::new() };
    let value = answer.sign(&key(CENTRAL_KEY), NOTICES_PATH, stream(1));
    Signed { value, message_hex: message("consign-notices-v1", &fields) }
}

/// Of the first journal's own transfer, as if another store had sent it.
fn transfers(told: &[Told]) -> Signed<Transfers> {
    let sent = told.iter().find(|told| told.entry.envelope.kind == "transfer_out").unwrap();
    let (envelope, shared) = (sent.entry.envelope_bytes.clone(), sent.entry.shared.clone());
    let sister =
        SisterStore { id: id(1, 2), code: "TK".to_owned(), name: "Điểm OCOP Trà Khúc".to_owned() };
    let taken = TakenTransfer { number: "LS-T3G2-CK0001".to_owned(), by: sister.id, complete: false };
    let fields = [
        TRANSFERS_PATH.to_owned(),
        stream(1).to_string(),
        CENTRAL_TIME.to_string(),
        "1".to_owned(),
        sister.id.to_string(),
        sister.code.clone(),
        sister.name.clone(),
        "1".to_owned(),
        envelope.clone(),
        shared.clone(),
        "1".to_owned(),
        taken.number.clone(),
        taken.by.to_string(),
        "false".to_owned(),
    ];
    let answer = Transfers {
        sisters: vec![sister],
        arriving: vec![SharedEntry { envelope, shared }],
        taken: vec![taken],
        central_time: CENTRAL_TIME,
        signature: String::new(),
    };
    let value = answer.sign(&key(CENTRAL_KEY), TRANSFERS_PATH, stream(1));
    Signed { value, message_hex: message("consign-transfers-v1", &fields) }
}

fn problems() -> Vec<Problem> {
    vec![
        Problem::Unauthorised,
        Problem::Revoked,
        Problem::CorruptBatch { at: 7 },
        Problem::Fork { at_seq: 7, central_hash: Hash::of(&[b"another branch"]) },
        Problem::Gap { expected: 5 },
        Problem::Protocol { min: 2, max: 3 },
        Problem::Busy { retry_after_s: 30 },
        Problem::Resync,
        Problem::EnrolmentCode,
    ]
}

fn catalogue() -> Vec<CatalogueRow> {
    vec![
        CatalogueRow::Store(StoreRow {
            id: store().uuid(),
            code: "LS".to_owned(),
            name: "Điểm bán Lý Sơn".to_owned(),
            receipt_title: "Điểm giới thiệu và bán sản phẩm OCOP Lý Sơn".to_owned(),
            address: "Đặc khu Lý Sơn, Quảng Ngãi".to_owned(),
            phone: "0255 000 000".to_owned(),
            tax_number: "4300000000".to_owned(),
            bank_bin: "970436".to_owned(),
            bank_account: "0123456789".to_owned(),
            commission_tax_ppm: 80_000,
            receipt_footer: "Xin cảm ơn quý khách".to_owned(),
            invoice: None,
            commission_taxes: Vec::new(),
        }),
        CatalogueRow::Product(ProductRow {
            id: id(3, 1),
            sku: "QN-001".to_owned(),
            barcodes: vec!["8930000000019".to_owned()],
            name: "Tỏi đen Lý Sơn".to_owned(),
            unit: "gói".to_owned(),
            sold_by: "piece".to_owned(),
            price: 280_000,
            price_version: 3,
            tax_class: "standard".to_owned(),
            refuse_expired: true,
            group: "Thực phẩm".to_owned(),
            producer: Some(id(2, 1)),
            merged: Vec::new(),
        }),
        CatalogueRow::ProductFacts(ProductFactsRow {
            id: id(5, 1),
            product: id(3, 1),
            valid_from: DAY,
            categories: vec!["ocop".to_owned()],
            stars: Some(4),
        }),
        CatalogueRow::Producer(ProducerRow {
            id: id(2, 1),
            name: "HTX Tỏi Lý Sơn".to_owned(),
            reading_url: None,
        }),
        CatalogueRow::Producer(ProducerRow {
            id: id(2, 2),
            name: "HTX Mật ong Trà Bồng".to_owned(),
            reading_url: Some("https://ocop.example/p/7Q3F9K2M4N5P6R8STVWXYZ0123".to_owned()),
        }),
        // As it was before terms had clauses.
        CatalogueRow::Terms(TermsRow {
            id: id(6, 1),
            commission_ppm: 125_000,
            return_days: None,
            shrinkage_ppm: 0,
            loss_bearer: None,
            expiry_bearer: None,
            agreed_after_days: None,
            ..settling::terms()
        }),
        CatalogueRow::Terms(settling::terms()),
        CatalogueRow::TaxRate(TaxRateRow {
            id: id(13, 1),
            class: "standard".to_owned(),
            valid_from: DAY,
            valid_to: Some(DAY),
            ppm: 80_000,
        }),
        CatalogueRow::Cashier(CashierRow {
            id: id(9, 1),
            name: "Chị Hoa".to_owned(),
            role: "cashier".to_owned(),
            pin_hash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned(),
            active: true,
        }),
        CatalogueRow::Combo(ComboRow {
            product: ProductRow {
                id: id(3, 4),
                sku: "BQ-001".to_owned(),
                barcodes: vec!["8930000000026".to_owned()],
                name: "Bộ quà Lý Sơn".to_owned(),
                unit: "bộ".to_owned(),
                sold_by: "piece".to_owned(),
                price: 320_000,
                price_version: 1,
                tax_class: "standard".to_owned(),
                refuse_expired: false,
                group: String::new(),
                producer: None,
                merged: Vec::new(),
            },
            parts: vec![
                ComboPartRow { product: id(3, 1), quantity: 1_000 },
                ComboPartRow { product: id(3, 2), quantity: 500 },
            ],
        }),
        CatalogueRow::Promotion(PromotionRow {
            id: id(14, 1),
            name: "Tết đến".to_owned(),
            offer: PromotionOffer::Percent(100_000),
            products: vec![id(3, 1)],
            first_day: DAY,
            last_day: DAY,
            minutes: Some([480, 600]),
        }),
        CatalogueRow::Announced(AnnouncedRow {
            id: id(15, 1),
            producer: id(2, 1),
            product: id(3, 1),
            quantity: 20_000,
            comes_on: DAY,
            announced_on: DAY,
        }),
        CatalogueRow::JointPart(JointPartRow {
            id: id(16, 1),
            number: "TC-1".to_owned(),
            producer: id(2, 1),
            paid: 1_500_000,
            paid_on: DAY,
        }),
        // One that a store had added under another id.
        CatalogueRow::Product(ProductRow {
            id: id(3, 5),
            sku: "QN-005".to_owned(),
            barcodes: vec!["8930000000033".to_owned()],
            name: "Mật ong rừng Trà Bồng".to_owned(),
            unit: "chai".to_owned(),
            sold_by: "piece".to_owned(),
            price: 120_000,
            price_version: 1,
            tax_class: "reduced".to_owned(),
            refuse_expired: true,
            group: "Thực phẩm".to_owned(),
            producer: Some(id(2, 2)),
            merged: vec![id(3, 6)],
        }),
    ]
}

/// Writes all messages anew.
pub(crate) fn written(told: &[Told]) -> Wire {
    let acknowledged = ack(told, stream(1), false);
    let ack_fields = [
        acknowledged.stream.to_string(),
        acknowledged.acked_seq.to_string(),
        acknowledged.acked_hash.to_string(),
        "counted".to_owned(),
        acknowledged.central_epoch.to_string(),
        acknowledged.central_time.to_string(),
        "11,12".to_owned(),
    ];
    let read_path = "/sync/v1/catalogue?cursor=12&limit=1000".to_owned();
    let proof = ReadProof::sign(&key(STORE_KEY), &read_path, stream(1), CENTRAL_TIME);
    let read_fields = [read_path.clone(), stream(1).to_string(), CENTRAL_TIME.to_string()];
    Wire {
        store_key: key(STORE_KEY).public(),
        central_key: key(CENTRAL_KEY).public(),
        restored_key: key(RESTORED_KEY).public(),
        store_fingerprint: key(STORE_KEY).public().fingerprint(),
        hashes: told.iter().map(|told| told.entry.hash).collect(),
        batch: batch(told),
        ack: Signed { value: acknowledged.clone(), message_hex: message("consign-ack-v1", &ack_fields) },
        head: Head { ack: acknowledged },
        enrol: enrol(),
        enrolled: Enrolled {
            stream: stream(2),
            central_key: key(CENTRAL_KEY).public(),
            store_code: "LS".to_owned(),
            store_name: "Điểm bán Lý Sơn".to_owned(),
        },
        read_path,
        read: Signed { value: proof, message_hex: message("consign-read-v1", &read_fields) },
        notices_path: NOTICES_PATH.to_owned(),
        notices: notices(),
        transfers: transfers(told),
        problems: problems(),
        catalogue: catalogue(),
    }
}
