//! The pack of a period: our own program is not needed to check it, a changed byte is named, and nobody else's data is in it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use central::db::Db;
use central::db::users::Role;
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
    an_adopted_branch_is_checked_too
);

type Files = BTreeMap<String, Vec<u8>>;

async fn pack(world: &World, browser: &mut Browser, query: &str) -> Files {
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

/// Runs the program of the pack; returns whether it found nothing, and its lines.
fn verified(files: &Files) -> (bool, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    unpack(files, folder.path());
    let said = testkit::python().arg(folder.path().join("verifier.py")).output().unwrap();
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
    a_wrong_figure_is_found(files);
    world.check_books().await;
}

/// Somebody who changes a figure and the manifest with it is found out by the entries.
fn a_wrong_figure_is_found(mut files: Files) {
    let name = "reconciliation/reconciliation.json";
    let mut report: Value = serde_json::from_slice(&files[name]).unwrap();
    let book = report["lines"][0]["book"].as_i64().unwrap();
    report["lines"][0]["book"] = Value::from(book + 1);
    let bytes = serde_json::to_vec(&report).unwrap();
    let mut manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let told =
        manifest["files"].as_array_mut().unwrap().iter_mut().find(|file| file["path"] == name).unwrap();
    told["sha256"] = Value::from(protocol::Hash::of(&[&bytes]).to_string());
    told["bytes"] = Value::from(bytes.len());
    files.insert(name.to_owned(), bytes);
    files.insert("manifest.json".to_owned(), serde_json::to_vec(&manifest).unwrap());
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
