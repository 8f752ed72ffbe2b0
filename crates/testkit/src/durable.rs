//! Power cuts and jumping clocks for programs that run as processes of their own.
//!
//! `kill -9` does not test a power cut: the kernel still holds what was written but never synced. [`Durable`]
//! preloads a small C library that copies a file into a shadow folder when the program syncs it;
//! [`Durable::cut`] then puts the shadow in the place of the live folder, and the program is started again on
//! what a disk would have kept. [`ClockShim`] shifts the wall clock of a running program.
//!
//! Both see only programs that are linked dynamically and make their system calls through libc, as Rust's
//! standard library and SQLite do.
#![expect(clippy::expect_used, clippy::panic, reason = "a test whose fault cannot be injected has failed")]

use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::UNIX_EPOCH;

use tempfile::TempDir;

/// A C library of this folder, built when first needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shim {
    /// Keeps in a shadow folder only what was synced.
    Durable,
    /// Shifts the wall clock.
    Clock,
}

/// Builds a shim beside the test's own file in the target folder, once for each content; returns the library.
pub fn compile_shim(shim: Shim) -> PathBuf {
    let (name, source) = match shim {
        Shim::Durable => ("durable", include_str!("shims/durable.c")),
        Shim::Clock => ("clk", include_str!("shims/clk.c")),
    };
    let mut digest = DefaultHasher::new();
    source.hash(&mut digest);
    let test_file = std::env::current_exe().expect("the path of this test");
    let folder = test_file.parent().expect("the folder of this test").join("shims");
    let library = folder.join(format!("{name}-{:016x}.so", digest.finish()));
    if !library.exists() {
        fs::create_dir_all(&folder).expect("a folder for shims");
        // Two tests may build at once: each into a file of its own, and the last rename wins.
        let unfinished =
            tempfile::NamedTempFile::new_in(&folder).expect("a file for the library").into_temp_path();
        compile(source, &unfinished);
        unfinished.persist(&library).expect("the library in its place");
    }
    library
}

fn compile(source: &str, library: &Path) {
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    let mut child = Command::new(compiler)
        .args(["-x", "c", "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-pthread", "-o"])
        .arg(library)
        .arg("-")
        .stdin(Stdio::piped())
        .spawn()
        .unwrap_or_else(|_| panic!("no C compiler: run tests/run.sh, or 'apt-get install gcc libc6-dev'"));
    child.stdin.take().expect("stdin is piped").write_all(source.as_bytes()).expect("the compiler reads");
    assert!(child.wait().expect("the compiler ends").success(), "the shim does not compile");
}

/// How the disk behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    /// Keeps what is synced.
    Honest,
    /// Answers a sync with success and keeps nothing (F15).
    Lies,
    /// Answers each sync with EIO, from this one on; the first is 1 (F13, F14).
    FailsFrom(u32),
}

/// A folder of which only synced bytes survive a cut.
#[derive(Debug)]
pub struct Durable {
    live: PathBuf,
    kept: TempDir,
    library: PathBuf,
}

impl Durable {
    /// Watches `live`. What lies in it now counts as synced.
    pub fn watch(live: &Path) -> Self {
        let live = live.canonicalize().expect("the live folder exists");
        // Content is placed by hard links, so shadow and contents have to share a file system.
        let kept =
            tempfile::Builder::new().prefix("ocop-durable").tempdir().expect("a folder for the shadow");
        let durable = Self { live, kept, library: compile_shim(Shim::Durable) };
        durable.take_as_synced();
        durable
    }

    /// Returns the variables under which a program has to run, for `Command::envs`.
    pub fn variables(&self, disk: Disk) -> Vec<(&'static str, OsString)> {
        let mut variables = vec![
            ("LD_PRELOAD", self.library.clone().into()),
            ("DURABLE_LIVE", self.live.clone().into()),
            ("DURABLE_SHADOW", self.shadow().into()),
            ("DURABLE_INODES", self.contents().into()),
        ];
        match disk {
            Disk::Honest => {}
            Disk::Lies => variables.push(("FSYNC_LIE", "1".into())),
            Disk::FailsFrom(first) => variables.push(("FSYNC_EIO_AT", first.to_string().into())),
        }
        variables
    }

    /// Cuts the power: the live folder becomes what was synced. The program must have been killed before. Whoever
    /// then writes there without [`variables`](Self::variables) has to watch the folder anew.
    pub fn cut(&self) {
        for entry in fs::read_dir(&self.live).expect("the live folder") {
            remove(&entry.expect("an entry").path());
        }
        copy_tree(&self.shadow(), &self.live);
        // The files in the live folder are new ones, and all of them are on the disk now.
        self.take_as_synced();
    }

    fn take_as_synced(&self) {
        for folder in [self.shadow(), self.contents()] {
            if folder.exists() {
                fs::remove_dir_all(&folder).expect("the old shadow goes");
            }
            fs::create_dir_all(&folder).expect("a folder of the shadow");
        }
        self.remember_tree(&self.live, &self.shadow());
    }

    fn remember_tree(&self, live: &Path, shadow: &Path) {
        for entry in fs::read_dir(live).expect("a live folder") {
            let entry = entry.expect("an entry");
            let (from, to) = (entry.path(), shadow.join(entry.file_name()));
            if from.is_dir() {
                fs::create_dir_all(&to).expect("a folder of the shadow");
                self.remember_tree(&from, &to);
            } else if from.is_file() {
                let content = self.contents().join(content_key(&from));
                fs::copy(&from, &content).expect("its content");
                fs::hard_link(&content, &to).expect("its name");
            }
        }
    }

    fn shadow(&self) -> PathBuf {
        self.kept.path().join("shadow")
    }

    fn contents(&self) -> PathBuf {
        self.kept.path().join("contents")
    }
}

/// Names a file as `remembered` in durable.c does.
fn content_key(file: &Path) -> String {
    let metadata = fs::metadata(file).expect("its metadata");
    let born = metadata.created().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    format!("{}-{}-{}", metadata.ino(), born.as_secs(), born.subsec_nanos())
}

fn remove(path: &Path) {
    if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("it can be removed");
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy_tree(&from, &to);
        } else {
            fs::copy(&from, &to).expect("a copy");
        }
    }
}

/// A wall clock that a test sets while the program runs.
#[derive(Debug)]
pub struct ClockShim {
    folder: TempDir,
    library: PathBuf,
}

impl ClockShim {
    /// Returns a clock that shows the real time.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("ocop-clock").tempdir().expect("a folder for the clock");
        Self { folder, library: compile_shim(Shim::Clock) }
    }

    /// Returns the variables under which a program has to run. With [`Durable`] join both `LD_PRELOAD` by a colon.
    pub fn variables(&self) -> Vec<(&'static str, OsString)> {
        vec![("LD_PRELOAD", self.library.clone().into()), ("CLOCK_OFFSET_FILE", self.file().into())]
    }

    /// Sets the clock to the real time plus `offset_ms`, at once for every program under it.
    pub fn set_offset_ms(&self, offset_ms: i64) {
        let fresh = self.folder.path().join("fresh");
        fs::write(&fresh, offset_ms.to_string()).expect("the offset is written");
        fs::rename(&fresh, self.file()).expect("the offset is in its place");
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("offset_ms")
    }
}

impl Default for ClockShim {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
