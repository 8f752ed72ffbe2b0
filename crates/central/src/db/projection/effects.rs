//! What a run of entries does to the books of one store, added up so that each row is written once.

mod deliveries;
mod provisional;
mod reconciling;
mod refunds;
mod reporting;
mod settling;
mod transfers;

use std::collections::{BTreeMap, BTreeSet};

use domain::Money;
use domain::catalog::month_of;
use domain::consignment::Terms;
use domain::fold::{Account, Posting, suspend};
use domain::ids::{LotId, OperatorId, ProducerId, ProductFactsId, ProductId, PromotionId};
use domain::ids::{SaleId, StoreId, TermsId};
use domain::sale::SaleLine;
use domain::stock::{Location, Lot};
use domain::stock_move::StockMove;
use protocol::StreamId;
use protocol::payload::{ProvisionalProduct, SalePad};
pub use provisional::Provisional;
pub use reconciling::{BankTender, DrawerCount, Moved};
pub use refunds::Refund;
pub use reporting::{Consigned, Promoted, Visitors};
pub use settling::Settling;
use time::Date;
pub use transfers::Transfer;
use uuid::Uuid;

use super::judgement::{NAME_MOST, is_plausible};
use super::told::{SaleTold, Told};
use crate::db::entries::{DAY_MAX, DAY_MIN, Filed, State, plain};
use crate::db::exceptions::{Finding, Reason};
use crate::db::terms::Known;

/// What entries do to one store's books.
#[derive(Debug)]
pub struct Effects {
    /// The store.
    pub store_id: StoreId,
    /// Who runs it, as far as central knows.
    pub operator_id: Option<OperatorId>,
    /// Lots that came into the book.
    pub lots: BTreeMap<LotId, Lot>,
    /// Thousandths of the unit by product, lot and name of the location.
    pub stock: BTreeMap<(ProductId, LotId, &'static str), i64>,
    /// Đồng by account; debits positive.
    pub balances: BTreeMap<(&'static str, Uuid), i64>,
    /// Delivered lots of consigned goods and those taken back, by entry and place in it.
    pub deliveries: BTreeMap<(u128, i64, i64), deliveries::Delivery>,
    /// Sales by their id.
    pub receipts: BTreeMap<SaleId, Receipt>,
    /// What the pad says of those that were entered afterwards.
    pub pad_sales: BTreeMap<SaleId, SalePad>,
    /// Their lines.
    pub sale_lines: BTreeMap<(u128, i64, i64), Line>,
    /// Refunds and voids by their entry.
    pub refunds: BTreeMap<(u128, i64), Refund>,
    /// Thousandths of the unit that came back, by sale and line.
    pub refunded_lines: BTreeMap<(SaleId, i64), i64>,
    /// What came to the shelf and left it, by entry and place in it from 1.
    pub stock_moves: BTreeMap<(u128, i64, i64), StockMove>,
    /// Settlements with producers, payments without one, and what puts such a one right, by their entry.
    pub settlements: BTreeMap<(u128, i64), Settling>,
    /// How far each settlement reaches: producer, its entry, journal.
    pub settled: BTreeMap<(ProducerId, u128, i64, u128), i64>,
    /// Halves of transfers between stores by their entry.
    pub transfers: BTreeMap<(u128, i64), Transfer>,
    /// Lots that were packed, with those that they were packed out of.
    pub lot_ancestors: BTreeSet<(LotId, LotId)>,
    /// By day.
    pub sales_daily: BTreeMap<Cell, Sales>,
    /// By month.
    pub sales_monthly: BTreeMap<Cell, Sales>,
    /// By month, of all goods.
    pub sales_months: BTreeMap<Date, MonthOfSales>,
    /// By day.
    pub receipts_daily: BTreeMap<Date, DayOfReceipts>,
    /// Receipts by day and product.
    pub product_receipts_daily: BTreeMap<(Date, ProductId), i64>,
    /// Receipts by month and product.
    pub product_receipts_monthly: BTreeMap<(Date, ProductId), i64>,
    /// What shifts counted, by day.
    pub visitors_daily: BTreeMap<Date, Visitors>,
    /// How producers' goods moved, by day and cause.
    pub consigned_daily: BTreeMap<(Date, &'static str), Consigned>,
    /// Sales under promotions, by day.
    pub promoted_daily: BTreeMap<(Date, PromotionId), Promoted>,
    /// The first day of each product.
    pub first_days: BTreeMap<ProductId, Date>,
    /// Money by business day, account and kind of entry.
    pub money_daily: BTreeMap<(Date, &'static str, String), Moved>,
    /// Thousandths of the unit of all goods, by day of the drawer and cause.
    pub goods_daily: BTreeMap<(Date, &'static str), i64>,
    /// Drawers that were counted, by their entry.
    pub drawer_counts: BTreeMap<(u128, i64), DrawerCount>,
    /// Money that came to the account, by its entry.
    pub bank_tenders: BTreeMap<(u128, i64), BankTender>,
    /// Entries that are not in the books as told.
    pub exceptions: BTreeMap<(u128, i64), Suspended>,
    /// Entries of before that were judged again, and what became of them: they are no exceptions of then any more.
    pub judged_again: BTreeMap<(u128, i64), State>,
    /// Producers whom the store added, by name.
    pub producers: BTreeMap<ProducerId, String>,
    /// Products that the store knows and the catalogue may not.
    pub products: BTreeMap<ProductId, Provisional>,
    /// Terms that the store agreed on and central did not know, with the entry that told them.
    pub terms: BTreeMap<TermsId, (Terms, Known)>,
    /// What such products count as: nothing.
    pub product_facts: BTreeMap<ProductFactsId, (ProductId, Option<ProducerId>)>,
}

/// Key of a total: period, product, what it counted as, and the producer or zeros.
pub type Cell = (Date, ProductId, ProductFactsId, Uuid);

/// Sales of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sales {
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// Owed to the producer for it, đồng.
    pub producer_due_vnd: i64,
    /// Lines.
    pub line_count: i64,
}

/// Sales of a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MonthOfSales {
    /// Lines of sales, and of what came back: it only grows.
    pub line_count: i64,
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
}

/// Receipts of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayOfReceipts {
    /// How many.
    pub receipt_count: i64,
    /// Their payables, đồng.
    pub payable_vnd: i64,
    /// The part of it that the lines of the programme make.
    pub programme_vnd: i64,
    /// Lines of sales, and of what came back: it only grows.
    pub line_count: i64,
}

/// A sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The number on paper.
    pub receipt: String,
    /// The business day.
    pub day: Date,
    /// What the buyer paid, đồng.
    pub payable_vnd: i64,
    /// Lines of the programme.
    pub line_count: i64,
    /// The stream of its entry.
    pub incarnation: u128,
    /// The entry's number.
    pub seq: i64,
    /// False while its money is in suspense.
    pub is_counted: bool,
}

/// A line of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The product.
    pub product_id: ProductId,
    /// What it counted as.
    pub product_facts_id: ProductFactsId,
    /// Whose consigned goods.
    pub producer_id: Option<ProducerId>,
    /// The lot.
    pub lot_id: LotId,
    /// The business day.
    pub day: Date,
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// Before discounts, đồng.
    pub gross_vnd: i64,
    /// Discounts.
    pub discount_vnd: i64,
    /// VAT inside.
    pub tax_vnd: i64,
    /// Owed to the producer.
    pub producer_due_vnd: i64,
    /// The operator's commission.
    pub commission_vnd: i64,
    /// VAT on it.
    pub commission_tax_vnd: i64,
}

