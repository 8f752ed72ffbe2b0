//! The way on: a file each in a folder, which a gateway for Zalo or SMS empties. A file is complete when it is there, and its name
//! tells the order. A service that dies between the file and its own note of it writes the file again: a gateway knows a message by its
//! id.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde::Serialize;
use uuid::Uuid;

use crate::db::producer_news::Waiting;
use crate::error::{Error, Result};

/// What a file holds. Fields are only ever added.
#[derive(Serialize)]
struct Message<'a> {
    id: Uuid,
    kind: &'a str,
    phone: &'a str,
    producer: &'a str,
    text: &'a str,
    made_at_ms: i64,
}

pub(super) fn hand_on(folder: &Path, news: &Waiting) -> Result<()> {
    let message = Message {
        id: news.id,
        kind: &news.kind,
        phone: &news.phone,
        producer: &news.producer,
        text: &news.words,
        made_at_ms: news.made_at_ms,
    };
    let body = serde_json::to_vec(&message)
        .map_err(|_| Error::damaged("producer_news", news.id, "the message has no JSON form"))?;
    let place = folder.join(format!("{}-{}.json", news.made_at_ms, news.id));
    write(folder, &place, &body).map_err(Error::file(&place))
}

fn write(folder: &Path, place: &Path, body: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let beside = place.with_extension("part");
    let mut file = fs::File::create(&beside)?;
    file.write_all(body)?;
    file.sync_all()?;
    fs::rename(&beside, place)?;
    fs::File::open(folder)?.sync_all()
}
