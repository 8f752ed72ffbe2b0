//! What a list would change in the catalogue, row by row, before anything is changed.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use time::Date;

use super::known::{Match, maker};
use super::likeness::{name_key, plain, producer_key};
use super::row::Decided;
use super::{Catalogue, Defaults, Field, KnownProduct, ListRow, Problem, ReadRow, Why};
use crate::catalog::{Category, Stars};
use crate::ids::ProductId;

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It may be one of the catalogue: a person says so first.
    Likely,
    /// Something cannot be taken.
    Wrong,
    /// The catalogue lacks the product.
    New,
    /// More stars than before.
    Raised,
    /// Fewer stars than before.
    Lowered,
    /// A later decision.
    Renewed,
    /// Name, unit, price, group, commune or codes differ.
    Changed,
    /// The catalogue says the same.
    Unchanged,
    /// A person left it out.
    LeftOut,
    /// No product: a title or the like.
    Aside,
}

impl Outcome {
    /// Every outcome: first what a person has to look at.
    pub const ALL: [Self; 10] = [
        Self::Likely,
        Self::Wrong,
        Self::New,
        Self::Raised,
        Self::Lowered,
        Self::Renewed,
        Self::Changed,
        Self::Unchanged,
        Self::LeftOut,
        Self::Aside,
    ];
    /// Those that change the catalogue when they are applied.
    pub const APPLIED: [Self; 5] = [Self::New, Self::Raised, Self::Lowered, Self::Renewed, Self::Changed];

    /// Returns the name that tables and forms use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Likely => "likely",
            Self::Wrong => "wrong",
            Self::New => "new",
            Self::Raised => "raised",
            Self::Lowered => "lowered",
            Self::Renewed => "renewed",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::LeftOut => "left_out",
            Self::Aside => "aside",
        }
    }

    /// Returns the outcome of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// What a person said of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It is this product.
    Is(ProductId),
    /// It is none of the catalogue.
    New,
    /// It stays out.
    LeaveOut,
}

/// A value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which one.
    pub field: Field,
    /// In the catalogue.
    pub before: String,
    /// In the list.
    pub after: String,
}

/// A row with what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Number of the row in its sheet, from 1.
    pub number: u32,
    /// What it says; of a row that cannot be read the name alone.
    pub row: ListRow,
    /// What becomes of it.
    pub outcome: Outcome,
    /// The product of the catalogue that is meant.
    pub product: Option<ProductId>,
    /// Products that it may be.
    pub likely: Vec<ProductId>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What differs.
    pub changes: Vec<Change>,
    /// Its decision is one that the catalogue lacks.
    pub is_decided_anew: bool,
}

/// What a list would do.
#[derive(Debug, Default)]
pub struct Judgement {
    /// Row by row, in the order of the list.
    pub rows: Vec<Judged>,
    /// Products of the catalogue that count as what the list is about, and stand in none of its rows.
    pub vanished: Vec<ProductId>,
}

/// Judges the rows of a list, with their numbers, against the catalogue as it is, on a day.
pub fn judge(
    rows: Vec<(u32, ReadRow)>,
    catalogue: &Catalogue,
    decisions: &HashMap<u32, Decision>,
    defaults: &Defaults,
    today: Date,
) -> Judgement {
    let is_padded = rows.iter().any(|(_, row)| matches!(row, ReadRow::Product(row) if begins_with_zero(row)));
    let mut judge =
        Judge { catalogue, decisions, defaults, is_padded, used: HashMap::new(), new: HashMap::new() };
    let rows: Vec<Judged> = rows.into_iter().map(|(number, row)| judge.read(number, row)).collect();
    let vanished = judge.vanished(&rows, today);
    Judgement { rows, vanished }
}

fn begins_with_zero(row: &ListRow) -> bool {
    row.sku.as_ref().is_some_and(|sku| sku.starts_with('0') && sku.bytes().all(|byte| byte.is_ascii_digit()))
}

struct Judge<'a> {
    catalogue: &'a Catalogue,
    decisions: &'a HashMap<u32, Decision>,
    defaults: &'a Defaults,
    /// Codes of the list have zeros in front.
    is_padded: bool,
    /// Products that a row above means.
    used: HashMap<usize, u32>,
    /// What new rows above say, so that none is added twice.
    new: HashMap<(Field, String), u32>,
}

