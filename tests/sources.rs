//! The repository's own files, for tests about how it is written.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the repository.
pub(crate) struct Source {
    /// From the root, with `/`.
    pub(crate) path: String,
    /// All of it.
    pub(crate) text: String,
}

impl Source {
    /// Returns the lines that are not comments, with their numbers from 1.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Returns `path:line: text` for each line of code in which one of `words` stands.
    pub(crate) fn lines_with(&self, words: &[&str]) -> Vec<String> {
        self.code()
            .filter(|(_, line)| words.iter().any(|word| has_word(line, word)))
            .map(|(number, line)| format!("{}:{number}: {}", self.path, line.trim()))
            .collect()
    }
}

/// Tells whether `word` stands in `line` and is not the end or the beginning of a longer name.
pub(crate) fn has_word(line: &str, word: &str) -> bool {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(word).any(|(place, _)| {
        let before = line[..place].chars().next_back();
        let after = line[place + word.len()..].chars().next();
        let starts = !word.starts_with(is_name) || !before.is_some_and(is_name);
        let ends = !word.ends_with(is_name) || !after.is_some_and(is_name);
        starts && ends
    })
}

/// Returns the folder with the workspace's Cargo.toml.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests is in the root").to_owned()
}

/// Returns the files below these folders (or these files) whose names end in one of `endings`, ordered by path.
/// A folder that is not there has none.
pub(crate) fn files(under: &[&str], endings: &[&str]) -> Vec<Source> {
    let root = root();
    let mut paths = Vec::new();
    for start in under {
        collect(&root.join(start), &mut paths);
    }
    paths.sort();
    let wanted = paths
        .into_iter()
        .filter(|path| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)));
    wanted.map(|path| read(&root, &path)).collect()
}

fn read(root: &Path, path: &Path) -> Source {
    let relative = path.strip_prefix(root).expect("below the root");
    let text =
        fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).expect("a readable file");
    Source { path: relative.to_string_lossy().replace('\\', "/"), text }
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_file() {
        found.push(path.to_owned());
    } else if path.is_dir() && !path.ends_with("target") {
        for entry in fs::read_dir(path).expect("a readable folder") {
            collect(&entry.expect("an entry").path(), found);
        }
    }
}
