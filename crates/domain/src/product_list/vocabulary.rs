//! What the words of a list are read by: names of groups of products as they are and were, and what is dated of recognitions. All of it
//! is data of the catalogue, so that a group that a decree names anew is read as soon as it is called so.

use std::cmp::Reverse;

use super::likeness::plain;
use crate::standards::Standards;

/// A name of a group of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupName {
    /// As it is written.
    pub name: String,
    /// Code of the group.
    pub code: String,
    /// The group is called so now; otherwise it was, or lists call it so.
    pub is_current: bool,
    /// The group is in use: nothing is put into one that has ended.
    pub is_in_use: bool,
}

/// Names of groups, each behind the words that it is found by, a blank before and behind them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupNames(Vec<(String, GroupName)>);

impl GroupNames {
    /// Takes names. One that means two groups means the one that is in use; a longer name stands before one that it holds, and of two that
    /// are as long as each other the first.
    pub fn new(names: impl IntoIterator<Item = GroupName>) -> Self {
        let rank = |name: &GroupName| (name.is_in_use, name.is_current);
        let mut known: Vec<(String, GroupName)> = Vec::new();
        for name in names {
            let words = format!(" {} ", plain(&name.name));
            match known.iter_mut().find(|(other, _)| *other == words) {
                Some((_, other)) if rank(&name) > rank(other) => *other = name,
                None if !words.trim().is_empty() => known.push((words, name)),
                _ => {}
            }
        }
        known.sort_by_key(|(words, _)| Reverse(words.len()));
        Self(known)
    }

    /// Finds the name that stands in words as [`plain`] writes them.
    pub(super) fn find(&self, words: &str) -> Option<&GroupName> {
        let words = format!(" {words} ");
        self.0.iter().find(|(name, _)| words.contains(name.as_str())).map(|(_, name)| name)
    }
}

/// What the words of a list are read by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Names of groups of products.
    pub groups: GroupNames,
    /// Levels and sets of criteria with their days.
    pub standards: Standards,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str, code: &str, (is_current, is_in_use): (bool, bool)) -> GroupName {
        GroupName { name: name.to_owned(), code: code.to_owned(), is_current, is_in_use }
    }

    #[test]
    fn the_longest_name_of_a_group_in_use_counts() {
        let names = GroupNames::new([
            name("Đồ uống", "drink", (true, true)),
            name("Đồ uống có cồn", "do-uong-co-con", (true, true)),
            name("Thảo dược", "gone", (true, false)),
            name("Thảo dược", "medicinal", (false, true)),
            name("Sinh vật cảnh", "ornamental", (true, false)),
            name("!", "nothing", (true, true)),
        ]);
        for (words, expected) in [
            ("do uong", Some(("drink", true))),
            ("i do uong co con", Some(("do-uong-co-con", true))),
            ("nhom thao duoc", Some(("medicinal", true))),
            ("sinh vat canh", Some(("ornamental", false))),
            ("do", None),
            ("thao", None),
            ("", None),
        ] {
            let found = names.find(words).map(|found| (found.code.as_str(), found.is_in_use));
            assert_eq!(found, expected, "{words}");
        }
    }
}
