//! The rows of a settlement in their two spellings. Version 1 names every key in every row. A producer with hundreds of products
//! would pass the limit of an entry with that, so version 2 names the columns once, and a row is a list of values: about a
//! hundred bytes a product, where version 1 takes three hundred.

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::settlement::SettlementRow;

/// So many rows are still spelled one by one: what version 1 always held, and holds byte for byte.
pub const SPELLED_MAX: usize = 150;

const PRODUCT: &str = "product";
const RATES: &str = "commission_ppm";
/// The columns that may stand in a table after the product, in this order.
const COLUMNS: [&str; 18] = [
    "opening",
    "received",
    "sold",
    "refunded",
    "returned",
    "lost_by_producer",
    "lost_by_operator",
    "counted",
    "transferred",
    "repacked",
    "closing",
    "gross",
    "discount",
    RATES,
    "commission",
    "commission_tax",
    "compensation",
    "due",
];

/// Rows as a table: only columns in which something stands.
#[derive(Serialize, Deserialize)]
struct Table {
    columns: Vec<String>,
    values: Vec<Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Spelling {
    Rows(Vec<SettlementRow>),
    Table(Table),
}

pub(super) fn serialize<S: Serializer>(rows: &[SettlementRow], serializer: S) -> Result<S::Ok, S::Error> {
    if rows.len() <= SPELLED_MAX {
        return rows.serialize(serializer);
    }
    let rows =
        rows.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>().map_err(S::Error::custom)?;
    let stands = |column: &str| rows.iter().any(|row| row.get(column).is_some());
    let columns: Vec<&str> =
        [PRODUCT].into_iter().chain(COLUMNS.into_iter().filter(|column| stands(column))).collect();
    let nothing = |column: &str| if column == RATES { Value::Array(Vec::new()) } else { Value::from(0) };
    let cell = |row: &Value, column: &str| row.get(column).cloned().unwrap_or_else(|| nothing(column));
    let values = rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect();
    let columns = columns.into_iter().map(str::to_owned).collect();
    Table { columns, values }.serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<SettlementRow>, D::Error> {
    let Table { columns, values } = match Spelling::deserialize(deserializer)? {
        Spelling::Rows(rows) => return Ok(rows),
        Spelling::Table(table) => table,
    };
    let read = |row: Vec<Value>| {
        if row.len() != columns.len() {
            return Err(D::Error::custom("a row has other columns than its table"));
        }
        let named: Map<String, Value> = columns.iter().cloned().zip(row).collect();
        serde_json::from_value(Value::Object(named)).map_err(D::Error::custom)
    };
    values.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{ENTRY_BYTES_MAX, Kind};
    use crate::payload::{Payload, Settlement, write};
    use uuid::Uuid;

    fn settlement(products: usize) -> Settlement {
        let row = |number: usize| {
            let sold = i64::try_from(number).unwrap() * 1_000;
            SettlementRow {
                product: Uuid::from_u128(u128::MAX - 10_000 + u128::try_from(number).unwrap()),
                received: 50_000,
                sold,
                closing: 50_000 - sold,
                gross: sold * 280,
                commission_ppm: if sold == 0 { Vec::new() } else { vec![120_000] },
                commission: sold * 33,
                commission_tax: sold * 2,
                due: sold * 245,
                ..SettlementRow::default()
            }
        };
        Settlement {
            voucher: "LS-7Q3F-QT0001".to_owned(),
            producer: Uuid::from_u128(1),
            shift: Uuid::from_u128(2),
            cashier: Uuid::from_u128(3),
            approved_by: None,
            counter: "Quầy 1".to_owned(),
            until: Vec::new(),
            rows: (0..products).map(row).collect(),
            carried: 0,
            due: 0,
            tenders: Vec::new(),
            joint_part: None,
        }
    }

    #[test]
    fn what_was_written_is_read_in_either_spelling() {
        for (products, schema) in [(0, 1), (SPELLED_MAX, 1), (SPELLED_MAX + 1, 2), (2_000, 2)] {
            let told = settlement(products);
            assert_eq!(told.schema(), schema, "{products}");
            let text = write(&told).unwrap();
            assert!(text.len() < ENTRY_BYTES_MAX, "{products}: {}", text.len());
            let read = Payload::read(&Kind::Settlement, schema, &text);
            assert_eq!(read, Ok(Payload::Settlement(told)), "{products}");
            assert!(
                Payload::read(&Kind::Settlement, 3 - schema, &text).is_err(),
                "{products}: each version has its spelling"
            );
        }
    }

    #[test]
    fn a_table_names_its_columns_once_and_leaves_out_those_of_nothing() {
        let text = write(&settlement(SPELLED_MAX + 1)).unwrap();
        let head = r#""rows":{"columns":["product","received","sold","closing","gross","commission_ppm","commission","commission_tax","due"],"values":[["#;
        assert!(text.contains(head), "{}", &text[..600]);
        assert!(
            text.contains(r#"["ffffffff-ffff-ffff-ffff-ffffffffd8ef",50000,0,50000,0,[],0,0,0],"#),
            "{}",
            &text[..600]
        );
    }

    #[test]
    fn a_table_that_is_none_is_refused() {
        let text = write(&settlement(SPELLED_MAX + 1)).unwrap();
        let wrong = [
            text.replacen(",0,[],0,0,0]", ",0,[],0,0]", 1),
            text.replacen(r#""product","#, r#""goods","#, 1),
            text.replacen("[],0,0,0]", "0,0,0,0]", 1),
            text.replacen("50000", "\"50000\"", 1),
        ];
        for text in wrong {
            assert!(Payload::read(&Kind::Settlement, 2, &text).is_err(), "{}", &text[..600]);
        }
    }
}
