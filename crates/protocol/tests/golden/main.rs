//! Golden vectors: what version 1 writes, to the byte. Any program may read these files, so what stands in them is what
//! the protocol is; `README.md` beside this crate explains them, and `crates/central/assets/verifier/verifier.py` checks them without our code.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

mod facts;
mod journal;
mod moving;
mod settling;
mod wire;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;

use domain::fact::Fact;
use domain::fold::{Posting, fold};
use protocol::batch::{Address, unpack};
use protocol::payload::{Uninterpreted, private_fact};
use protocol::{Entry, Hash, Payload, PublicKey};
use serde::Serialize;

use journal::{Line, Told};

/// Writes the vectors instead of comparing them.
const UPDATE: &str = "OCOP_UPDATE_GOLDEN";

const WARNING: &str = "the protocol may not change: stores, central and verifiers in the field hold bytes of version 1, \
     and a change here makes them strangers to each other. New needs get a new kind or a new schema beside the old one. \
     Only what was never released may be written anew, with OCOP_UPDATE_GOLDEN=1";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/v1").join(name)
}

fn stored(name: &str) -> String {
    static WRITTEN: Once = Once::new();
    if std::env::var_os(UPDATE).is_some() {
        // Before any test reads one.
        WRITTEN.call_once(|| {
            for (name, text) in vectors() {
                fs::write(path(name), text).expect("a folder that can be written");
            }
        });
    }
    fs::read_to_string(path(name)).expect("the vectors are in the repository")
}

/// Writes every vector anew.
fn vectors() -> [(&'static str, String); 3] {
    let told = journal::written();
    let wire = pretty(&wire::written(&told));
    [("journal.jsonl", journal::export(&told)), ("wire.json", wire), ("books.json", pretty(&books(&told)))]
}

#[test]
fn version_1_is_written_to_the_byte() {
    for (name, text) in vectors() {
        same(name, &text);
    }
}

fn same(name: &str, text: &str) {
    let stored = stored(name);
    for (number, (stored, now)) in (1..).zip(stored.lines().zip(text.lines())) {
        assert_eq!(stored, now, "{name}, line {number}: {WARNING}");
    }
    assert_eq!(stored, text, "{name}: {WARNING}");
}

/// The entries of the stored journal, with their private payloads.
fn stored_entries() -> Vec<(Entry, Option<String>)> {
    let lines = stored("journal.jsonl");
    let entries = lines.lines().filter(|line| line.contains("\"envelope\""));
    let read = |line: &str| {
        let line: Line = serde_json::from_str(line).unwrap();
        (Entry::read(line.envelope, line.shared).unwrap(), line.private)
    };
    entries.map(read).collect()
}

fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

#[test]
fn the_example_of_the_specification_is_the_golden_one() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (entry, private) = stored_entries().swap_remove(7);
    let fingerprint = journal::key(journal::STORE_KEY).public().fingerprint();
    for text in [entry.shared, private.unwrap(), entry.hash.to_string(), fingerprint] {
        assert!(readme.contains(&text), "{text}");
    }
    // The envelope is broken into lines there.
    assert!(readme.replace(",\n", ",").contains(&entry.envelope_bytes));
}

type Books = BTreeMap<String, BTreeMap<String, i64>>;

/// Returns the sums that follow from the journal, per stream, for whoever writes a verifier.
fn books(told: &[Told]) -> Books {
    let mut books = Books::new();
    for told in told {
        let stream = told.entry.envelope.stream;
        let books = books.entry(stream.to_string()).or_default();
        for fact in told.shared_fact.iter().chain(&told.private_fact) {
            for posting in fold(fact, stream.store_id).expect("facts that fold") {
                let (name, amount) = name_of(posting);
                *books.entry(name).or_default() += amount;
            }
        }
        books.retain(|_, amount| *amount != 0);
    }
    books
}

#[test]
fn all_accounts_together_are_zero() {
    for (stream, books) in books(&journal::written()) {
        let money: i64 = books.iter().filter(|(name, _)| !name.contains('/')).map(|(_, amount)| amount).sum();
        assert_eq!(money, 0, "{stream}");
    }
}

/// Names a posting: `producer_due PRODUCER` for money, `PRODUCT/LOT/LOCATION` for goods.
fn name_of(posting: Posting) -> (String, i64) {
    match posting {
        Posting::Money(account, amount) => {
            let producer = account.producer_id().map_or_else(String::new, |id| format!(" {id}"));
            (format!("{}{producer}", account.code()), amount.vnd())
        }
        Posting::Stock(place, quantity) => {
            (format!("{}/{}/{}", place.product_id, place.lot_id, place.location.code()), quantity.milli())
        }
    }
}

