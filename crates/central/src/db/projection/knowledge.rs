//! What a store's entries are checked against: central's own catalogue, and what the store told before.

use std::collections::{BTreeMap, BTreeSet};

use domain::commission_tax::CommissionTaxes;
use domain::consignment::Terms;
use domain::fact::Fact;
use domain::ids::{LotId, OperatorId, ProducerId, ProductFactsId, ProductId, SaleId, StoreId, TermsId};
use domain::refund::RefundLine;
use domain::sale::SaleLine;
use domain::transfer::SentLine;
use protocol::StreamId;
use sqlx::FromRow;
use uuid::Uuid;

use super::correcting::Named;
use super::refunds::{KnownSale, Returned};
use super::statement::Statement;
use super::told::Told;
use crate::db::commission_taxes;
use crate::db::engine::{Sql, Tx, sql};
use crate::db::entries::{Filed, sale_ids};
use crate::db::terms;
use crate::error::Result;

/// What is known of a store's goods and of what its lines mention. Grows as entries are read.
#[derive(Debug)]
pub struct Knowledge {
    /// The store.
    pub store_id: StoreId,
    /// Who runs it; none for a store that is not in the table, whose consigned lines are then all exceptions.
    pub operator_id: Option<OperatorId>,
    /// VAT on commission, by business date.
    pub commission_taxes: CommissionTaxes,
    /// Products of which central has a row.
    pub products: BTreeSet<ProductId>,
    /// Rows of what a product counts as, with their product.
    pub facts: BTreeMap<ProductFactsId, ProductId>,
    /// Producers of whom central has a row.
    pub producers: BTreeSet<ProducerId>,
    /// Other stores of the same operator.
    pub sisters: BTreeSet<StoreId>,
    /// Terms that central gave or stores told of, with the operator whose they are.
    pub terms: BTreeMap<TermsId, (OperatorId, Terms)>,
    /// Products that the entries read here added.
    pub added: BTreeSet<ProductId>,
    /// Lots that the store told of, with product and producer.
    pub lots: BTreeMap<LotId, (ProductId, Option<ProducerId>)>,
    /// Sales that are counted or suspended, with the entry that told them first.
    pub claims: BTreeMap<SaleId, (u128, i64)>,
    /// Sales of which something came back, as far as entries that were read here or before speak of them.
    pub sold: BTreeMap<SaleId, KnownSale>,
    /// What came back of sales.
    pub returned: BTreeMap<SaleId, Returned>,
    /// Sales whose money is in suspense.
    pub suspended: BTreeSet<SaleId>,
    /// Refunds in suspense whose sale is not counted yet, in the order in which they were taken up.
    pub waiting: BTreeMap<SaleId, Vec<(StreamId, i64)>>,
    /// What the settlement that is being read must say; none where the books cannot tell.
    pub statement: Option<Statement>,
    /// What the entry that is being read puts right.
    pub named: Named,
    /// Whether lots and claims are already complete, because the whole journal is being read.
    pub is_replay: bool,
    /// Whether that is done beside books that are already written, which then tell nothing of what was read so far.
    pub is_beside: bool,
}

