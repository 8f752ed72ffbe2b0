//! What a shift adds up to: the X report in between, the Z report at its end. Both are a sum over entries of the journal,
//! from the one that opened the shift on, so nothing that came late or was on no screen is left out.

use ::receipts::language::Language;
use ::receipts::slip::shift::{CashMove, Counted, ShiftReport, TenderTotal, VatTotal};
use domain::ids::SaleId;
use domain::tax::TaxClass;
use domain::tender::TenderKind;
use domain::{Money, Rate};
use protocol::payload::refund::RefundLine;
use protocol::payload::sale::{SaleLine, SaleOther, SaleTender};
use protocol::payload::{
    CashMovedPrivate, Payload, ProducerPaidPrivate, Refund, RefundPrivate, Sale, SalePrivate, TenderConfirmed,
};
use protocol::{Envelope, Kind};
use serde::de::DeserializeOwned;
use sqlx::SqliteConnection;

use super::receipt::label;
use super::{CounterError, Result};
use crate::db::shifts::{self, Shift, Told};
use crate::db::{self, carts, invoices};
use crate::journal::JournalError;

/// What the entries of a shift add up to. Amounts are whole đồng.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// Sales; voided ones are not among them.
    pub sales: i64,
    /// Their payables.
    pub sales_vnd: i64,
    /// Those of them that were made before and entered from the pad.
    pads: Vec<SaleId>,
    pad_vnd: i64,
    discount_vnd: i64,
    rounding_vnd: i64,
    refunds: i64,
    refunds_vnd: i64,
    /// Deposits taken, less those that went back and those that sales took.
    deposits_vnd: i64,
    /// How many and how much of each kind, in the order of [`TenderKind::ALL`].
    tenders: [(i64, i64); TenderKind::ALL.len()],
    vat: Vec<VatTotal>,
    moves: Vec<CashMove>,
    sold: Vec<SaleId>,
}

/// Which way an entry counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It brings money.
    In = 1,
    /// It takes money back.
    Out = -1,
}

impl Figures {
    /// Returns the sums of a shift.
    ///
    /// # Errors
    /// When the database does not answer or an entry cannot be read.
    pub async fn load(connection: &mut SqliteConnection, shift: &Shift) -> Result<Self> {
        let mut figures = Self::default();
        for told in shifts::list_told(connection, shift.shift_id).await? {
            figures.add(&told)?;
        }
        Ok(figures)
    }

    /// Returns what the book says is in the drawer: float, cash of sales less refunds, and what was put in and taken out.
    ///
    /// # Errors
    /// When it does not fit in 64 bits.
    pub fn expected(&self, float: Money) -> Result<Money> {
        let moves = self.moves.iter().map(|moved| Money::new(moved.amount_vnd));
        Ok(Money::sum([float, Money::new(self.cash_vnd())].into_iter().chain(moves))?)
    }

    fn cash_vnd(&self) -> i64 {
        let kinds = TenderKind::ALL.iter().zip(&self.tenders);
        kinds.filter(|(kind, _)| **kind == TenderKind::Cash).map(|(_, (_, vnd))| vnd).sum()
    }

    fn add(&mut self, told: &Told) -> Result<()> {
        let corrupt = |_| db::Error::Corrupt { table: "entries", column: "envelope" };
        let envelope: Envelope = serde_json::from_str(&told.envelope).map_err(corrupt)?;
        let kind = Kind::from(told.kind.as_str());
        let payload = Payload::read(&kind, envelope.schema, &told.shared)
            .map_err(|error| JournalError::Project(error.into()))?;
        match payload {
            Payload::Sale(sale) => {
                let sale_id = told.sale_id.map(SaleId::from_uuid);
                self.sold.extend(sale_id);
                if sale.pad.is_some() {
                    self.pads.extend(sale_id);
                    add(&mut self.pad_vnd, sale.payable, Way::In)?;
                }
                self.sale(&sale, private::<SalePrivate>(told).map(|private| private.lines))
            }
            Payload::Refund(refund) | Payload::Void(refund) => {
                let lines = private::<RefundPrivate>(told).map(|private| private.lines);
                let of = told.sale_id.map(SaleId::from_uuid);
                let is_void = kind == Kind::Void && of.is_some_and(|of| self.sold.contains(&of));
                if is_void && let Some(place) = self.pads.iter().position(|pad| Some(*pad) == of) {
                    self.pads.remove(place);
                    add(&mut self.pad_vnd, refund.paid, Way::Out)?;
                }
                self.refund(&refund, lines, is_void)
            }
            Payload::CashMoved(moved) => {
                self.moves.push(CashMove {
                    local_time: web::format::local_time_text(envelope.wall_utc_ms),
                    reason: private::<CashMovedPrivate>(told).map(|told| told.reason).unwrap_or_default(),
                    amount_vnd: moved.amount,
                });
                Ok(())
            }
            Payload::Settlement(settlement) => self.producer(told, &envelope, &settlement.tenders, Way::Out),
            Payload::ProducerPaid(paid) => self.producer(told, &envelope, &paid.tenders, Way::Out),
            Payload::ProducerAdjusted(back) => self.producer(told, &envelope, &back.tenders, Way::In),
            Payload::TenderConfirmed(confirmed) => self.confirmed(&confirmed),
            Payload::DepositTaken(taken) => self.deposit(&taken.tenders, Way::In),
            Payload::DepositReturned(returned) => self.deposit(&returned.tenders, Way::Out),
            _ => Ok(()),
        }
    }