#[test]
fn every_payload_is_read_back_as_the_fact_that_was_told() {
    let told = journal::written();
    let stored = stored_entries();
    assert_eq!(stored.len(), told.len());
    let mut kinds: Vec<String> = Vec::new();
    for (Told { shared_fact, private_fact: private_told, entry: written, .. }, (entry, private)) in
        told.iter().zip(&stored)
    {
        assert_eq!(entry, written);
        let envelope = &entry.envelope;
        let payload = Payload::read(&envelope.kind(), envelope.schema, &entry.shared);
        let fact = payload.map(|payload| payload.fact(envelope.business_date).expect("known codes"));
        match (fact, shared_fact) {
            (Ok(fact), Some(told)) => assert_eq!(fact, *told, "entry {}", envelope.seq),
            (Err(Uninterpreted::Later { kind, schema }), None) => {
                assert_eq!((kind.as_str(), schema), (envelope.kind.as_str(), envelope.schema));
            }
            (other, _) => panic!("entry {}: {other:?}", envelope.seq),
        }
        if let Some(private) = private {
            entry.check_private(private).expect("the payload of its envelope");
            if envelope.schema == protocol::payload::SCHEMA {
                let fact = private_fact(&envelope.kind(), private, envelope.business_date).unwrap();
                assert_eq!(fact, private_told.clone().unwrap_or(Fact::Noted), "entry {}", envelope.seq);
            }
        }
        kinds.push(envelope.kind.clone());
    }
    kinds.sort();
    kinds.dedup();
    let all = [
        "clock_changed",
        "deposit_returned",
        "deposit_taken",
        "genesis",
        "goods_count",
        "goods_in",
        "goods_out",
        "producer_adjusted",
        "producer_paid",
        "provisional_producer",
        "provisional_product",
        "refund",
        "repack",
        "reprint",
        "sale",
        "settlement",
        "shift_close",
        "shift_open",
        "teleport",
        "tender_confirmed",
        "terms",
        "transfer_in",
        "transfer_out",
        "void",
    ];
    assert_eq!(kinds, all, "every kind has a vector");
}

#[test]
fn the_stored_batch_is_unpacked_and_its_signatures_fit() {
    let wire: wire::Wire = serde_json::from_str(&stored("wire.json")).unwrap();
    assert_eq!(pretty(&wire), stored("wire.json"), "everything is read back");
    let batch = &wire.batch;
    let stream = wire.ack.value.stream;
    let (store, central): (PublicKey, PublicKey) = (wire.store_key, wire.central_key);
    let body = hex::decode(&batch.body_hex).unwrap();
    let address = Address { path: &batch.path, central_key: &central, stream };
    batch.header.verify(&store, address, &body).unwrap();
    let entries = unpack(&body, &batch.header, stream).unwrap();
    let stored: Vec<Entry> = stored_entries().into_iter().map(|(entry, _)| entry).collect();
    assert_eq!(entries, stored[..entries.len()]);
    wire.ack.value.verify(&central, stream).unwrap();
    wire.head.ack.verify(&central, stream).unwrap();
    wire.enrol.value.verify().unwrap();
    wire.read.value.verify(&store, &wire.read_path).unwrap();
}

/// The messages as the README tells, without our code for them: domain, then each field after its length.
#[test]
fn signed_messages_are_what_the_specification_says() {
    let wire: wire::Wire = serde_json::from_str(&stored("wire.json")).unwrap();
    let (batch, ack, read) = (&wire.batch, &wire.ack.value, &wire.read.value);
    let (header, enrol) = (&batch.header, &wire.enrol.value);
    let body_sha256 = Hash::of(&[&hex::decode(&batch.body_hex).unwrap()]).to_string();
    let message = |domain: &str, fields: &[&str]| {
        let mut bytes = domain.as_bytes().to_vec();
        bytes.push(0);
        for field in fields {
            bytes.extend(u32::try_from(field.len()).unwrap().to_be_bytes());
            bytes.extend(field.as_bytes());
        }
        hex::encode(bytes)
    };
    let texts = |numbers: &[i64]| numbers.iter().map(i64::to_string).collect::<Vec<_>>();
    let stream = ack.stream.to_string();
    let (prev, last) = (header.prev_hash.to_string(), header.last_hash.to_string());
    let numbers = texts(&[header.first_seq, header.count, header.device_time]);
    let fields = [
        "POST",
        &batch.path,
        &wire.central_key.to_string(),
        &stream,
        &numbers[0],
        &numbers[1],
        &prev,
        &last,
        &body_sha256,
        &numbers[2],
    ];
    assert_eq!(message("consign-batch-v1", &fields), batch.message_hex);
    let numbers = texts(&[ack.acked_seq, ack.central_time]);
    let epoch = ack.central_epoch.to_string();
    let exceptions = texts(&ack.exceptions).join(",");
    let hash = ack.acked_hash.to_string();
    let fields = [&stream, &numbers[0], &hash, "counted", &epoch, &numbers[1], &exceptions];
    assert_eq!(message("consign-ack-v1", &fields), wire.ack.message_hex);
    let predecessor = enrol.predecessor.unwrap().to_string();
    let fields = [&*enrol.code, &enrol.incarnation, &enrol.device, &predecessor];
    assert_eq!(message("consign-enrol-v1", &fields), wire.enrol.message_hex);
    let fields = [&wire.read_path, &read.stream.to_string(), &read.device_time.to_string()];
    assert_eq!(message("consign-read-v1", &fields.map(String::as_str)), wire.read.message_hex);
    for (key, message, signature) in [
        (wire.store_key, &batch.message_hex, &header.signature),
        (wire.central_key, &wire.ack.message_hex, &ack.signature),
        (enrol.public_key, &wire.enrol.message_hex, &enrol.signature),
        (wire.store_key, &wire.read.message_hex, &read.signature),
    ] {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&key.to_bytes()).unwrap();
        let signature = hex::decode(signature).unwrap();
        let signature = ed25519_dalek::Signature::from_slice(&signature).unwrap();
        key.verify_strict(&hex::decode(message).unwrap(), &signature).unwrap();
    }
}