/// An entry that is not in the books as told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspended {
    /// Why.
    pub finding: Finding,
    /// Its money in suspense, đồng.
    pub suspended_vnd: i64,
    /// When it arrived.
    pub raised_at_ms: i64,
}

/// Returns the row of what a product counts as that every central makes for a product without one.
pub fn provisional_facts(product: ProductId) -> ProductFactsId {
    Uuid::new_v5(&product.uuid(), b"provisional").into()
}

/// Returns the row that a line counts under.
pub fn facts_of(line: &SaleLine) -> ProductFactsId {
    line.facts_id.unwrap_or_else(|| provisional_facts(line.product_id))
}

/// Returns what an entry that is not in the books as told posts instead.
fn suspense(told: &Told) -> Vec<Posting> {
    let postings = told.fact().and_then(|fact| suspend(fact).ok()).unwrap_or_default();
    // Beyond that, even a sum of suspended money could leave its range: the entry itself keeps the number.
    if postings.iter().all(is_plausible) { postings } else { Vec::new() }
}

impl Effects {
    /// Begins with nothing.
    pub const fn new(store_id: StoreId) -> Self {
        Self {
            store_id,
            operator_id: None,
            lots: BTreeMap::new(),
            stock: BTreeMap::new(),
            balances: BTreeMap::new(),
            deliveries: BTreeMap::new(),
            receipts: BTreeMap::new(),
            pad_sales: BTreeMap::new(),
            sale_lines: BTreeMap::new(),
            refunds: BTreeMap::new(),
            refunded_lines: BTreeMap::new(),
            stock_moves: BTreeMap::new(),
            settlements: BTreeMap::new(),
            settled: BTreeMap::new(),
            transfers: BTreeMap::new(),
            lot_ancestors: BTreeSet::new(),
            sales_daily: BTreeMap::new(),
            sales_monthly: BTreeMap::new(),
            sales_months: BTreeMap::new(),
            receipts_daily: BTreeMap::new(),
            product_receipts_daily: BTreeMap::new(),
            product_receipts_monthly: BTreeMap::new(),
            visitors_daily: BTreeMap::new(),
            consigned_daily: BTreeMap::new(),
            promoted_daily: BTreeMap::new(),
            first_days: BTreeMap::new(),
            money_daily: BTreeMap::new(),
            goods_daily: BTreeMap::new(),
            drawer_counts: BTreeMap::new(),
            bank_tenders: BTreeMap::new(),
            exceptions: BTreeMap::new(),
            judged_again: BTreeMap::new(),
            producers: BTreeMap::new(),
            products: BTreeMap::new(),
            terms: BTreeMap::new(),
            product_facts: BTreeMap::new(),
        }
    }