impl Judge<'_> {
    fn read(&mut self, number: u32, read: ReadRow) -> Judged {
        let with = |row, outcome, problems| Judged {
            number,
            row,
            outcome,
            product: None,
            likely: Vec::new(),
            problems,
            changes: Vec::new(),
            is_decided_anew: false,
        };
        match read {
            ReadRow::Aside => with(ListRow::default(), Outcome::Aside, Vec::new()),
            ReadRow::Wrong(name, problems) => {
                with(ListRow { name, ..ListRow::default() }, Outcome::Wrong, problems)
            }
            ReadRow::Product(row) => {
                let mut judged = with(row, Outcome::Unchanged, Vec::new());
                self.judge(&mut judged);
                if !judged.problems.is_empty() {
                    judged.outcome = Outcome::Wrong;
                }
                judged
            }
        }
    }

    fn judge(&mut self, judged: &mut Judged) {
        let decision = self.decisions.get(&judged.number);
        if let Some(Decision::LeaveOut) = decision {
            judged.outcome = Outcome::LeftOut;
            return;
        }
        if let Some(why) = self.lost_zeros(&judged.row) {
            judged.problems.push(Problem { field: Field::Sku, why });
            return;
        }
        let confirmed = match decision {
            Some(Decision::Is(id)) => self.catalogue.place_of(*id),
            _ => None,
        };
        let found = confirmed.map_or_else(|| self.catalogue.find(&judged.row), Match::One);
        match (found, decision) {
            (Match::Two(_, other), _) => {
                let name = self.catalogue.at(other).map(|product| product.name.clone()).unwrap_or_default();
                judged.problems.push(Problem { field: Field::Barcode, why: Why::TwoProducts(name) });
            }
            (Match::One(place), _) => self.compare(judged, place, confirmed.is_some()),
            (Match::None, _) | (Match::Likely(_), Some(Decision::New)) => self.add(judged),
            (Match::Likely(places), _) => {
                judged.outcome = Outcome::Likely;
                judged.likely = places
                    .into_iter()
                    .filter_map(|place| self.catalogue.at(place))
                    .map(|product| product.id)
                    .collect();
            }
        }
    }

    /// A code of digits that begins with none, where codes of the list or the catalogue have zeros in front.
    fn lost_zeros(&self, row: &ListRow) -> Option<Why> {
        let sku = row.sku.as_ref()?;
        if let Some(whole) = self.catalogue.with_zeros(sku) {
            return Some(Why::LostZeros(whole));
        }
        let is_digits = sku.bytes().all(|byte| byte.is_ascii_digit());
        (self.is_padded && is_digits && !sku.starts_with('0')).then(|| Why::LostZeros(format!("0{sku}")))
    }

    fn compare(&mut self, judged: &mut Judged, place: usize, is_confirmed: bool) {
        let Some(known) = self.catalogue.at(place) else { return };
        let mut refuse = |field, why| judged.problems.push(Problem { field, why });
        if let Some(row) = self.used.get(&place) {
            return refuse(Field::Name, Why::Twice(*row));
        }
        self.used.insert(place, judged.number);
        if !known.is_active {
            return refuse(Field::Sku, Why::Retired(known.name.clone()));
        }
        let other = judged.row.producer.as_deref().map(producer_key).filter(|key| !key.is_empty());
        if let (Some(key), Some(name), false) = (other, &known.producer, is_confirmed)
            && key != maker(known)
        {
            return refuse(Field::Producer, Why::OtherProducer(name.clone()));
        }
        judged.product = Some(known.id);
        judged.changes = changes(&judged.row, known);
        // Its first price puts it on sale, and what is on sale has a unit and a group.
        if known.price.is_none() && judged.row.price.is_some() {
            judged.problems.extend(self.lacking(&judged.row, Some(known)));
        }
        let decided = match decided(judged.row.decided.as_ref(), known) {
            Ok(decided) => decided,
            Err(problem) => return judged.problems.push(problem),
        };
        judged.is_decided_anew = decided.is_some();
        judged.outcome = match decided {
            Some(outcome) => outcome,
            None if judged.changes.is_empty() => Outcome::Unchanged,
            None => Outcome::Changed,
        };
    }

    /// Lists of recognitions tell no prices: such a product is known, and goes on sale when somebody gives it one. Until then it
    /// needs neither unit nor group.
    fn add(&mut self, judged: &mut Judged) {
        let row = &judged.row;
        if row.price.is_some() {
            judged.problems.extend(self.lacking(row, None));
        }
        if row.producer.as_deref().is_some_and(|name| self.catalogue.producer_count(name) > 1) {
            judged.problems.push(Problem { field: Field::Producer, why: Why::SeveralProducers });
        }
        let unit = row.unit.as_deref().map(plain).unwrap_or_default();
        let maker = row.producer.as_deref().map(producer_key).unwrap_or_default();
        let name = (Field::Name, format!("{}|{maker}|{unit}", name_key(&row.name)));
        let barcode = row.barcode.as_ref().map(|code| (Field::Barcode, code.as_str().to_owned()));
        let sku = row.sku.as_ref().map(|sku| (Field::Sku, sku.to_uppercase()));
        for key in [Some(name), barcode, sku].into_iter().flatten() {
            let first = *self.new.entry(key.clone()).or_insert(judged.number);
            if first != judged.number {
                judged.problems.push(Problem { field: key.0, why: Why::Twice(first) });
            }
        }
        judged.outcome = Outcome::New;
        judged.is_decided_anew = row.decided.is_some();
    }

    /// What a product that is sold needs, and has neither in the row nor in the catalogue nor by default.
    fn lacking(&self, row: &ListRow, known: Option<&KnownProduct>) -> Vec<Problem> {
        let has_unit = row.unit.is_some() || known.is_some_and(|known| !known.unit.is_empty());
        let has_group = row.group.is_some() || known.is_some_and(|known| known.group.is_some());
        let missing = |field| Problem { field, why: Why::Missing };
        let mut lacking = Vec::new();
        if !has_unit && self.defaults.unit.is_empty() {
            lacking.push(missing(Field::Unit));
        }
        if !has_group && self.defaults.group.is_empty() {
            lacking.push(missing(Field::Group));
        }
        lacking
    }

    fn vanished(&self, rows: &[Judged], today: Date) -> Vec<ProductId> {
        let decided = |row: &Judged| row.row.decided.as_ref().map(|decided| decided.recognition.category);
        let categories: HashSet<Category> = rows.iter().filter_map(decided).collect();
        let likely: HashSet<ProductId> = rows.iter().flat_map(|row| row.likely.iter().copied()).collect();
        let is_of_list = |product: &KnownProduct| {
            product.recognitions.iter().any(|recognition| {
                categories.contains(&recognition.category)
                    && recognition.valid_from <= today
                    && recognition.valid_to.is_none_or(|last| today <= last)
            })
        };
        let places = self.catalogue.products().iter().enumerate();
        places
            .filter(|(place, product)| {
                product.is_active
                    && !self.used.contains_key(place)
                    && !likely.contains(&product.id)
                    && is_of_list(product)
            })
            .map(|(_, product)| product.id)
            .collect()
    }
}