    /// What came is no longer waited for: one kind grows by what the other loses.
    fn confirmed(&mut self, confirmed: &TenderConfirmed) -> Result<()> {
        self.tenders(&confirmed.tenders, Way::In)?;
        let place = TenderKind::ALL.iter().position(|kind| kind.code() == confirmed.from);
        let Some((_, waited_vnd)) = place.and_then(|place| self.tenders.get_mut(place)) else {
            return Ok(());
        };
        confirmed.tenders.iter().try_for_each(|tender| add(waited_vnd, tender.amount, Way::Out))
    }

    /// What a producer gets from the drawer is cash that was taken out of it, and what comes back is put in; a transfer leaves it as it is.
    fn producer(&mut self, told: &Told, envelope: &Envelope, tenders: &[SaleTender], way: Way) -> Result<()> {
        for tender in tenders.iter().filter(|tender| tender.kind == TenderKind::Cash.code()) {
            let mut amount_vnd = 0;
            add(&mut amount_vnd, tender.amount, way)?;
            let reason = private::<ProducerPaidPrivate>(told).map(|told| told.reason).unwrap_or_default();
            let local_time = web::format::local_time_text(envelope.wall_utc_ms);
            self.moves.push(CashMove { local_time, reason, amount_vnd });
        }
        Ok(())
    }

    fn deposit(&mut self, tenders: &[SaleTender], way: Way) -> Result<()> {
        self.tenders(tenders, way)?;
        tenders.iter().try_for_each(|tender| add(&mut self.deposits_vnd, tender.amount, way))
    }

    fn sale(&mut self, sale: &Sale, outside: Option<Vec<SaleLine>>) -> Result<()> {
        self.sales += 1;
        add(&mut self.sales_vnd, sale.payable, Way::In)?;
        add(&mut self.rounding_vnd, sale.rounding, Way::In)?;
        self.tenders(&sale.tenders, Way::In)?;
        // A deposit that the sale took is in the sale now, and came when it was paid.
        for tender in sale.tenders.iter().filter(|tender| tender.kind == TenderKind::Deposit.code()) {
            add(&mut self.deposits_vnd, tender.amount, Way::Out)?;
        }
        self.other(&sale.other, outside.is_some(), Way::In)?;
        for line in sale.lines.iter().chain(outside.iter().flatten()) {
            add(&mut self.discount_vnd, line.discount, Way::In)?;
            self.tax((line.tax_class.as_str(), line.tax_ppm), line.gross - line.discount, line.tax, Way::In)?;
        }
        Ok(())
    }

    /// A sale that was voided is no sale any more; one that came back was one.
    fn refund(&mut self, refund: &Refund, outside: Option<Vec<RefundLine>>, is_void: bool) -> Result<()> {
        if is_void {
            self.sales -= 1;
            add(&mut self.sales_vnd, refund.paid, Way::Out)?;
        } else {
            self.refunds += 1;
            add(&mut self.refunds_vnd, refund.paid, Way::In)?;
        }
        add(&mut self.rounding_vnd, refund.rounding, Way::Out)?;
        self.tenders(&refund.tenders, Way::Out)?;
        self.other(&refund.other, outside.is_some(), Way::Out)?;
        for line in refund.lines.iter().chain(outside.iter().flatten()) {
            if is_void {
                add(&mut self.discount_vnd, line.discount, Way::Out)?;
            }
            self.tax(
                (line.tax_class.as_str(), line.tax_ppm),
                line.gross - line.discount,
                line.tax,
                Way::Out,
            )?;
        }
        Ok(())
    }

