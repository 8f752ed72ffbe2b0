//! The pack of a period: our own program is not needed to check it, a changed byte is named, and nobody else's data is in it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use central::db::Db;
use central::db::users::Role;
use protocol::PublicKey;
use serde_json::Value;
use testkit::databases::TestDatabase;

use super::browser::Browser;
use crate::support::World;
use crate::support::period::Period;
use crate::support::random_world::{Last, RandomWorld};

testkit::on_both_engines!(
    a_pack_is_checked_without_our_program,
    a_pack_is_the_same_without_another_operator,
    packs_are_for_auditors_and_noted,
    an_adopted_branch_is_checked_too,
    a_branch_of_a_branch_follows_it,
    twins_with_other_goods_were_both_paid
);

/// The files of a pack by their paths.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

pub(super) async fn pack(world: &World, browser: &mut Browser, query: &str) -> Files {
    let answer = browser.get(world, &format!("/audit/period.zip?{query}")).await;
    assert_eq!(answer.status, 200);
    let mut zip = zip::ZipArchive::new(Cursor::new(answer.body)).unwrap();
    let mut files = Files::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let (mut bytes, name) = (Vec::new(), file.name().unwrap().into_owned());
        file.read_to_end(&mut bytes).unwrap();
        assert!(files.insert(name.clone(), bytes).is_none(), "{name} stands twice");
    }
    files
}

