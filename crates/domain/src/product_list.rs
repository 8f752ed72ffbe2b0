//! Lists of products as another office keeps them: which column says what, what a row means, and what it would change in the
//! catalogue. The list of recognised OCOP products comes with other columns each time, typed by many hands.

pub mod cell;
pub mod field;
pub mod heading;
pub mod judging;
pub mod known;
pub mod likeness;
pub mod reading;
pub mod row;
pub mod vocabulary;

pub use cell::Cell;
pub use field::{Columns, Field};
pub use judging::{Change, Decision, Judged, Judgement, Outcome, judge};
pub use known::{Catalogue, KnownProduct};
pub use row::{Defaults, ListRow, Problem, ReadRow, Why, read_row};
pub use vocabulary::{GroupName, GroupNames, Vocabulary};
