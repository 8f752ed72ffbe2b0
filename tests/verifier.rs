//! The stand-alone verifier, which knows the specification alone: it accepts the golden vectors, names the entry of
//! every changed byte, and sees through journals that are sealed well and tell nonsense.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use protocol::entry::Entry;
use protocol::payload::{Sale, SalePad, sale::SaleLine};
use protocol::{Hash, Position};
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn vector(name: &str) -> PathBuf {
    root().join("crates/protocol/tests/vectors/v1").join(name)
}

fn verifier(arguments: &[&str], files: &[PathBuf]) -> Output {
    let program = root().join("crates/central/assets/verifier/verifier.py");
    testkit::python().arg(program).args(arguments).args(files).output().expect("Python runs")
}

fn lines(output: &Output) -> Vec<String> {
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

fn central_key() -> String {
    let wire: Value = serde_json::from_str(&fs::read_to_string(vector("wire.json")).unwrap()).unwrap();
    wire["central_key"].as_str().unwrap().to_owned()
}

/// A line of the golden journal.
fn journal() -> Vec<Value> {
    let text = fs::read_to_string(vector("journal.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Writes journals into a folder, verifies all of them, and returns what is said of each. Central's signatures are left
/// out: they take long, and the chain alone has to find what is changed.
fn verified(journals: &[Vec<Value>]) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<PathBuf> =
        (0..journals.len()).map(|number| folder.path().join(format!("{number}.jsonl"))).collect();
    for (name, journal) in names.iter().zip(journals) {
        let text: String = journal.iter().map(|line| format!("{line}\n")).collect();
        fs::write(name, text).unwrap();
    }
    let said = lines(&verifier(&[], &names));
    let of = |name: &PathBuf| {
        let start = format!("{}:", name.display());
        said.iter().filter_map(|line| line.strip_prefix(&start).map(str::to_owned)).collect()
    };
    names.iter().map(of).collect()
}

#[test]
fn the_golden_journal_is_sound_and_gives_the_golden_books() {
    let output = verifier(&["--central-key", &central_key()], &[vector("journal.jsonl")]);
    assert_eq!(lines(&output).len(), 1);
    assert!(output.status.success() && lines(&output)[0].ends_with("47 entries in 2 streams, nothing wrong"));
    let output = verifier(&["--books"], &[vector("journal.jsonl")]);
    let books: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        books,
        serde_json::from_str::<Value>(&fs::read_to_string(vector("books.json")).unwrap()).unwrap()
    );
}

#[test]
fn the_golden_messages_are_signed_and_a_changed_one_is_not() {
    let output = verifier(&["--wire"], &[vector("wire.json")]);
    assert!(output.status.success() && lines(&output).is_empty());
    let wire: Value = serde_json::from_str(&fs::read_to_string(vector("wire.json")).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    let changes = [
        ("batch", "/batch/header/signature"),
        ("batch", "/batch/header/last_hash"),
        ("batch", "/batch/body_hex"),
        ("ack", "/ack/value/signature"),
        ("ack", "/ack/value/acked_hash"),
        ("head", "/head/ack/central_epoch"),
        ("enrol", "/enrol/value/code"),
        ("read", "/read_path"),
        ("notices", "/notices/value/notices/0/reference"),
        ("notices", "/notices_path"),
    ];
    for (name, pointer) in changes {
        let mut changed = wire.clone();
        let place = changed.pointer_mut(pointer).unwrap();
        *place = other_byte(place.as_str().unwrap(), 9).into();
        files.push(folder.path().join(format!("{name}-{}.json", files.len())));
        fs::write(files.last().unwrap(), changed.to_string()).unwrap();
    }
    let output = verifier(&["--wire"], &files);
    let expected: Vec<String> = (files.iter().zip(changes))
        .map(|(file, (name, _))| format!("{}: {name}: the signature does not fit", file.display()))
        .collect();
    assert_eq!((lines(&output), output.status.success()), (expected, false));
}

/// Returns the text with another character at this place: a digit for a digit, a letter for a letter.
fn other_byte(text: &str, place: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[place] = match bytes[place] {
        b'9' => b'8',
        b'0'..=b'8' => bytes[place] + 1,
        b'f' => b'e',
        b'z' | b'Z' => b'b',
        byte if byte.is_ascii_alphabetic() => byte + 1,
        _ => b'x',
    };
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_changed_byte_is_found_and_its_entry_named() {
    let sound = journal();
    let mut journals = Vec::new();
    let mut expected = Vec::new();
    for (index, line) in sound.iter().enumerate().filter(|(_, line)| line.get("envelope").is_some()) {
        let envelope: Value = serde_json::from_str(line["envelope"].as_str().unwrap()).unwrap();
        for part in ["envelope", "shared", "private"] {
            let Some(text) = line[part].as_str() else { continue };
            // A prime step: over the entries it meets every key and every kind of value.
            let places =
                (index % 23..text.len()).step_by(23).filter(|place| text.as_bytes()[*place].is_ascii());
            for place in places {
                let mut changed = sound.clone();
                changed[index][part] = other_byte(text, place).into();
                journals.push(changed);
                expected.push((index + 1, envelope["seq"].as_i64().unwrap(), part, place));
            }
        }
    }
    assert!(journals.len() > 700, "{}", journals.len());
    for (said, (line, seq, part, place)) in verified(&journals).iter().zip(expected) {
        let named = said.iter().any(|said| said.contains(&format!(" entry {seq}: ")));
        assert!(named, "line {line}, {part}, byte {place}: {said:?}");
    }
}

#[test]
fn missing_repeated_and_moved_entries_are_found() {
    let sound = journal();
    let changed = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut journal = sound.clone();
        change(&mut journal);
        journal
    };
    let said = verified(&[
        changed(&|journal| drop(journal.remove(6))),
        changed(&|journal| journal.insert(6, sound[6].clone())),
        changed(&|journal| journal.swap(6, 7)),
        changed(&|journal| drop(journal.remove(12))),
        changed(&|journal| drop(journal.remove(0))),
        changed(&|journal| journal[4] = Value::Null),
    ]);
    for (said, expected) in said.iter().zip([
        " entry 7: it is missing: entry 8 comes next",
        " entry 7: it stands here again, or too late",
        " entry 7: it stands here again, or too late",
        " entry 13: central acknowledged it, and it is not here",
        " entry 1: it is missing: entry 2 comes next",
        " entry 5: this line is no object",
    ]) {
        assert!(said.iter().any(|said| said.contains(expected)), "{expected}: {said:?}");
    }
}

/// Seals the golden journal's first stream anew with another shared payload in one entry, so that every hash is right.
fn resealed(seq: i64, change: impl Fn(&mut Entry)) -> Vec<Value> {
    resealed_where("01", |entry| entry.envelope.seq == seq, change)
}

/// One stream, by the end of its name.
fn resealed_where(
    stream: &str,
    is_meant: impl Fn(&Entry) -> bool,
    change: impl Fn(&mut Entry),
) -> Vec<Value> {
    let mut before = Position::START;
    let mut lines = Vec::new();
    for line in journal() {
        let (Some(envelope), Some(shared)) = (line["envelope"].as_str(), line["shared"].as_str()) else {
            continue;
        };
        let mut entry = Entry::read(envelope.to_owned(), shared.to_owned()).unwrap();
        if !entry.envelope.stream.to_string().ends_with(stream) {
            continue;
        }
        entry.envelope.prev_hash = before.hash;
        entry.envelope.last_central_ack = None;
        if is_meant(&entry) {
            change(&mut entry);
        }
        // The erased private payload is none of any envelope.
        let private = line["private"].as_str().unwrap_or("{\"salt\":\"00000000000000000000000000000000\"}");
        let entry = Entry::seal(entry.envelope, entry.shared, private).unwrap();
        before = entry.position();
        lines.push(serde_json::json!({
            "envelope": entry.envelope_bytes, "shared": entry.shared, "private": private
        }));
    }
    lines
}

fn change_sale(entry: &mut Entry, change: impl Fn(&mut Sale)) {
    let mut sale: Sale = serde_json::from_str(&entry.shared).unwrap();
    change(&mut sale);
    entry.shared = serde_json::to_string(&sale).unwrap();
}

/// What the pad says of a sale of a day.
fn pad(day: &str) -> SalePad {
    let told = format!(r#"{{"claimed_at":1795340400000,"day":"{day}","first_line":1,"last_line":1}}"#);
    serde_json::from_str(&told).unwrap()
}

fn of_no_line() -> SalePad {
    SalePad { last_line: 0, ..pad("2026-11-22") }
}

type Change = fn(&mut Entry);

fn line(entry: &mut Entry, change: fn(&mut SaleLine)) {
    change_sale(entry, |sale| change(&mut sale.lines[0]));
}

#[test]
fn what_is_sealed_well_and_cannot_be_is_found() {
    let cases: &[(i64, Change, &str)] = &[
        (6, |entry| line(entry, |line| line.tax += 1), "line 1 has VAT"),
        (6, |entry| line(entry, |line| line.tax_ppm = 100_000), "line 1 has VAT"),
        (6, |entry| line(entry, |line| line.gross += 1), "do not add up to"),
        (6, |entry| line(entry, |line| line.quantity = 0), "line 1 has quantity 0"),
        (6, |entry| line(entry, |line| line.discount = -1), "line 1 has a negative amount"),
        (6, |entry| line(entry, |line| line.unreceived = true), "line 1 names a lot that is not its own"),
        (6, |entry| line(entry, |line| line.terms.as_mut().unwrap().basis = "weight".into()), "is no sale"),
        (
            6,
            |entry| line(entry, |line| line.terms.as_mut().unwrap().commission_ppm = 2_000_000),
            "above 100 %",
        ),
        (6, |entry| change_sale(entry, |sale| sale.change += 1), "what was kept is not"),
        (6, |entry| change_sale(entry, |sale| sale.rounding += 1), "do not add up to"),
        (6, |entry| change_sale(entry, |sale| sale.other.taxes[0].tax += 1), "is not theirs"),
        (6, |entry| entry.envelope.sale_id = None, "a sale without its id"),
        (6, |entry| change_sale(entry, |sale| sale.pad = Some(pad("2026-11-24"))), "cannot be entered on"),
        (6, |entry| change_sale(entry, |sale| sale.pad = Some(pad("2026-11-08"))), "cannot be entered on"),
        (6, |entry| change_sale(entry, |sale| sale.pad = Some(of_no_line())), "are none of a page"),
        (7, |entry| entry.envelope.grand_total_after += 1, "the grand total is"),
        (8, |entry| entry.envelope.grand_total_after += 1, "the grand total is"),
        (12, |entry| entry.envelope.grand_total_after = 0, "the grand total falls to 0"),
        (3, |entry| entry.shared = entry.shared.replace("1250", "125000"), "has a wrong quantity"),
        (9, |entry| entry.envelope.kind = "genesis".into(), "its one genesis"),
        (5, |entry| entry.envelope.prev_hash = Hash::ZERO, "and entry 5 names 0000"),
    ];
    let mut journals: Vec<Vec<Value>> = cases.iter().map(|(seq, change, _)| resealed(*seq, change)).collect();
    journals.push(resealed(0, |_| {}));
    let mut said = verified(&journals);
    assert_eq!(said.pop().unwrap(), [" 13 entries in 1 streams, nothing wrong"]);
    for (said, (seq, _, expected)) in said.iter().zip(cases) {
        let names = |said: &String| said.contains(expected) && said.contains(&format!("entry {seq}"));
        assert!(said.iter().any(names), "entry {seq}: {expected}: {said:?}");
    }
}

/// What no entry alone shows: two computers could use a deposit twice.
#[test]
fn more_of_a_deposit_than_was_paid_is_found() {
    let is_return = |entry: &Entry| entry.envelope.kind == "deposit_returned";
    let keep_more = |more: i64| {
        resealed_where("02", is_return, |entry| {
            let mut returned: Value = serde_json::from_str(&entry.shared).unwrap();
            returned["kept"] = (returned["kept"].as_i64().unwrap_or(0) + more).into();
            entry.shared = returned.to_string();
        })
    };
    let said = verified(&[keep_more(0), keep_more(1)]);
    assert!(said[0][0].ends_with("nothing wrong"), "{said:?}");
    assert!(said[1].iter().any(|said| said.contains("1 more of its deposit was used than paid")), "{said:?}");
}

type ChangePayload = fn(&mut Value);

#[test]
fn a_count_that_cannot_be_is_found() {
    let cases: &[(ChangePayload, &str)] = &[
        (|count| count["products"][0]["counted"] = 17_000.into(), "add up to -1000 and not -2000"),
        (|count| count["products"][0]["lots"][0]["compensation"] = (-1).into(), "nobody is owed -1"),
        (|count| count["products"][1]["lots"][0]["compensation"] = 1.into(), "nobody is owed 1"),
        (|count| count["products"][1]["lots"][0]["unreceived"] = false.into(), "is not its own"),
        (
            |count| {
                count["products"][2]["counted"] = (-1).into();
                count["products"][2]["expected"] = (-1).into();
            },
            "less than nothing was counted",
        ),
        (|count| count["products"][2] = count["products"][0].clone(), "a product is counted twice"),
        (|_| {}, "nothing wrong"),
    ];
    are_found("goods_count", 0, cases);
}

#[test]
fn a_loss_that_nobody_can_bear_so_is_found() {
    let refunds: &[(ChangePayload, &str)] = &[
        (|refund| refund["lines"][1]["by_producer"] = 1_000.into(), "nobody is owed 58140 for line 2"),
        (|refund| refund["lines"][1]["by_producer"] = (-1).into(), "nobody is owed 58140 for line 2"),
        (|refund| refund["lines"][1]["back_to"] = "shelf".into(), "nobody is owed 58140 for line 2"),
        (|refund| refund["lines"][1]["compensation"] = 0.into(), "nobody is owed 0 for line 2"),
        (|refund| refund["lines"][1]["compensation"] = (-1).into(), "nobody is owed -1 for line 2"),
        (|refund| refund["lines"][2]["compensation"] = 1.into(), "nobody is owed 1 for line 3"),
        (|_| {}, "nothing wrong"),
    ];
    are_found("refund", 0, refunds);
    let arrivals: &[(ChangePayload, &str)] = &[
        (|came| came["lines"][0]["compensation"] = (-1).into(), "nobody is owed -1 for lot"),
        (|came| came["lines"][1]["compensation"] = 1.into(), "nobody is owed 1 for lot"),
        (|came| came["lines"][2]["by_producer"] = 500.into(), " 500 of lot"),
        (|came| came["lines"][3]["by_producer"] = 3_000.into(), " 3000 of lot"),
        (|came| came["lines"][3]["by_producer"] = (-1).into(), " -1 of lot"),
        (|_| {}, "nothing wrong"),
    ];
    are_found("transfer_in", 0, arrivals);
    let repacks: &[(ChangePayload, &str)] = &[
        (|repack| repack["goods"]["used"][0]["compensation"] = 0.into(), "nobody is owed 0 for lot"),
        (|repack| repack["goods"]["used"][0]["lost_by_operator"] = 0.into(), "nobody is owed 72675 for lot"),
        (
            |repack| repack["goods"]["used"][0]["lost_by_operator"] = 1_901.into(),
            "nobody is owed 72675 for lot",
        ),
        (
            |repack| repack["goods"]["used"][0]["lost_by_producer"] = (-1).into(),
            "nobody is owed 72675 for lot",
        ),
        (|repack| repack["goods"]["producer"] = Value::Null, "nobody is owed 72675 for lot"),
        (
            |repack| {
                repack["goods"]["made"][0]["grams"] = 1_000.into();
                repack["goods"]["loss_grams"] = 0.into();
            },
            "nobody is owed 72675 for lot",
        ),
        (|_| {}, "nothing wrong"),
    ];
    are_found("repack", 2, repacks);
}

#[test]
fn goods_that_no_note_names_are_found() {
    let cases: &[(ChangePayload, &str)] = &[
        (|told| told["missing"][0]["noted"] = 0.into(), "the note names none of"),
        (|told| told["lines"][0]["noted"] = 3_000.into(), "nothing wrong"),
        (|_| {}, "nothing wrong"),
    ];
    are_found("goods_in", 0, cases);
}

#[test]
fn what_puts_nothing_right_is_found() {
    let beside: &[(ChangePayload, &str)] = &[
        (|told| told["amount"] = 0.into(), "nothing is put right"),
        (|told| told["reason"] = "  ".into(), "nobody says why"),
        (|told| told["corrects"]["seq"] = 0.into(), "nothing of this store"),
        (|told| told["corrects"]["stream"] = "019a2b3c".into(), "nothing of this store"),
        (|told| told["corrects"]["seq"] = 2.into(), "is no earlier settlement or payment"),
        (|told| told["corrects"]["seq"] = 400.into(), "is no earlier settlement or payment"),
        (|told| told["corrects"]["seq"] = 19.into(), "is no earlier settlement or payment"),
        (|told| told["corrects"] = Value::Null, "is no producer_adjusted"),
        (|_| {}, "nothing wrong"),
    ];
    are_found("producer_adjusted", 0, beside);
    let back: &[(ChangePayload, &str)] = &[
        (|told| told["tenders"][0]["kind"] = "card".into(), "no card comes back"),
        (|told| told["tenders"][0]["amount"] = 499_999.into(), "499999 came back, and 500000 is owed again"),
        (
            |told| {
                told["amount"] = 500_001.into();
                told["tenders"][0]["amount"] = 500_001.into();
            },
            "500001 comes back of 500000",
        ),
        (|told| told["tenders"] = Value::Array(Vec::new()), "nothing was settled there"),
        (|_| {}, "nothing wrong"),
    ];
    are_found("producer_adjusted", 1, back);
    // Nothing comes back twice: the first of the two takes the same payment back, too.
    let is_first =
        |entry: &Entry| entry.envelope.kind == "producer_adjusted" && entry.shared.contains("DN0001");
    let twice = resealed_where("02", is_first, |entry| {
        let mut told: Value = serde_json::from_str(&entry.shared).unwrap();
        told["corrects"]["seq"] = 19.into();
        told["producer"] = "019a2b3c-4d5e-7000-8000-000000020002".into();
        told["tenders"] = serde_json::json!([{ "kind": "vietqr", "amount": told["amount"] }]);
        entry.shared = told.to_string();
    });
    let said = verified(&[twice]);
    assert!(said[0].iter().any(|said| said.contains("something came back before")), "{said:?}");
}

/// Changes what an entry of a kind tells, by its place among those in the golden journal's second stream, and looks
/// for what the verifier says of it.
fn are_found(kind: &str, place: usize, cases: &[(ChangePayload, &str)]) {
    let of_kind = |line: &Value| -> Option<i64> {
        let envelope: Value = serde_json::from_str(line["envelope"].as_str()?).unwrap();
        let is_it = envelope["kind"] == kind && envelope["stream"].as_str().unwrap().ends_with("02");
        is_it.then(|| envelope["seq"].as_i64().unwrap())
    };
    let seq = journal().iter().filter_map(of_kind).nth(place).unwrap();
    let journals: Vec<Vec<Value>> = (cases.iter())
        .map(|(change, _)| {
            resealed_where(
                "02",
                |entry| entry.envelope.seq == seq,
                |entry| {
                    let mut told: Value = serde_json::from_str(&entry.shared).unwrap();
                    change(&mut told);
                    entry.shared = told.to_string();
                },
            )
        })
        .collect();
    for (said, (_, expected)) in verified(&journals).iter().zip(cases) {
        assert!(said.iter().any(|said| said.contains(expected)), "{kind}, {expected}: {said:?}");
    }
}
