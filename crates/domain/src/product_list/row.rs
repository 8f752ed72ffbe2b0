//! A row of a list: what it says of a product, or what is wrong with it, cell by cell.

use super::{Cell, Columns, Field, Vocabulary, reading};
use crate::Money;
use crate::barcode::Barcode;
use crate::catalog::{Category, Recognition, Stars, ocop_last_day};
use crate::recognition::DecisionPaper;
use crate::standards::Misdated;

/// Why a cell cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Nothing stands there, and it is needed.
    Missing,
    /// Longer than 200 characters.
    TooLong,
    /// No day, or one that can be read in two ways.
    NoDay,
    /// The last day lies before the decision.
    DaysTurned,
    /// No number of stars from one to five.
    NoStars,
    /// Stars of something that is not OCOP.
    StarsElsewhere,
    /// No single price above zero.
    NoPrice,
    /// No level at which something is decided.
    NoLevel,
    /// No points from 0 to 100.
    NoPoints,
    /// No group's name.
    NoGroup,
    /// A group that has ended; its name.
    GroupEnded(String),
    /// The level does not decide on the day of the decision.
    LevelEnded,
    /// The criteria are of a later day than the decision.
    CriteriaLater,
    /// None of the categories.
    NoCategory,
    /// No barcode.
    NoBarcode,
    /// A spreadsheet rounded the code: `8.93E+12`.
    Rounded,
    /// A spreadsheet took the zeros in front; the code with them.
    LostZeros(String),
    /// A digit was mistyped.
    WrongCheckDigit,
    /// Another row says the same product or code; its number.
    Twice(u32),
    /// The product that is meant has another producer in the catalogue; its name there.
    OtherProducer(String),
    /// Code and barcode are those of two products of the catalogue; the name of the other one.
    TwoProducts(String),
    /// The product that is meant is no longer sold; its name.
    Retired(String),
    /// The catalogue knows the same decision with so many stars.
    OtherStars(u8),
    /// Several producers of the catalogue are called so.
    SeveralProducers,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which one.
    pub field: Field,
    /// Why.
    pub why: Why,
}

/// A decision that a row tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// What was decided.
    pub recognition: Recognition,
    /// What its paper says; the recognition holds from the day of the decision.
    pub paper: DecisionPaper,
}

/// What a row says of a product. What it does not say stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListRow {
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: Option<String>,
    /// Price of a unit.
    pub price: Option<Money>,
    /// Code of the group.
    pub group: Option<String>,
    /// Who makes it.
    pub producer: Option<String>,
    /// Where it comes from.
    pub commune: Option<String>,
    /// What is on the pack.
    pub barcode: Option<Barcode>,
    /// The shops' own code.
    pub sku: Option<String>,
    /// What was decided of it.
    pub decided: Option<Decided>,
}

/// What new products get where a list says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Defaults {
    /// Unit or pack; may be empty.
    pub unit: String,
    /// Code of the group; may be empty.
    pub group: String,
}

/// A row as it was read.
#[expect(clippy::large_enum_variant, reason = "nearly all rows are products, and each is read once")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadRow {
    /// Nothing of a product: empty, a title between the rows, or the numbers of the columns.
    Aside,
    /// A product.
    Product(ListRow),
    /// Something cannot be taken; the name, as far as there is one.
    Wrong(String, Vec<Problem>),
}

/// Reads a row by what the catalogue calls things.
pub fn read_row(cells: &[Cell], columns: &Columns, vocabulary: &Vocabulary) -> ReadRow {
    if is_aside(cells, columns) {
        return ReadRow::Aside;
    }
    let mut reader = Reader { cells, columns, vocabulary, problems: Vec::new() };
    let name = reader.take(Field::Name, reading::text);
    if name.is_none() && reader.problems.is_empty() {
        reader.problems.push(Problem { field: Field::Name, why: Why::Missing });
    }
    let row = ListRow {
        name: name.unwrap_or_default(),
        unit: reader.take(Field::Unit, reading::text),
        price: reader.take(Field::Price, reading::price),
        group: reader.take(Field::Group, |cell| reading::group(cell, &vocabulary.groups)),
        producer: reader.take(Field::Producer, reading::text),
        commune: reader.take(Field::Commune, reading::text),
        barcode: reader.take(Field::Barcode, reading::barcode),
        sku: reader.take(Field::Sku, reading::text),
        decided: reader.decided(),
    };
    if reader.problems.is_empty() { ReadRow::Product(row) } else { ReadRow::Wrong(row.name, reader.problems) }
}