impl Knowledge {
    /// Begins with the store's own row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of_store(tx: &mut Tx, store_id: StoreId) -> Result<Self> {
        let sql = sql!(
            "select operators.id from stores join operators on operators.id = stores.operator_id
             where stores.id = $1",
            store_id
        );
        let operator: Option<(Uuid,)> = tx.opt(sql).await?;
        let operator_id = operator.map(|(id,)| OperatorId::from_uuid(id));
        let commission_taxes = match operator_id {
            Some(id) => commission_taxes::list(tx, id).await?,
            None => CommissionTaxes::default(),
        };
        Ok(Self {
            store_id,
            operator_id,
            commission_taxes,
            products: BTreeSet::new(),
            facts: BTreeMap::new(),
            producers: BTreeSet::new(),
            sisters: BTreeSet::new(),
            terms: BTreeMap::new(),
            added: BTreeSet::new(),
            lots: BTreeMap::new(),
            claims: BTreeMap::new(),
            sold: BTreeMap::new(),
            returned: BTreeMap::new(),
            suspended: BTreeSet::new(),
            waiting: BTreeMap::new(),
            statement: None,
            named: Named::Unknown,
            is_replay: false,
            is_beside: false,
        })
    }

    /// Loads what these entries mention and is not known yet.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn learn(&mut self, tx: &mut Tx, told: &[Told], entries: &[Filed]) -> Result<()> {
        let mentioned = Mentioned::by(told);
        self.learn_facts(tx, unknown(&mentioned.facts, |id| self.facts.contains_key(id))).await?;
        let terms = unknown(&mentioned.terms, |id| self.terms.contains_key(id));
        for (operator_id, terms) in terms::list_by_id(tx, &terms).await? {
            self.producers.insert(terms.producer_id);
            self.terms.insert(terms.id, (operator_id, terms));
        }
        // Facts have a product and terms a producer, so that nearly always nothing is left to ask for.
        let products = unknown(&mentioned.products, |id| self.products.contains(id));
        self.products.extend(existing(tx, "select id from products where id", products).await?);
        let producers = unknown(&mentioned.producers, |id| self.producers.contains(id));
        self.producers.extend(existing(tx, "select id from producers where id", producers).await?);
        self.learn_sisters(tx, unknown(&mentioned.stores, |id| self.sisters.contains(id))).await?;
        if !self.is_replay {
            self.learn_lots(tx, unknown(&mentioned.lots, |id| self.lots.contains_key(id))).await?;
            self.learn_claims(tx, &sale_ids(entries)).await?;
            self.learn_returned(tx, told).await?;
            self.learn_waiting(tx, told).await?;
        }
        Ok(())
    }

    async fn learn_facts(&mut self, tx: &mut Tx, facts: Vec<ProductFactsId>) -> Result<()> {
        for chunk in facts.chunks(CHUNK) {
            let sql = Sql::new("select id, product_id from product_facts where id");
            for (id, product) in tx.all::<(Uuid, Uuid)>(sql.is_among(chunk.iter().copied())).await? {
                self.facts.insert(id.into(), product.into());
                self.products.insert(product.into());
            }
        }
        Ok(())
    }

    async fn learn_sisters(&mut self, tx: &mut Tx, stores: Vec<StoreId>) -> Result<()> {
        let Some(operator_id) = self.operator_id else { return Ok(()) };
        for chunk in stores.chunks(CHUNK) {
            let sql = Sql::new("select id from stores where operator_id = ")
                .bind(operator_id)
                .push(" and id")
                .is_among(chunk.iter().copied());
            let rows: Vec<(Uuid,)> = tx.all(sql).await?;
            self.sisters.extend(rows.into_iter().map(|(id,)| StoreId::from_uuid(id)));
        }
        Ok(())
    }

    async fn learn_lots(&mut self, tx: &mut Tx, lots: Vec<LotId>) -> Result<()> {
        #[derive(FromRow)]
        struct LotRow {
            lot_id: Uuid,
            product_id: Uuid,
            producer_id: Option<Uuid>,
        }
        for chunk in lots.chunks(CHUNK) {
            let sql = Sql::new("select lot_id, product_id, producer_id from lots where store_id = ")
                .bind(self.store_id)
                .push(" and lot_id")
                .is_among(chunk.iter().copied());
            for row in tx.all::<LotRow>(sql).await? {
                let owner = (row.product_id.into(), row.producer_id.map(Into::into));
                self.lots.insert(row.lot_id.into(), owner);
            }
        }
        Ok(())
    }

    async fn learn_claims(&mut self, tx: &mut Tx, sales: &[Uuid]) -> Result<()> {
        let (Some(first), Some(last)) = (sales.iter().min(), sales.iter().max()) else { return Ok(()) };
        // Ids of sales grow with time, so that nearly always no sale of the store lies between those of a batch.
        let any = sql!(
            "select sale_id from receipts where store_id = $1 and sale_id >= $2 and sale_id <= $3 limit 1",
            self.store_id,
            *first,
            *last
        );
        if tx.opt::<(Uuid,)>(any).await?.is_none() {
            return Ok(());
        }
        for chunk in sales.chunks(CHUNK) {
            let sql = Sql::new("select sale_id, incarnation, seq from receipts where store_id = ")
                .bind(self.store_id)
                .push(" and sale_id")
                .is_among(chunk.iter().copied());
            for (sale, incarnation, seq) in tx.all::<(Uuid, Uuid, i64)>(sql).await? {
                self.claims.insert(sale.into(), (incarnation.as_u128(), seq));
            }
        }
        Ok(())
    }

    /// Gives a sale to the entry that tells it; returns the one that did so before, if any.
    pub(super) fn claim(&mut self, sale_id: SaleId, incarnation: u128, seq: i64) -> Option<(u128, i64)> {
        let first = *self.claims.entry(sale_id).or_insert((incarnation, seq));
        (first != (incarnation, seq)).then_some(first)
    }

    /// Keeps what an entry told, for the ones after it.
    pub(super) fn remember(&mut self, told: &Told) {
        for lot in told.lots() {
            self.lots.entry(lot.id).or_insert((lot.product_id, lot.owner.producer_id()));
        }
        match told {
            Told::Refund(refund) => self.remember_returned(refund),
            Told::Producer { producer_id, .. } => drop(self.producers.insert(*producer_id)),
            Told::Product(product) => _ = self.added.insert(product.product.into()),
            _ => {}
        }
    }

    /// Keeps terms that the store agreed on, so that its next sales may freeze them; says whether they are new.
    pub(super) fn remember_terms(&mut self, terms: &Terms) -> bool {
        let Some(operator_id) = self.operator_id else { return false };
        self.terms.insert(terms.id, (operator_id, *terms)).is_none()
    }
}

