//! The rows of a cart as they are written, told apart by their content: a window that says which rows it shows is sent the
//! others alone. Of a hundred rows a scan changes two; all of them are 41 KB, which a slow computer reads for 10 ms.

use std::hash::{DefaultHasher, Hash, Hasher};

use maud::{Markup, html};
use web::Lang;

use super::cart;
use crate::counter::CounterState;

/// What stands for the content of one row.
pub type RowDigest = u64;

/// The rows of a cart, written.
pub struct Rows(Vec<(RowDigest, Markup)>);

impl Rows {
    /// Writes the rows of a cart.
    pub fn write(lang: Lang, state: &CounterState) -> Self {
        let rows = state.lines.iter().enumerate().map(|(index, line)| {
            let row = cart::row(lang, index, line, state.chosen == Some(index));
            (digest(&row.0), row)
        });
        Self(rows.collect())
    }

    /// Returns what stands for each row's content.
    pub fn digests(&self) -> Vec<RowDigest> {
        self.0.iter().map(|(digest, _)| *digest).collect()
    }

    /// Returns the rows; one that stands at the same place among the rows `shown` is `<tr data-same>`, without content.
    pub fn beside(&self, shown: &[RowDigest]) -> Markup {
        html! {
            @for (place, (digest, row)) in self.0.iter().enumerate() {
                @if shown.get(place) == Some(digest) { tr data-same {} } @else { (row) }
            }
        }
    }
}

/// Returns the name of rows: rows of one name have one content. 16 hex letters; the same in each run of one build.
pub fn name(rows: &[RowDigest]) -> String {
    format!("{:016x}", digest(rows))
}

fn digest(content: &(impl Hash + ?Sized)) -> RowDigest {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}
