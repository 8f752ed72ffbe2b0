//! Refunds that came before their sale: they wait in suspense, and are judged again when the sale is counted.

use domain::ids::SaleId;
use protocol::StreamId;
use uuid::Uuid;

use super::Reader;
use super::judgement;
use super::knowledge::Knowledge;
use super::refunds::known;
use super::told::Told;
use crate::db::engine::{Tx, sql};
use crate::db::entries::{self, Filed, State};
use crate::db::exceptions::{Finding, Reason};
use crate::error::Result;

impl Knowledge {
    /// Loads which refunds wait for the sales that these entries tell. Nearly always there are none.
    pub(super) async fn learn_waiting(&mut self, tx: &mut Tx, told: &[Told]) -> Result<()> {
        let sales = || told.iter().filter_map(|told| told.sale_id().map(SaleId::uuid));
        let (Some(first), Some(last)) = (sales().min(), sales().max()) else { return Ok(()) };
        let sql = sql!(
            "select entries.sale_id, entries.incarnation, entries.seq from exceptions
             join entries on entries.store_id = exceptions.store_id
                and entries.incarnation = exceptions.incarnation and entries.seq = exceptions.seq
             where exceptions.store_id = $1 and exceptions.reason = $2
                and entries.sale_id >= $3 and entries.sale_id <= $4
             order by entries.counted_no",
            self.store_id,
            Reason::NoSale.code(),
            first,
            last
        );
        for (sale, incarnation, seq) in tx.all::<(Uuid, Uuid, i64)>(sql).await? {
            let stream = StreamId { store_id: self.store_id, incarnation: incarnation.as_u128() };
            self.waiting.entry(sale.into()).or_default().push((stream, seq));
        }
        Ok(())
    }

    /// Keeps a refund whose sale is not counted, for the time when it is.
    pub(super) fn remember_waiting(&mut self, filed: &Filed, told: &Told, finding: &Finding) {
        if let (Told::Refund(refund), Reason::NoSale) = (told, finding.reason)
            && let Some(sale_id) = refund.sale_id
        {
            self.waiting.entry(sale_id).or_default().push((filed.stream, filed.seq()));
        }
    }
}

impl Reader<'_> {
    /// Judges again what waited for the sale that was just counted, in the order in which it was taken up.
    pub(super) async fn settle_waiting(
        &mut self,
        tx: &mut Tx,
        counted: &Told,
        at_hand: &mut [Filed],
    ) -> Result<()> {
        let Some(sale_id) = counted.sale_id() else { return Ok(()) };
        let Some(waiting) = self.knowledge.waiting.remove(&sale_id) else { return Ok(()) };
        self.knowledge.sold.extend(known(counted).map(|sale| (sale_id, sale)));
        for (stream, seq) in waiting {
            let is_it = |filed: &Filed| (filed.stream, filed.seq()) == (stream, seq);
            if let Some(here) = at_hand.iter_mut().find(|filed| is_it(filed)) {
                here.state = self.judge_again(here);
            } else if let Some(stored) =
                entries::list_after(tx, stream, seq - 1, 1).await?.pop().filter(is_it)
            {
                self.judge_again(&stored);
            }
        }
        Ok(())
    }

    fn judge_again(&mut self, filed: &Filed) -> State {
        let told = Told::read(&filed.entry);
        // What goes back adds nothing to the running total, which was judged before.
        let before_vnd = filed.entry.envelope.grand_total_after;
        let judged = judgement::judge(filed, &told, before_vnd, self.knowledge);
        let state = if judged.is_ok() { State::Projected } else { State::Exception };
        self.effects.release(filed, &told, state);
        match judged {
            Ok(postings) => {
                self.knowledge.remember(&told);
                let day = self.knowledge.day_of(filed, &told);
                self.effects.project((filed, day), &told, &postings);
            }
            Err(finding) => self.effects.suspend(filed, &told, &finding),
        }
        state
    }
}