pub(super) const CHUNK: usize = 512;

/// The ids that entries mention, each once, in order.
#[derive(Default)]
struct Mentioned {
    products: BTreeSet<ProductId>,
    facts: BTreeSet<ProductFactsId>,
    producers: BTreeSet<ProducerId>,
    terms: BTreeSet<TermsId>,
    lots: BTreeSet<LotId>,
    stores: BTreeSet<StoreId>,
}

impl Mentioned {
    fn by(told: &[Told]) -> Self {
        let mut all = Self::default();
        for told in told {
            for lot in told.lots() {
                // A lot that a sale, a refund or a count brings in is an unreceived one.
                if !matches!(
                    told,
                    Told::Sale(_) | Told::Refund(_) | Told::Moved { fact: Fact::Counted { .. }, .. }
                ) {
                    all.lots.insert(lot.id);
                }
                all.products.insert(lot.product_id);
                all.producers.extend(lot.owner.producer_id());
            }
            match told {
                Told::Product(product) => {
                    let id = product.product.into();
                    all.products.insert(id);
                    all.facts.insert(super::effects::provisional_facts(id));
                    all.producers.extend(product.producer.map(ProducerId::from_uuid));
                }
                Told::Sale(sale) => {
                    if let Fact::Sold(sold) = &sale.fact {
                        sold.lines.iter().for_each(|line| all.add_line(line));
                    }
                }
                Told::Refund(refund) => {
                    refund.refunded().iter().for_each(|refunded| {
                        refunded.lines.iter().for_each(|line| all.add_refund_line(line));
                    });
                }
                Told::Producer { producer_id, .. } => {
                    all.producers.insert(*producer_id);
                }
                Told::Settling(settling) => {
                    all.producers.insert(settling.producer_id);
                }
                Told::Transfer(transfer) => {
                    all.stores.insert(transfer.other_store_id);
                    if let Fact::Sent { lines } = &transfer.fact {
                        for SentLine { lot, .. } in lines {
                            all.products.insert(lot.product_id);
                            all.lots.insert(lot.id);
                            all.producers.extend(lot.owner.producer_id());
                        }
                    }
                }
                Told::Moved { fact: Fact::Repacked(goods), .. } => {
                    for line in &goods.used {
                        all.products.insert(line.product_id);
                        all.lots.insert(line.lot_id);
                        all.producers.extend(line.owner.producer_id());
                    }
                }
                Told::Terms(terms) => {
                    all.terms.insert(terms.id);
                    all.producers.insert(terms.producer_id);
                    all.products.extend(terms.product_id);
                }
                Told::Moved { fact: Fact::Removed { lines, .. }, .. } => {
                    for line in lines {
                        all.products.insert(line.product_id);
                        all.lots.insert(line.lot_id);
                        all.producers.extend(line.owner.producer_id());
                    }
                }
                Told::Moved { fact: Fact::Counted { products }, .. } => {
                    for product in products {
                        all.products.insert(product.product_id);
                        all.producers.extend(product.lots.iter().filter_map(|lot| lot.owner.producer_id()));
                        let lots = product.lots.iter().filter(|lot| !lot.unreceived);
                        all.lots.extend(lots.map(|lot| lot.lot_id));
                    }
                }
                _ => {}
            }
        }
        all
    }

    fn add_refund_line(&mut self, line: &RefundLine) {
        self.products.insert(line.product_id);
        self.facts.insert(super::refunds::facts_of(line));
        if let Some(terms) = line.terms {
            self.producers.insert(terms.producer_id);
            self.terms.extend(terms.terms_id);
        }
    }

    fn add_line(&mut self, line: &SaleLine) {
        self.products.insert(line.product_id);
        self.facts.insert(super::effects::facts_of(line));
        // Whatever stands in an unreceived lot, it has the owner of its first sale.
        if !line.unreceived {
            self.lots.insert(line.lot_id);
        }
        if let Some(terms) = line.terms {
            self.producers.insert(terms.producer_id);
            self.terms.extend(terms.terms_id);
        }
    }
}

fn unknown<T: Copy + Ord>(mentioned: &BTreeSet<T>, is_known: impl Fn(&T) -> bool) -> Vec<T> {
    mentioned.iter().copied().filter(|id| !is_known(id)).collect()
}

/// Returns those of the ids that have a row.
async fn existing<T>(tx: &mut Tx, list: &'static str, ids: Vec<T>) -> Result<Vec<T>>
where
    T: Copy + Into<Uuid> + From<Uuid>,
{
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<(Uuid,)> = tx.all(Sql::new(list).is_among(chunk.iter().copied())).await?;
        found.extend(rows.into_iter().map(|(id,)| T::from(id)));
    }
    Ok(found)
}