    /// Adds what an entry does as told; in the totals it counts on `day`.
    pub(super) fn project(&mut self, (filed, day): (&Filed, Date), told: &Told, postings: &[Posting]) {
        for lot in told.lots() {
            self.lots.entry(lot.id).or_insert_with(|| lot.clone());
        }
        self.post(postings);
        self.count_money(filed, postings, 1);
        self.add_drawer_count(filed, told);
        self.add_moves((filed, day), told);
        self.add_ancestors(told);
        self.add_deliveries((filed, day), told);
        match told {
            Told::Settling(settling) => self.add_settling((filed, day), settling),
            Told::Transfer(transfer) => self.add_transfer((filed, day), transfer),
            Told::Sale(sale) => self.add_sale((filed, day), sale, true),
            Told::Refund(refund) => self.add_refund((filed, day), refund),
            Told::Shift { visitors, tastings, .. } => self.add_shift(day, *visitors, *tastings),
            Told::Product(product) => self.add_product(product),
            Told::Producer { producer_id, name } => {
                self.producers.entry(*producer_id).or_insert_with(|| plain(name, NAME_MOST));
            }
            _ => {}
        }
    }

    /// Adds an entry that cannot have happened as told: its money goes to suspense.
    pub(super) fn suspend(&mut self, filed: &Filed, told: &Told, finding: &Finding) {
        let postings = suspense(told);
        let credited = postings.iter().filter_map(|posting| match posting {
            Posting::Money(Account::Suspense, amount) => amount.negated().ok(),
            _ => None,
        });
        let suspended = Money::sum(credited).unwrap_or_default();
        self.post(&postings);
        self.count_money(filed, &postings, 1);
        // The identity of a twin belongs to the sale that was told first.
        if let Told::Sale(sale) = told
            && finding.reason != Reason::Twin
        {
            let day = filed.entry.envelope.business_date.clamp(DAY_MIN, DAY_MAX);
            self.add_sale((filed, day), sale, false);
        }
        if let Told::Settling(settling) = told {
            self.add_reach(filed, settling);
        }
        let at = (filed.stream.incarnation, filed.entry.envelope.seq);
        let suspended_vnd = suspended.vnd();
        let raised_at_ms = filed.received_at_ms;
        self.exceptions.insert(at, Suspended { finding: finding.clone(), suspended_vnd, raised_at_ms });
    }

    /// Takes an entry out of suspense: it was judged again.
    pub(super) fn release(&mut self, filed: &Filed, told: &Told, state: State) {
        let postings = suspense(told);
        self.count_money(filed, &postings, -1);
        for posting in postings {
            if let Posting::Money(account, amount) = posting {
                let producer = account.producer_id().map_or(Uuid::nil(), ProducerId::uuid);
                *self.balances.entry((account.code(), producer)).or_default() -= amount.vnd();
            }
        }
        let at = (filed.stream.incarnation, filed.entry.envelope.seq);
        self.exceptions.remove(&at);
        self.judged_again.insert(at, state);
    }

    fn post(&mut self, postings: &[Posting]) {
        for posting in postings {
            match posting {
                Posting::Money(account, amount) => {
                    let producer = account.producer_id().map_or(Uuid::nil(), ProducerId::uuid);
                    *self.balances.entry((account.code(), producer)).or_default() += amount.vnd();
                }
                Posting::Stock(place, quantity) => {
                    let key = (place.product_id, place.lot_id, Location::code(place.location));
                    *self.stock.entry(key).or_default() += quantity.milli();
                }
            }
        }
    }