/// A product has more than a name, and the numbers of the columns, `(1) (2) (3)`, are no product.
fn is_aside(cells: &[Cell], columns: &Columns) -> bool {
    let mapped = |field: &Field| columns.of(*field).and_then(|column| cells.get(column));
    let said: Vec<&Cell> = Field::ALL.iter().filter_map(mapped).filter(|cell| !cell.is_empty()).collect();
    // A title that is merged over the table says the same in each column.
    let is_one = said.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    let is_small = |cell: &&Cell| {
        let words = cell.words();
        let digits = words.trim_matches(['(', ')', '[', ']', ' ']);
        digits.len() <= 2 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    is_one || said.iter().all(is_small)
}

struct Reader<'a> {
    cells: &'a [Cell],
    columns: &'a Columns,
    vocabulary: &'a Vocabulary,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn take<T>(&mut self, field: Field, read: impl FnOnce(&Cell) -> Result<Option<T>, Why>) -> Option<T> {
        let cell = self.columns.of(field).and_then(|column| self.cells.get(column))?;
        match read(cell) {
            Ok(value) => value,
            Err(why) => {
                self.problems.push(Problem { field, why });
                None
            }
        }
    }

    /// Stars without a word on the category are OCOP's; a planned product shows none.
    fn decided(&mut self) -> Option<Decided> {
        let stars = self.take(Field::Stars, reading::stars);
        let category = self.take(Field::Category, reading::category);
        let number = self.take(Field::DecisionNumber, reading::text).unwrap_or_default();
        let day = self.take(Field::DecisionDay, reading::day);
        let last_day = self.take(Field::LastDay, reading::day);
        let level = self.take(Field::Level, reading::level);
        let points = self.take(Field::Points, reading::points);
        let [issuer, criteria, group_printed] = [Field::Issuer, Field::Criteria, Field::GroupPrinted]
            .map(|field| self.take(field, reading::text).unwrap_or_default());
        let category = category.or(stars.map(|_| Category::Ocop))?;
        let standards = &self.vocabulary.standards;
        let mut refuse = |field, why| self.problems.push(Problem { field, why });
        match (category, stars) {
            (Category::Ocop, None) => refuse(Field::Stars, Why::Missing),
            (Category::Ocop, Some(_)) | (_, None) => {}
            (_, Some(_)) => refuse(Field::Stars, Why::StarsElsewhere),
        }
        let Some(day) = day else {
            refuse(Field::DecisionDay, Why::Missing);
            return None;
        };
        if last_day.is_some_and(|last| last < day) {
            refuse(Field::LastDay, Why::DaysTurned);
        }
        let last_day = last_day.or((category == Category::Ocop).then(|| ocop_last_day(day)));
        let recognition =
            Recognition { category, stars: stars_of(category, stars), valid_from: day, valid_to: last_day };
        let decided_on = Some(recognition.valid_from);
        let paper = DecisionPaper { number, decided_on, issuer, level, points, criteria, group_printed };
        match standards.misdated(&paper, day) {
            Some(Misdated::Level) => refuse(Field::Level, Why::LevelEnded),
            Some(Misdated::Criteria) => refuse(Field::Criteria, Why::CriteriaLater),
            None => {}
        }
        Some(Decided { recognition, paper })
    }
}