fn unpack(files: &Files, folder: &Path) {
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// Runs the program of the pack without a key; returns whether it found nothing, and its lines.
pub(super) fn verified(files: &Files) -> (bool, Vec<String>) {
    let (is_sound, mut lines) = run(files, &[]);
    assert!(
        lines.iter().any(|line| line.starts_with("NOT CHECKED")),
        "it says what it cannot know: {lines:#?}"
    );
    lines.retain(|line| !line.starts_with("NOT CHECKED") && !line.starts_with("Run it again"));
    (is_sound, lines)
}

/// Runs the program with a key that the auditor had from elsewhere.
fn verified_with(files: &Files, key: PublicKey) -> (bool, Vec<String>) {
    run(files, &["--central-key", &key.to_string()])
}

fn run(files: &Files, arguments: &[&str]) -> (bool, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    unpack(files, folder.path());
    let said = testkit::python().arg(folder.path().join("verifier.py")).args(arguments).output().unwrap();
    assert!(said.stderr.is_empty(), "{}", String::from_utf8_lossy(&said.stderr));
    let lines = String::from_utf8(said.stdout).unwrap().lines().map(str::to_owned).collect();
    (said.status.success(), lines)
}

async fn a_pack_is_checked_without_our_program(db: Db) {
    let world = World::new(db).await;
    let period = Period::new(&world, 5).await;
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let files = pack(&world, &mut auditor, "period=2026-q4").await;
    let (is_sound, lines) = verified(&files);
    assert!(is_sound, "{lines:#?}");
    assert!(lines[0].contains("nothing wrong") && lines[0].contains("2 journals"), "{lines:?}");
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let journal = manifest["journals"][0]["path"].as_str().unwrap().to_owned();
    assert_eq!(journal, format!("journals/LS/{}.jsonl", period.tills[0].stream));
    let first = String::from_utf8(files[&journal].clone()).unwrap();
    let line: Value = serde_json::from_str(first.lines().nth(4).unwrap()).unwrap();
    assert_eq!(line["shared"].as_str(), Some(&*period.tills[0].journal[4].shared), "as it was received");
    assert!(files.keys().any(|name| name.starts_with("settlements/") && name.ends_with(".xlsx")));
    assert!(String::from_utf8_lossy(&files["reconciliation/reconciliation.html"]).contains("Đối chiếu kỳ"));

    // A byte of an entry, in the middle and in the last one; a figure; a file that is gone; one that was put in.
    for place in [7, first.lines().count() - 1] {
        let mut lines: Vec<String> = first.lines().map(str::to_owned).collect();
        let at = lines[place].rfind("\\\":").unwrap() - 1;
        lines[place].replace_range(at..=at, "#");
        let mut changed = files.clone();
        changed.insert(journal.clone(), (lines.join("\n") + "\n").into_bytes());
        let (is_sound, said) = verified(&changed);
        let entry = format!(" entry {}", place + 1);
        assert!(!is_sound && said.iter().any(|line| line.contains(&entry)), "{entry}: {said:#?}");
        assert!(
            said.iter().any(|line| line.starts_with(&format!("{journal}: it is not the file"))),
            "{said:#?}"
        );
    }
    let mut changed = files.clone();
    changed.remove(&journal);
    changed.insert("journals/LS/other.jsonl".to_owned(), b"{}\n".to_vec());
    let (is_sound, said) = verified(&changed);
    assert!(!is_sound && said.iter().any(|line| line.starts_with("journals/LS/other.jsonl")), "{said:#?}");
    assert!(said.iter().any(|line| line.contains("it is not here")), "{said:#?}");
    let (is_sound, said) = verified_with(&files, world.key());
    assert!(is_sound && said[1].contains("is signed with the key"), "{said:#?}");
    a_wrong_figure_is_found(&files);
    what_the_manifest_covers_up_is_found(&files);
    a_chain_that_was_written_anew_needs_the_key(&files, world.key());
    world.check_books().await;
}

/// Changes a data file, and the manifest with it.
pub(super) fn change(files: &mut Files, name: &str, change: impl FnOnce(&mut Value)) {
    let mut data: Value = serde_json::from_slice(&files[name]).unwrap();
    change(&mut data);
    cover_up(files, name, serde_json::to_vec(&data).unwrap(), |_| {});
}

/// Puts a file into the pack, and into the manifest what else is to be told there.
pub(super) fn cover_up(files: &mut Files, name: &str, bytes: Vec<u8>, tell: impl FnOnce(&mut Value)) {
    let mut manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let told =
        manifest["files"].as_array_mut().unwrap().iter_mut().find(|file| file["path"] == name).unwrap();
    told["sha256"] = Value::from(protocol::Hash::of(&[&bytes]).to_string());
    told["bytes"] = Value::from(bytes.len());
    tell(&mut manifest);
    files.insert(name.to_owned(), bytes);
    files.insert("manifest.json".to_owned(), serde_json::to_vec(&manifest).unwrap());
}

fn what_the_manifest_covers_up_is_found(files: &Files) {
    let name = "reconciliation/reconciliation.json";
    let (mut missing, mut wrong, mut more) = (files.clone(), files.clone(), files.clone());
    change(&mut missing, name, |report| drop(report["lines"].as_array_mut().unwrap().remove(0)));
    let (is_sound, said) = verified(&missing);
    let expected =
        ["book", "found"].map(|side| format!("reconciliation: cash {side} stands 0 times, and not once"));
    assert_eq!((is_sound, said), (false, expected.to_vec()));
    change(&mut wrong, name, |report| report["lines"][2]["difference"] = Value::from(7));
    let (is_sound, said) = verified(&wrong);
    assert!(!is_sound && said[0].contains("the difference of invoices is 7"), "{said:#?}");
    more.insert("reconciliation/other.xlsx".to_owned(), b"PK".to_vec());
    let (is_sound, said) = verified(&more);
    let expected = "reconciliation/other.xlsx: the manifest does not name it".to_owned();
    assert_eq!((is_sound, said), (false, vec![expected]));
    let paper =
        files.keys().find(|name| name.starts_with("settlements/") && name.ends_with(".json")).unwrap();
    for (key, says) in [("due_vnd", "due_vnd is "), ("seq", "no entry "), ("rows", "its rows are not")] {
        let mut changed = files.clone();
        change(&mut changed, paper, |told| match key {
            "rows" => told["rows"][0]["sold_milli"] = Value::from(9_999_000),
            key => told[key] = Value::from(9_999_999),
        });
        let (is_sound, said) = verified(&changed);
        assert!(!is_sound && said[0].starts_with(&format!("{paper}: {says}")), "{key}: {said:#?}");
    }
}

/// Whoever writes a chain and the manifest anew passes all but the signature.
fn a_chain_that_was_written_anew_needs_the_key(files: &Files, key: PublicKey) {
    let mut files = files.clone();
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let journal = manifest["journals"][0]["path"].as_str().unwrap().to_owned();
    let mut text = String::new();
    // Of the entry before, as it was and as it is.
    let mut hashes: Option<(String, String)> = None;
    for (number, line) in String::from_utf8(files[&journal].clone()).unwrap().lines().enumerate() {
        let mut line: Value = serde_json::from_str(line).unwrap();
        let before = line["envelope"].as_str().unwrap();
        let mut after = before.to_owned();
        if number == 3 {
            after = after.replace("\"mono_ms\":12,", "\"mono_ms\":13,");
            assert_ne!(before, after);
        }
        if let Some((old, new)) = &hashes {
            after = after.replace(old.as_str(), new);
        }
        let hash = |text: &str| protocol::Hash::of(&[b"consign-entry-v1\0", text.as_bytes()]).to_string();
        hashes = Some((hash(before), hash(&after)));
        line["envelope"] = Value::from(after);
        text.push_str(&format!("{line}\n"));
    }
    let (_, last) = hashes.unwrap();
    cover_up(&mut files, &journal, text.into_bytes(), |manifest| {
        manifest["journals"][0]["last_hash"] = Value::from(last);
    });
    let (is_sound, said) = verified(&files);
    assert!(is_sound, "nothing else finds it: {said:#?}");
    let expected = "manifest.sig: the key that you gave did not sign this manifest".to_owned();
    assert_eq!(verified_with(&files, key), (false, vec![expected.clone()]));
    files.remove("manifest.sig");
    assert_eq!(verified_with(&files, key), (false, vec![expected]));
}

/// Somebody who changes a figure and the manifest with it is found out by the entries.
fn a_wrong_figure_is_found(files: &Files) {
    let mut files = files.clone();
    let name = "reconciliation/reconciliation.json";
    let report: Value = serde_json::from_slice(&files[name]).unwrap();
    let [book, found] = ["book", "found"].map(|side| report["lines"][0][side].as_i64().unwrap());
    change(&mut files, name, |report| {
        report["lines"][0]["book"] = Value::from(book + 1);
        report["lines"][0]["difference"] = Value::from(found - book - 1);
    });
    let (is_sound, said) = verified(&files);
    let expected = format!("reconciliation: cash book is {}, and the entries add up to {book}", book + 1);
    assert_eq!((is_sound, said), (false, vec![expected]));
}

async fn a_pack_is_the_same_without_another_operator(db: Db) {
    let alone = TestDatabase::sqlite().await;
    let mut packs = Vec::new();
    for (db, has_other) in [(db, true), (alone.db(), false)] {
        let random = RandomWorld::new(db, 4, Last::Operator, has_other).await;
        let world = &random.world;
        let mut auditor = Browser::of(world, Role::Auditor).await;
        let query = format!("period=2026-q4&operator={}", world.operator);
        let mut files = pack(world, &mut auditor, &query).await;
        let (is_sound, said) = verified(&files);
        assert!(is_sound, "{said:#?}");
        for foreign in &random.foreign_stores {
            let id = foreign.to_string();
            let has = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(&id);
            assert!(!files.values().any(has), "a store of somebody else");
        }
        files.remove("manifest.json");
        files.remove("manifest.sig");
        packs.push(files);
    }
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&packs[0]), names(&packs[1]));
    for (name, bytes) in &packs[0] {
        assert_eq!(bytes, &packs[1][name], "{name}");
    }
    alone.check().await;
}