    fn add_sale(&mut self, (filed, day): (&Filed, Date), sale: &SaleTold, is_counted: bool) {
        let (Some(sale_id), Some(sold)) = (sale.sale_id, sale.sold()) else { return };
        let StreamId { incarnation, .. } = filed.stream;
        let seq = filed.entry.envelope.seq;
        let line_count = i64::try_from(sold.lines.len()).unwrap_or(i64::MAX);
        let receipt = Receipt {
            receipt: plain(&sale.receipt, 40),
            day,
            payable_vnd: sale.payable_vnd,
            line_count,
            incarnation,
            seq,
            is_counted,
        };
        self.receipts.insert(sale_id, receipt);
        if let Some(pad) = &sale.pad {
            self.pad_sales.insert(sale_id, pad.clone());
        }
        if !is_counted {
            return;
        }
        let of_day = self.receipts_daily.entry(day).or_default();
        of_day.receipt_count += 1;
        of_day.payable_vnd += sale.payable_vnd;
        self.count_products(day, sold.lines.iter().map(|line| line.product_id), 1);
        for (line, number) in sold.lines.iter().zip(1..) {
            self.add_line(line, day, (incarnation, seq, number));
        }
    }

    fn add_line(&mut self, line: &SaleLine, day: Date, at: (u128, i64, i64)) {
        // The fold has computed it before, so it does not fail here.
        let split = line.split().ok().flatten();
        let row = Line {
            product_id: line.product_id,
            product_facts_id: facts_of(line),
            producer_id: line.owner().producer_id(),
            lot_id: line.lot_id,
            day,
            quantity_milli: line.quantity.milli(),
            gross_vnd: line.gross.vnd(),
            discount_vnd: line.discount.vnd(),
            tax_vnd: line.tax.vnd(),
            producer_due_vnd: split.map_or(0, |split| split.producer_due.vnd()),
            commission_vnd: split.map_or(0, |split| split.commission.vnd()),
            commission_tax_vnd: split.map_or(0, |split| split.commission_tax.vnd()),
        };
        self.count_line(at, row, 1);
        self.count_promotion(line, row);
        self.products.entry(line.product_id).or_insert_with(|| Provisional::sold(line));
    }

    /// Counts a receipt with these products, once for each.
    fn count_products(&mut self, day: Date, products: impl Iterator<Item = ProductId>, receipts: i64) {
        for product in products.collect::<BTreeSet<_>>() {
            *self.product_receipts_daily.entry((day, product)).or_default() += receipts;
            *self.product_receipts_monthly.entry((month_of(day), product)).or_default() += receipts;
        }
    }

    /// Adds a line to every sum that it is part of; amounts of what came back are negative.
    fn count_line(&mut self, at: (u128, i64, i64), row: Line, line_count: i64) {
        let Line { product_id, product_facts_id: facts, producer_id, day, .. } = row;
        let producer = producer_id.map_or(Uuid::nil(), ProducerId::uuid);
        let sales = Sales {
            quantity_milli: row.quantity_milli,
            revenue_vnd: row.gross_vnd - row.discount_vnd,
            producer_due_vnd: row.producer_due_vnd,
            line_count,
        };
        self.sales_daily.entry((day, product_id, facts, producer)).or_default().add(sales);
        self.sales_monthly.entry((month_of(day), product_id, facts, producer)).or_default().add(sales);
        let of_month = self.sales_months.entry(month_of(day)).or_default();
        of_month.line_count += 1;
        of_month.quantity_milli += sales.quantity_milli;
        of_month.revenue_vnd += sales.revenue_vnd;
        let of_day = self.receipts_daily.entry(day).or_default();
        of_day.programme_vnd += sales.revenue_vnd;
        of_day.line_count += 1;
        self.product_facts.entry(facts).or_insert((product_id, producer_id));
        self.sale_lines.insert(at, row);
    }

    fn add_product(&mut self, product: &ProvisionalProduct) {
        let id = ProductId::from_uuid(product.product);
        let row = Provisional::told(product);
        self.product_facts.entry(provisional_facts(id)).or_insert((id, row.producer_id));
        self.products.insert(id, row);
    }
}

impl Sales {
    fn add(&mut self, other: Self) {
        self.quantity_milli += other.quantity_milli;
        self.revenue_vnd += other.revenue_vnd;
        self.producer_due_vnd += other.producer_due_vnd;
        self.line_count += other.line_count;
    }
}
