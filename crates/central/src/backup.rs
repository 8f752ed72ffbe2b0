//! Copies of everything that central holds but its key, and the way back.
//!
//! A copy is made beside its place, checked, and then renamed: an older one is never half overwritten. After a restore
//! central has another epoch, so that stores push again what the copy lacks and pull the catalogue anew.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use clock::Clock;

use crate::config::Config;
use crate::db::audit::{self, Act};
use crate::db::engine::{check_sqlite, copy_sqlite, create_private, sql};
use crate::db::{Db, identity};
use crate::error::{Error, Result};
use crate::verify::verify;

/// What belongs to an SQLite database, by the endings of its files.
const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];

/// Writes a copy; the service may go on meanwhile.
///
/// # Errors
/// When the file exists, cannot be written, or the copy does not pass its check.
pub async fn backup(db: &Db, url: &str, file: &Path) -> Result<()> {
    if file.exists() {
        return Err(Error::Program(format!("{} is there already: name a new file", file.display())));
    }
    let unfinished = beside(file, "unfinished");
    remove(&unfinished)?;
    // Whoever writes into it keeps its mode: a copy holds what the database holds.
    create_private(&unfinished).map_err(Error::file(&unfinished))?;
    match db.file() {
        Some(database) => {
            copy_sqlite(&database, &unfinished).await?;
            check_sqlite(&unfinished).await?;
        }
        None => dump(url, &unfinished).await?,
    }
    settle(&unfinished, file)
}

/// Puts a copy in the place of the database, whose former file is kept beside it. Nothing may be running; the caller
/// holds the lock of the data folder.
///
/// # Errors
/// When the copy is not sound, or the database is not empty (PostgreSQL); everything is then as before.
pub async fn restore(config: &Config, file: &Path, clock: &Clock) -> Result<()> {
    let url = config.database_url();
    match url.strip_prefix("sqlite:") {
        Some(database) => restore_sqlite(Path::new(database), file, clock).await,
        None => {
            restore_postgres(&url, file).await?;
            prepare(&url, file, clock).await
        }
    }
}

/// Brings a copy to this version, checks it and gives it an epoch of its own.
async fn prepare(url: &str, file: &Path, clock: &Clock) -> Result<()> {
    let db = Db::open(url).await?;
    let prepared = prepare_open(&db, file, clock).await;
    db.close().await;
    prepared
}

async fn prepare_open(db: &Db, file: &Path, clock: &Clock) -> Result<()> {
    db.migrate().await?;
    verify(db).await?;
    let mut tx = db.begin().await?;
    identity::set_epoch(&mut tx, clock.new_uuid()).await?;
    let detail = file.display().to_string();
    let act = Act {
        at_ms: clock.now_ms(),
        actor: "command line",
        action: "central.restore",
        subject: "central",
        detail: &detail,
    };
    audit::commit(tx, &act).await
}

/// Everything that can go wrong with the copy goes wrong beside the database.
async fn restore_sqlite(database: &Path, file: &Path, clock: &Clock) -> Result<()> {
    if !file.is_file() {
        return Err(Error::Program(format!("there is no file {}", file.display())));
    }
    check_sqlite(file).await?;
    let unfinished = beside(database, "restoring");
    remove_all(&unfinished)?;
    create_private(&unfinished).map_err(Error::file(&unfinished))?;
    copy_into(file, &unfinished).map_err(Error::file(file))?;
    if let Err(error) = prepare(&format!("sqlite:{}", unfinished.display()), file, clock).await {
        remove_all(&unfinished)?;
        return Err(Error::Program(format!("{} cannot be restored: {error}", file.display())));
    }
    remove(&with_ending(&unfinished, ".migrate.lock"))?;
    let before = beside(database, &format!("before-{}", clock.now_ms()));
    for ending in ENDINGS {
        let (from, to) = (with_ending(database, ending), with_ending(&before, ending));
        if from.exists() {
            fs::rename(&from, &to).map_err(Error::file(&from))?;
        }
    }
    settle(&unfinished, database)
}

async fn restore_postgres(url: &str, file: &Path) -> Result<()> {
    let db = Db::open(url).await?;
    let tables =
        sql!("select cast(count(*) as bigint) from information_schema.tables where table_schema = 'public'");
    let (tables,): (i64,) = db.one(tables).await?;
    db.close().await;
    if tables > 0 {
        let advice =
            "the database is not empty: create an empty one, name it in the settings, and restore into that";
        return Err(Error::Program(advice.to_owned()));
    }
    let (url, password) = without_password(url);
    let mut command = Command::new("pg_restore");
    command.args(["--single-transaction", "--exit-on-error", "--no-owner", "--dbname", &url]).arg(file);
    call(command, password, "pg_restore").await
}

async fn dump(url: &str, file: &Path) -> Result<()> {
    let (url, password) = without_password(url);
    let mut command = Command::new("pg_dump");
    command.args(["--format=custom", "--no-owner", "--dbname", &url, "--file"]).arg(file);
    call(command, password, "pg_dump").await
}

/// Runs a program of PostgreSQL; the password travels in the environment, which other users cannot list.
async fn call(mut command: Command, password: Option<String>, name: &'static str) -> Result<()> {
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    let output = tokio::task::spawn_blocking(move || command.output()).await;
    match output.map_err(std::io::Error::other).and_then(|output| output) {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr).trim().replace('\n', "; ");
            Err(Error::Program(format!("{name} failed: {said}")))
        }
        Err(error) => Err(Error::Program(format!(
            "{name} cannot be run ({error}): install the client programs of PostgreSQL on this computer"
        ))),
    }
}

/// Takes the password out of `postgres://user:password@host/name`.
fn without_password(url: &str) -> (String, Option<String>) {
    let parts = url.split_once("://").and_then(|(scheme, rest)| {
        let (user, host) = rest.split_once('@')?;
        let (user, password) = user.split_once(':')?;
        Some((format!("{scheme}://{user}@{host}"), password.to_owned()))
    });
    parts.map_or_else(|| (url.to_owned(), None), |(url, password)| (url, Some(password)))
}

fn beside(file: &Path, word: &str) -> PathBuf {
    with_ending(file, &format!(".{word}"))
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Removes a database with what a running one has beside it.
fn remove_all(database: &Path) -> Result<()> {
    ENDINGS.iter().chain(&[".migrate.lock"]).try_for_each(|ending| remove(&with_ending(database, ending)))
}

/// Copies what is in a file, not who may read it.
fn copy_into(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut target = File::options().write(true).truncate(true).open(to)?;
    std::io::copy(&mut File::open(from)?, &mut target).map(|_| ())
}

fn remove(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::file(file)(error)),
        _ => Ok(()),
    }
}

/// Makes a finished file durable under its name.
fn settle(from: &Path, to: &Path) -> Result<()> {
    File::open(from).and_then(|file| file.sync_all()).map_err(Error::file(from))?;
    fs::rename(from, to).map_err(Error::file(to))?;
    // Elsewhere than on Unix the file system makes a rename durable itself.
    #[cfg(unix)]
    {
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::file(folder))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_leave_the_address() {
        for (url, bare, password) in [
            ("postgres://a:b@db/x?y=z", "postgres://a@db/x?y=z", Some("b")),
            ("postgres://a@db/x", "postgres://a@db/x", None),
            ("postgres:///x", "postgres:///x", None),
        ] {
            assert_eq!(without_password(url), (bare.to_owned(), password.map(str::to_owned)), "{url}");
        }
    }
}