/// Two tills wrote one journal, and both sold: the branch stands in the pack with what it goes on from, and counts once.
async fn an_adopted_branch_is_checked_too(db: Db) {
    let world = World::new(db).await;
    let mut first = world.till().await;
    first.open_shift(200_000);
    first.sell(&[(&world.garlic, 1)]);
    let mut second = first.clone();
    first.sell(&[(&world.garlic, 1)]);
    second.sell(&[(&world.basket, 1)]);
    second.sell(&[(&world.basket, 2)]);
    first.push_from(&world, 1).await.ack();
    second.push_from(&world, 1).await.problem();
    let adopted = world.admin.adopt(first.stream).await.unwrap()[0];
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let files = pack(&world, &mut auditor, "").await;
    let (is_sound, said) = verified(&files);
    assert!(is_sound && said[0].contains("6 entries in 2 journals"), "{said:#?}");
    let branch = format!("journals/LS/{adopted}.jsonl");
    assert_eq!(String::from_utf8_lossy(&files[&branch]).lines().count(), second.journal.len());
    let report: Value = serde_json::from_slice(&files["reconciliation/reconciliation.json"]).unwrap();
    assert_eq!(report["lines"][0]["book"], 1_400_000, "what both sold, and what they had sold before once");
}

/// A branch that leaves another branch goes on from that one's entries and not from the mainline's.
async fn a_branch_of_a_branch_follows_it(db: Db) {
    let world = World::new(db).await;
    let mut first = world.till().await;
    first.open_shift(200_000);
    let mut second = first.clone();
    first.sell(&[(&world.garlic, 1)]);
    first.sell(&[(&world.garlic, 1)]);
    second.sell(&[(&world.basket, 1)]);
    let mut third = second.clone();
    second.sell(&[(&world.basket, 2)]);
    third.sell(&[(&world.basket, 3)]);
    first.push_from(&world, 1).await.ack();
    second.push_from(&world, 1).await.problem();
    third.push_from(&world, 1).await.problem();
    let adopted = world.admin.adopt(first.stream).await.unwrap();
    assert_eq!(adopted.len(), 2);
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let files = pack(&world, &mut auditor, "").await;
    let (is_sound, said) = verified(&files);
    assert!(is_sound && said[0].contains("7 entries in 3 journals"), "{said:#?}");
    let mut held = Vec::new();
    for branch in adopted {
        let text = String::from_utf8(files[&format!("journals/LS/{branch}.jsonl")].clone()).unwrap();
        let shared =
            |line: &str| serde_json::from_str::<Value>(line).unwrap()["shared"].as_str().unwrap().to_owned();
        held.push(text.lines().map(shared).collect::<Vec<_>>());
    }
    for till in [&second, &third] {
        let own: Vec<String> = till.journal.iter().map(|entry| entry.shared.to_string()).collect();
        assert!(held.contains(&own), "its whole history");
    }
}

