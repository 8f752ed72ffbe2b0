//! The way on by files: one each in a folder, which a gateway for Zalo or SMS empties. A file is complete when it is there, and its name
//! tells the order. A service that dies between the file and its own note of it writes the file again: a gateway knows a message by its
//! id.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::Message;
use crate::error::{Error, Result};

pub(super) fn hand_on(folder: &Path, message: &Message<'_>) -> Result<()> {
    let place = folder.join(format!("{}-{}.json", message.made_at_ms, message.id));
    write(folder, &place, &message.body()?).map_err(Error::file(&place))
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
