//! The figures of a shift, counted from the lines of an exported journal as plain JSON: nothing of the program reads them.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::ShiftId;
use pos::maintenance::export::export;
use receipts::slip::shift::ShiftReport;
use serde_json::Value;
use testkit::store::TestStore;

/// Papers call the ways of paying so.
const WAYS: [(&str, &str); 5] = [
    ("cash", "Tiền mặt"),
    ("vietqr", "Chuyển khoản VietQR"),
    ("card", "Quẹt thẻ"),
    ("claimed", "Chuyển khoản, chờ ngân hàng báo"),
    ("credit", "Ghi nợ"),
];

/// What a Z says in numbers.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Figures {
    entries: (i64, i64),
    sales: (i64, i64),
    discount: i64,
    rounding: i64,
    refunds: (i64, i64),
    /// How many and how much in each way.
    tenders: BTreeMap<String, (i64, i64)>,
    /// Goods and the VAT inside, by rate.
    vat: BTreeMap<String, (i64, i64)>,
    moves: Vec<i64>,
    float: i64,
    expected: i64,
    counted: i64,
}

impl Figures {
    /// Reads a Z.
    pub(crate) fn said(z: &ShiftReport) -> Self {
        Self {
            entries: (z.first_seq, z.last_seq),
            sales: (z.sales_count, z.sales_vnd),
            discount: z.discount_vnd,
            rounding: z.rounding_vnd,
            refunds: (z.refunds_count, z.refunds_vnd),
            tenders: z.tenders.iter().map(|row| (row.label.clone(), (row.count, row.amount_vnd))).collect(),
            vat: z.vat.iter().map(|row| (row.rate.clone(), (row.gross_vnd, row.tax_vnd))).collect(),
            moves: z.cash_moves.iter().map(|moved| moved.amount_vnd).collect(),
            float: z.float_vnd,
            expected: z.expected_vnd.unwrap(),
            counted: z.counted.as_ref().unwrap().counted_vnd,
        }
    }

    fn tender(&mut self, kind: &str, count: i64, vnd: i64) {
        let (_, label) = WAYS.iter().find(|(code, _)| *code == kind).unwrap();
        let sum = self.tenders.entry((*label).to_owned()).or_default();
        *sum = (sum.0 + count, sum.1 + vnd);
        if kind == "cash" {
            self.expected += vnd;
        }
    }
}

/// Every shift of a journal.
pub(crate) struct Books(BTreeMap<String, Figures>);

fn number(value: &Value, key: &str) -> i64 {
    value[key].as_i64().unwrap()
}

/// Lines of both parts of an entry.
fn lines<'a>(shared: &'a Value, private: &'a Value) -> impl Iterator<Item = &'a Value> {
    [shared, private].into_iter().filter_map(|part| part["lines"].as_array()).flatten()
}

impl Books {
    pub(crate) async fn of(store: &TestStore) -> Self {
        let file = store.folder().join("recount.jsonl");
        export(&store.app, &file).await.unwrap();
        let text = std::fs::read_to_string(file).unwrap();
        let entries: Vec<[Value; 3]> = text
            .lines()
            .map(|line| {
                let line: Value = serde_json::from_str(line).unwrap();
                ["envelope", "shared", "private"]
                    .map(|part| serde_json::from_str(line[part].as_str().unwrap()).unwrap())
            })
            .collect();
        let voided: BTreeSet<&str> = entries
            .iter()
            .filter(|[envelope, ..]| envelope["kind"] == "void")
            .map(|[envelope, ..]| envelope["sale_id"].as_str().unwrap())
            .collect();
        let mut books = Self(BTreeMap::new());
        for [envelope, shared, private] in &entries {
            let Some(shift) = shared["shift"].as_str() else { continue };
            let figures = books.0.entry(shift.to_owned()).or_default();
            let is_voided = envelope["sale_id"].as_str().is_some_and(|id| voided.contains(id));
            figures.add(envelope, shared, private, is_voided);
        }
        for figures in books.0.values_mut() {
            figures.vat.retain(|_, (_, tax)| *tax != 0);
        }
        books
    }

    pub(crate) fn figures(&self, shift_id: ShiftId) -> &Figures {
        &self.0[&shift_id.to_string()]
    }
}

impl Figures {
    fn add(&mut self, envelope: &Value, shared: &Value, private: &Value, is_voided: bool) {
        match envelope["kind"].as_str().unwrap() {
            "shift_open" => {
                self.entries.0 = number(envelope, "seq");
                self.float = number(shared, "float");
                self.expected += self.float;
            }
            "shift_close" => {
                self.entries.1 = number(envelope, "seq");
                self.counted = number(shared, "counted");
            }
            "sale" => {
                if !is_voided {
                    self.sales = (self.sales.0 + 1, self.sales.1 + number(shared, "payable"));
                    self.discount += lines(shared, private).map(|line| number(line, "discount")).sum::<i64>();
                }
                self.rounding += number(shared, "rounding");
                self.goods(shared, private, 1);
            }
            "refund" => {
                self.refunds = (self.refunds.0 + 1, self.refunds.1 + number(shared, "paid"));
                self.rounding -= number(shared, "rounding");
                self.goods(shared, private, -1);
            }
            "void" => {
                self.rounding -= number(shared, "rounding");
                self.goods(shared, private, -1);
            }
            "cash_moved" => {
                self.moves.push(number(shared, "amount"));
                self.expected += number(shared, "amount");
            }
            "tender_confirmed" => {
                for tender in shared["tenders"].as_array().unwrap() {
                    let vnd = number(tender, "amount");
                    self.tender(tender["kind"].as_str().unwrap(), 1, vnd);
                    self.tender(shared["from"].as_str().unwrap(), 0, -vnd);
                }
            }
            other => panic!("{other} names a shift"),
        }
    }

    fn goods(&mut self, shared: &Value, private: &Value, sign: i64) {
        for tender in shared["tenders"].as_array().unwrap() {
            self.tender(tender["kind"].as_str().unwrap(), 1, sign * number(tender, "amount"));
        }
        for line in lines(shared, private) {
            let rate = format!("{} %", number(line, "tax_ppm") / 10_000);
            let sum = self.vat.entry(rate).or_default();
            let gross = number(line, "gross") - number(line, "discount");
            *sum = (sum.0 + sign * gross, sum.1 + sign * number(line, "tax"));
        }
    }
}
