//! A second count of the day: from the journal's stored texts alone, by no function of the product.

use std::collections::BTreeMap;

use pos::counter::slip;
use pos::db::shifts;
use receipts::slip::SlipBody;
use serde_json::Value;
use testkit::store::TestStore;

/// What a shift adds up to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Recount {
    sales: i64,
    sales_vnd: i64,
    /// From the pad: how many and how much.
    pad: (i64, i64),
    refunds_vnd: i64,
    discount_vnd: i64,
    tax_vnd: i64,
    /// Đồng of each kind, by the label on paper.
    tenders: BTreeMap<String, i64>,
    expected_vnd: i64,
    counted_vnd: i64,
}

/// The entries as they are stored: kind and shared part.
pub(super) struct Journal(Vec<(String, Value)>);

const LABELS: [(&str, &str); 5] = [
    ("cash", "Tiền mặt"),
    ("vietqr", "Chuyển khoản VietQR"),
    ("card", "Quẹt thẻ"),
    ("claimed", "Chuyển khoản, chờ ngân hàng báo"),
    ("credit", "Ghi nợ"),
];

impl Journal {
    pub(super) async fn read(store: &TestStore) -> Self {
        let rows: Vec<(String, String)> =
            sqlx::query_as("select kind, shared from entries order by stream_no, seq")
                .fetch_all(store.app.db().read())
                .await
                .expect("the journal");
        Self(
            rows.into_iter().map(|(kind, text)| (kind, serde_json::from_str(&text).expect("JSON"))).collect(),
        )
    }

    fn of<'a>(&'a self, counter: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        // The end of a shift names the shift alone.
        let opened = |told: &&(String, Value)| told.0 == "shift_open" && told.1["counter"] == counter;
        let shifts: Vec<&Value> = self.0.iter().filter(opened).map(|(_, told)| &told["shift"]).collect();
        let rows = self.0.iter().map(|(kind, told)| (kind.as_str(), told));
        rows.filter(move |(_, told)| shifts.contains(&&told["shift"]))
    }

    pub(super) fn sales(&self) -> usize {
        self.0.iter().filter(|(kind, _)| kind == "sale").count()
    }

    /// Returns how many papers a counter's printer had to print.
    pub(super) fn papers(&self, counter: &str) -> usize {
        let is_paper = |(kind, told): &(&str, &Value)| match *kind {
            // Nobody waits for the paper of a sale from the pad.
            "sale" => told["pad"].is_null(),
            "refund" | "void" | "cash_moved" | "shift_close" => true,
            // A transfer that came as one was on its receipt.
            "tender_confirmed" => told["from"] != "claimed" || told["tenders"][0]["kind"] != "vietqr",
            _ => false,
        };
        // Goods come in beside the shifts; all of them at the first counter.
        let deliveries = if counter == "Quầy 1" {
            self.0.iter().filter(|(kind, _)| kind == "goods_in").count()
        } else {
            0
        };
        self.of(counter).filter(is_paper).count() + deliveries
    }

    /// Counts the shift of a counter.
    pub(super) fn recount(&self, counter: &str) -> Recount {
        let mut sums = Recount::default();
        let mut kinds: BTreeMap<&str, i64> = BTreeMap::new();
        for (kind, told) in self.of(counter) {
            let sign = match kind {
                "sale" | "tender_confirmed" => 1,
                "refund" | "void" => -1,
                _ => 0,
            };
            for tender in told["tenders"].as_array().into_iter().flatten() {
                let name = LABELS.iter().find(|(code, _)| tender["kind"] == *code).expect("a kind").0;
                *kinds.entry(name).or_default() += sign * vnd(&tender["amount"]);
                if kind == "tender_confirmed" {
                    let from = LABELS.iter().find(|(code, _)| told["from"] == *code).expect("a kind").0;
                    *kinds.entry(from).or_default() -= vnd(&tender["amount"]);
                }
            }
            sums.tax_vnd += sign * sum(told, "tax");
            match kind {
                "sale" => {
                    (sums.sales, sums.sales_vnd) = (sums.sales + 1, sums.sales_vnd + vnd(&told["payable"]));
                    if !told["pad"].is_null() {
                        sums.pad = (sums.pad.0 + 1, sums.pad.1 + vnd(&told["payable"]));
                    }
                }
                "void" => {
                    (sums.sales, sums.sales_vnd) = (sums.sales - 1, sums.sales_vnd - vnd(&told["paid"]))
                }
                "refund" => sums.refunds_vnd += vnd(&told["paid"]),
                "cash_moved" => sums.expected_vnd += vnd(&told["amount"]),
                "shift_open" => sums.expected_vnd += vnd(&told["float"]),
                "shift_close" => sums.counted_vnd = vnd(&told["counted"]),
                _ => {}
            }
            if kind == "sale" || kind == "void" {
                sums.discount_vnd += sign * sum(told, "discount");
            }
        }
        sums.expected_vnd += kinds.get("cash").copied().unwrap_or(0);
        let label =
            |code: &str| LABELS.iter().find(|(other, _)| *other == code).expect("a kind").1.to_owned();
        sums.tenders =
            kinds.into_iter().filter(|(_, vnd)| *vnd != 0).map(|(code, vnd)| (label(code), vnd)).collect();
        sums
    }
}

fn vnd(value: &Value) -> i64 {
    value.as_i64().expect("đồng")
}

fn sum(told: &Value, field: &str) -> i64 {
    told["lines"].as_array().into_iter().flatten().map(|line| vnd(&line[field])).sum()
}

/// Returns what the Z of a counter says.
pub(super) async fn z_of(store: &TestStore, counter: &str) -> Recount {
    let closed = shifts::list_closed(store.app.db().read(), Some(counter), 1).await.expect("a closed shift");
    let (_, slip) =
        slip::find_of_shift(&store.app, closed[0].shift_id.into()).await.expect("an answer").expect("a Z");
    let SlipBody::Shift(z) = slip.body else { panic!("a Z is the report of a shift") };
    let counted = z.counted.expect("a count");
    let expected_vnd = z.expected_vnd.expect("a sum");
    assert_eq!(counted.difference_vnd, counted.counted_vnd - expected_vnd);
    let tenders = z.tenders.into_iter().filter(|tender| tender.amount_vnd != 0);
    Recount {
        sales: z.sales_count,
        sales_vnd: z.sales_vnd,
        pad: (z.pad_count, z.pad_vnd),
        refunds_vnd: z.refunds_vnd,
        discount_vnd: z.discount_vnd,
        tax_vnd: z.vat.iter().map(|row| row.tax_vnd).sum(),
        tenders: tenders.map(|tender| (tender.label, tender.amount_vnd)).collect(),
        expected_vnd,
        counted_vnd: counted.counted_vnd,
    }
}