/// What the row says otherwise. A barcode that the product lacks is added to the others; who makes it is never changed by a list,
/// since its goods may lie in stores.
fn changes(row: &ListRow, known: &KnownProduct) -> Vec<Change> {
    let group = known.group.clone().unwrap_or_default();
    let price = row.price.filter(|price| Some(*price) != known.price);
    let price_before = known.price.map(|price| price.to_string()).unwrap_or_default();
    let codes: Vec<&str> = known.barcodes.iter().map(String::as_str).collect();
    let barcode = row.barcode.as_ref().map(|code| code.as_str()).filter(|code| !codes.contains(code));
    let text = |after: &Option<String>, before: &str| {
        after
            .as_ref()
            .filter(|after| after.as_str() != before)
            .map(|after| (before.to_owned(), after.clone()))
    };
    let all: BTreeMap<Field, Option<(String, String)>> = [
        (Field::Name, text(&new_name(&row.name, &known.name), &known.name)),
        (Field::Unit, text(&row.unit, &known.unit)),
        (Field::Price, price.map(|price| (price_before, price.to_string()))),
        (Field::Group, text(&row.group, &group)),
        (Field::Commune, text(&row.commune, &known.commune)),
        (Field::Barcode, barcode.map(|code| (codes.join(", "), code.to_owned()))),
        (Field::Sku, text(&row.sku, &known.sku)),
    ]
    .into();
    let differs = |(field, pair): (Field, Option<(String, String)>)| {
        pair.map(|(before, after)| Change { field, before, after })
    };
    all.into_iter().filter_map(differs).collect()
}

/// A list in capitals or without marks takes nothing from a name that is written well: of two spellings of one name the
/// catalogue's stays, unless only the list's has marks.
fn new_name(listed: &str, known: &str) -> Option<String> {
    let is_respelled = name_key(listed) == name_key(known);
    let is_better = known.is_ascii() && !listed.is_ascii();
    (!is_respelled || is_better).then(|| listed.to_owned())
}

/// Returns what a decision does to a product; `None` when the catalogue knows it, or a later one.
fn decided(decided: Option<&Decided>, known: &KnownProduct) -> Result<Option<Outcome>, Problem> {
    let Some(Decided { recognition, .. }) = decided else { return Ok(None) };
    let of_it = known.recognitions.iter().filter(|other| other.category == recognition.category);
    let Some(last) = of_it.clone().max_by_key(|other| other.valid_from) else {
        return Ok(Some(if recognition.stars.is_some() { Outcome::Raised } else { Outcome::Renewed }));
    };
    if let Some(same) = of_it.clone().find(|other| other.valid_from == recognition.valid_from) {
        let stars = same.stars.map_or(0, Stars::count);
        let problem = Problem { field: Field::Stars, why: Why::OtherStars(stars) };
        return if same.stars == recognition.stars { Ok(None) } else { Err(problem) };
    }
    if recognition.valid_from < last.valid_from {
        return Ok(None);
    }
    Ok(Some(match recognition.stars.cmp(&last.stars) {
        Ordering::Greater => Outcome::Raised,
        Ordering::Less => Outcome::Lowered,
        Ordering::Equal => Outcome::Renewed,
    }))
}

#[cfg(test)]
mod tests;