    fn tenders(&mut self, tenders: &[SaleTender], way: Way) -> Result<()> {
        for tender in tenders {
            let place = TenderKind::ALL.iter().position(|kind| kind.code() == tender.kind);
            if let Some((count, vnd)) = place.and_then(|place| self.tenders.get_mut(place)) {
                *count += 1;
                add(vnd, tender.amount, way)?;
            }
        }
        Ok(())
    }

    /// Lines whose private part is gone are known by their tax alone: they stand under the first of their rates.
    fn other(&mut self, other: &SaleOther, is_told: bool, way: Way) -> Result<()> {
        if is_told {
            return Ok(());
        }
        for (place, tax) in other.taxes.iter().enumerate() {
            let gross_vnd = if place == 0 { other.gross } else { 0 };
            self.tax((tax.class.as_str(), tax.ppm), gross_vnd, tax.tax, way)?;
        }
        Ok(())
    }

    fn tax(&mut self, (class, ppm): (&str, u32), gross_vnd: i64, tax_vnd: i64, way: Way) -> Result<()> {
        let class = TaxClass::from_code(class).unwrap_or(TaxClass::Undeclared);
        let rate = class.label(Rate::from_ppm(ppm).unwrap_or(Rate::ZERO));
        let place = match self.vat.iter().position(|row| row.rate == rate) {
            Some(place) => place,
            None => {
                self.vat.push(VatTotal { rate, gross_vnd: 0, tax_vnd: 0 });
                self.vat.len() - 1
            }
        };
        let row = &mut self.vat[place];
        add(&mut row.gross_vnd, gross_vnd, way)?;
        add(&mut row.tax_vnd, tax_vnd, way)
    }

    /// Returns the report, without what only its caller knows: a count, the range's end, visitors.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn report(
        self,
        connection: &mut SqliteConnection,
        shift: &Shift,
        (stream_no, last_seq): (i64, i64),
        language: Language,
    ) -> Result<ShiftReport> {
        let (opened_in, opened_seq) = shifts::load_opening(connection, shift.shift_id).await?;
        let kinds = TenderKind::ALL.into_iter().zip(self.tenders);
        // What is exchanged comes and goes in one moment, and what a deposit pays came before: neither is money that came.
        let is_told =
            |(kind, (count, vnd)): &(TenderKind, (i64, i64))| !kind.is_cover() && (*vnd != 0 || *count > 0);
        let tenders = kinds.filter(is_told).map(|(kind, (count, amount_vnd))| {
            let is_cash = kind == TenderKind::Cash;
            TenderTotal { label: label(kind, language).to_owned(), is_cash, count, amount_vnd }
        });
        let mut vat = self.vat;
        vat.retain(|row| row.gross_vnd != 0 || row.tax_vnd != 0);
        vat.sort_by(|one, other| one.rate.cmp(&other.rate));
        Ok(ShiftReport {
            is_final: false,
            opened_at: web::format::datetime_text(shift.opened_at_ms),
            closed_at: String::new(),
            // A computer that was restored in mid-shift goes on in a new stream, from its first entry.
            first_seq: if opened_in == stream_no { opened_seq } else { 1 },
            last_seq,
            sales_count: self.sales,
            sales_vnd: self.sales_vnd,
            pad_count: i64::try_from(self.pads.len()).unwrap_or(i64::MAX),
            pad_vnd: self.pad_vnd,
            discount_vnd: self.discount_vnd,
            rounding_vnd: self.rounding_vnd,
            refunds_count: self.refunds,
            refunds_vnd: self.refunds_vnd,
            deposits_vnd: self.deposits_vnd,
            tenders: tenders.collect(),
            vat,
            float_vnd: shift.float.vnd(),
            cash_moves: self.moves,
            expected_vnd: None,
            counted: None::<Counted>,
            invoices_pending: invoices::load_pending(&mut *connection).await?.count,
            visitors: None,
            tastings: None,
            open_carts: carts::count_filled(connection, &shift.counter).await?,
        })
    }
}

fn private<T: DeserializeOwned>(told: &Told) -> Option<T> {
    serde_json::from_str(told.private.as_deref()?).ok()
}

fn add(sum: &mut i64, vnd: i64, way: Way) -> Result<()> {
    let vnd = vnd.checked_mul(way as i64).and_then(|vnd| sum.checked_add(vnd));
    *sum = vnd.ok_or(CounterError::Money(domain::MoneyError))?;
    Ok(())
}