fn stars_of(category: Category, stars: Option<Stars>) -> Option<Stars> {
    stars.filter(|_| category == Category::Ocop)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::recognition::{Level, Points};
    use crate::standards::{CriteriaSet, LevelSaid, Standards};

    fn columns() -> Columns {
        Columns::from_code("name=1 producer=2 stars=3 decision_number=4 decision_day=5 last_day=6 price=7")
            .unwrap()
    }

    fn row(line: &str) -> ReadRow {
        let cells: Vec<Cell> = line.split(';').map(Cell::of_text).collect();
        read_row(&cells, &columns(), &Vocabulary::default())
    }

    fn product(line: &str) -> ListRow {
        let ReadRow::Product(read) = row(line) else { panic!("{line}: {:?}", row(line)) };
        read
    }

    #[test]
    fn an_ocop_row_lasts_36_months_unless_it_says_otherwise() {
        let read = product("1;Tỏi Lý Sơn;HTX;4 sao;QĐ 1/QĐ;29/02/2024;;120.000đ").decided.unwrap();
        let expected = Recognition::ocop(Stars::new(4).unwrap(), date!(2024 - 02 - 29));
        assert_eq!((read.recognition, read.paper.number.as_str()), (expected, "QĐ 1/QĐ"));
        assert_eq!(read.recognition.valid_to, Some(date!(2027 - 02 - 28)));
        let read = product("1;Tỏi;HTX;4;;29/02/2024;31/12/2026;").decided.unwrap();
        assert_eq!(read.recognition.valid_to, Some(date!(2026 - 12 - 31)));
        assert_eq!(product("1;Tỏi;HTX;;;;;").decided, None);
    }

    #[test]
    fn what_is_wrong_is_said_cell_by_cell() {
        let problems = |line: &str| match row(line) {
            ReadRow::Wrong(_, problems) => problems.into_iter().map(|p| (p.field, p.why)).collect(),
            other => panic!("{line}: {other:?}"),
        };
        let several: Vec<(Field, Why)> = problems("1;Tỏi;HTX;6 sao;;31/02/2024;;rẻ");
        assert_eq!(
            several,
            [(Field::Price, Why::NoPrice), (Field::Stars, Why::NoStars), (Field::DecisionDay, Why::NoDay)]
        );
        assert_eq!(problems("1;Tỏi;HTX;4;;;;"), [(Field::DecisionDay, Why::Missing)]);
        assert_eq!(problems("1;;HTX;4;;01/01/2024;;"), [(Field::Name, Why::Missing)]);
        assert_eq!(problems("1;Tỏi;HTX;4;;01/01/2024;01/01/2023;"), [(Field::LastDay, Why::DaysTurned)]);
    }

    #[test]
    fn what_the_paper_says_beside_its_days_is_read() {
        let code = "name=0 stars=1 decision_day=2 issuer=3 level=4 points=5 criteria=6 group_printed=7";
        let columns = Columns::from_code(code).unwrap();
        let vocabulary = Vocabulary::default();
        let read = |line: &str| {
            read_row(&line.split(';').map(Cell::of_text).collect::<Vec<_>>(), &columns, &vocabulary)
        };
        let row = read("Tỏi;4;01/10/2024;UBND tỉnh;Cấp tỉnh;78,5 điểm;QĐ 148/QĐ-TTg;Thực phẩm");
        let ReadRow::Product(row) = row else { panic!("{row:?}") };
        let decided = row.decided.unwrap();
        assert_eq!(
            (decided.paper.issuer.as_str(), decided.paper.level),
            ("UBND tỉnh", Some(Level::Province))
        );
        assert_eq!(decided.paper.points, Points::from_hundredths(7_850));
        assert_eq!(
            (decided.paper.criteria.as_str(), decided.paper.group_printed.as_str()),
            ("QĐ 148/QĐ-TTg", "Thực phẩm")
        );
        let wrong = |line: &str| match read(line) {
            ReadRow::Wrong(_, problems) => problems.into_iter().map(|p| (p.field, p.why)).collect::<Vec<_>>(),
            other => panic!("{line}: {other:?}"),
        };
        assert_eq!(wrong("Tỏi;4;01/10/2024;;cấp thôn;;;"), [(Field::Level, Why::NoLevel)]);
        assert_eq!(wrong("Tỏi;4;01/10/2024;;;101;;"), [(Field::Points, Why::NoPoints)]);
        // Each on a day on which it could be.
        let said = LevelSaid { level: Level::District, from: date!(2025 - 07 - 01), decides: false };
        let set = CriteriaSet { name: "148/QĐ-TTg".to_owned(), from: date!(2023 - 02 - 24) };
        let dated = Vocabulary { standards: Standards::new(vec![said], vec![set]), ..Vocabulary::default() };
        let of_day = |line: &str| match read_row(
            &line.split(';').map(Cell::of_text).collect::<Vec<_>>(),
            &columns,
            &dated,
        ) {
            ReadRow::Wrong(_, problems) => problems.into_iter().map(|p| (p.field, p.why)).collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        assert!(of_day("Tỏi;3;30/06/2025;;huyện;;148/QĐ-TTg;").is_empty());
        assert_eq!(of_day("Tỏi;3;01/07/2025;;huyện;;;"), [(Field::Level, Why::LevelEnded)]);
        assert_eq!(of_day("Tỏi;3;23/02/2023;;;;QĐ 148/QĐ-TTg;"), [(Field::Criteria, Why::CriteriaLater)]);
        let ReadRow::Product(row) = read("Tỏi;4;01/10/2024;;;;;") else { panic!() };
        assert_eq!(row.decided.unwrap().paper.level, None);
    }

    #[test]
    fn titles_and_numbers_of_columns_are_no_products() {
        for line in [
            "",
            ";;;",
            "I;THỰC PHẨM;;;;;;",
            "(1);(2);(3);(4);(5);(6);(7);(8)",
            "1;2;3;4;5;6;7;8",
            ";A;A;A;A;A;A;A",
        ] {
            assert_eq!(row(line), ReadRow::Aside, "{line}");
        }
    }

    #[test]
    fn only_ocop_has_stars() {
        let columns = Columns::from_code("name=0 category=1 stars=2 decision_day=3").unwrap();
        let vocabulary = Vocabulary::default();
        let read = |line: &str| {
            read_row(&line.split(';').map(Cell::of_text).collect::<Vec<_>>(), &columns, &vocabulary)
        };
        let wrong = |field, why| ReadRow::Wrong("Quế".to_owned(), vec![Problem { field, why }]);
        assert_eq!(read("Quế;CNNT tiêu biểu;4;01/10/2024"), wrong(Field::Stars, Why::StarsElsewhere));
        assert_eq!(read("Quế;OCOP;;01/10/2024"), wrong(Field::Stars, Why::Missing));
        let ReadRow::Product(rural) = read("Quế;CNNT tiêu biểu;;01/10/2024") else { panic!() };
        assert_eq!(rural.decided.unwrap().recognition.valid_to, None);
    }
}