/// In whichever order the files are read, one twin stands before the sale that was told first.
async fn twins_with_other_goods_were_both_paid(db: Db) {
    let world = World::new(db).await;
    let (mut first, mut second) = (world.till().await, world.till().await);
    let ours = first.sell(&[(&world.garlic, 1)]);
    let theirs = second.sell(&[(&world.basket, 2)]);
    first.push_from(&world, 1).await.ack();
    second.push_from(&world, 1).await.ack();
    for (till, sale, goods) in [(&mut first, theirs, &world.salt), (&mut second, ours, &world.basket)] {
        let other = till.sale_of(vec![till.line(goods, 1, None)]);
        till.write_sale(sale, &other);
        till.push_from(&world, 1).await.ack();
    }
    assert_eq!(
        world.number("select cast(count(*) as bigint) from exceptions where reason = 'twin'").await,
        2
    );
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let (is_sound, said) = verified(&pack(&world, &mut auditor, "").await);
    assert!(is_sound && said[1].starts_with("2 entries are not in the books"), "{said:#?}");
}

async fn packs_are_for_auditors_and_noted(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.basket, 1)]);
    till.push_from(&world, 1).await.ack();
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let files = pack(&world, &mut auditor, &format!("period=2026-q4&store={}", world.other_store)).await;
    let journals = |files: &Files| files.keys().filter(|name| name.starts_with("journals/")).count();
    assert_eq!(journals(&files), 0, "another store's pack");
    assert_eq!(journals(&pack(&world, &mut auditor, "period=2026-q3").await), 0, "before the first entry");
    assert_eq!(journals(&pack(&world, &mut auditor, "").await), 1);
    let taken = "select cast(count(*) as bigint) from audit_log where action = 'export' and detail like '/audit/period.zip%'";
    assert_eq!(world.number(taken).await, 3);
    let mut department = Browser::of(&world, Role::Department).await;
    assert_eq!(department.get(&world, "/audit/period.zip").await.status, 403);
}
