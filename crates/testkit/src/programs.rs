//! Our programs as processes: what they say, what they refuse, and what a folder held before and after.
#![expect(clippy::expect_used, reason = "a program that does not run is a failed test")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A service that listens; dropping it kills it.
#[derive(Debug)]
pub struct Running {
    child: Child,
    /// Where it listens.
    pub url: String,
}

impl Running {
    /// Starts a service and waits until it says where it listens.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut url = String::new();
        let output = child.stdout.take().expect("stdout is piped");
        BufReader::new(output).read_line(&mut url).expect("its word");
        let url = url.trim().to_owned();
        let running = Self { child, url };
        assert!(running.url.starts_with("http://"), "it does not listen: {:?}", running.url);
        running
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

/// Returns the one sentence by which a program refused.
pub fn refused(output: &Output) -> String {
    let (said, sentence) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.code().is_some_and(|code| code > 0), "{:?}: {said}{sentence}", output.status);
    assert_eq!((said.as_ref(), sentence.trim().lines().count()), ("", 1), "{sentence}");
    sentence.trim().to_owned()
}

/// Returns every file of a folder with its bytes; without those of SQLite's shared index, in which even readers of a
/// running program leave marks.
pub fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(contents(&path));
        } else {
            let is_index = path.to_string_lossy().ends_with("-shm");
            let bytes = if is_index { Vec::new() } else { std::fs::read(&path).expect("a file") };
            files.insert(path, bytes);
        }
    }
    files
}

/// Asserts that a folder holds what it held before, file by file, and no other file.
pub fn assert_untouched(folder: &Path, before: &BTreeMap<PathBuf, Vec<u8>>, what: &str) {
    assert_eq!(assert_kept(folder, before, what), Vec::<PathBuf>::new(), "{what}: new files");
}

/// Asserts that a folder holds what it held before, and returns the files that came to it.
pub fn assert_kept(folder: &Path, before: &BTreeMap<PathBuf, Vec<u8>>, what: &str) -> Vec<PathBuf> {
    let mut after = contents(folder);
    for (file, bytes) in before {
        assert!(after.remove(file).as_ref() == Some(bytes), "{what}: {} has changed", file.display());
    }
    after.into_keys().collect()
}
