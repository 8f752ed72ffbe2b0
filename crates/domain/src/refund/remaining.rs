//! A sale and what has come back of it: what can still come back, and what it is worth.

use super::{RefundError, RefundLine, share, take_back};
use crate::catalog::SoldBy;
use crate::money::{Money, MoneyError};
use crate::quantity::Quantity;
use crate::sale::SaleLine;
use crate::stock::Location;

/// A sale, as far as taking goods back needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remaining {
    /// Its lines, in the order of the receipt; what a person chooses from.
    pub rows: Vec<Row>,
    /// The sale's cash rounding: payable − Σ lines.
    pub rounding: Money,
    /// Every line of the sale is among the rows. It is not when a private part was erased or stayed on a lost computer:
    /// the rounding then stays with what nobody can take back any more.
    pub is_whole: bool,
}

/// A line, and how much of it came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place among the lines of the programme, or among those outside it; from 0.
    pub line_no: usize,
    /// As sold.
    pub line: SaleLine,
    /// What came back earlier.
    pub before: Quantity,
    /// How the product is counted: of what is sold by the piece, whole ones come back.
    pub sold_by: SoldBy,
}

/// What somebody brings back of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// Its place in [`Remaining::rows`].
    pub row: usize,
    /// How much.
    pub quantity: Quantity,
    /// [`Location::Shelf`], or [`Location::Waste`] when it cannot be sold again.
    pub back_to: Location,
}

/// What came back, and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// Its lines, in the order in which they were asked for.
    pub lines: Vec<RefundLine>,
    /// The sale's cash rounding, with its last pieces: nobody gets more than was paid.
    pub rounding: Money,
    /// What the buyer gets: Σ lines + rounding; never negative.
    pub total: Money,
}

/// Why nothing is taken back, and of which row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Its place in [`Remaining::rows`]; none when nothing was asked for.
    pub row: Option<usize>,
    /// Why.
    pub why: RefundError,
}

impl From<MoneyError> for Refused {
    fn from(error: MoneyError) -> Self {
        Self { row: None, why: error.into() }
    }
}

impl Row {
    /// Returns how much can still come back.
    pub fn left(&self) -> Quantity {
        self.line.quantity.minus(self.before).unwrap_or_default().max(Quantity::ZERO)
    }

    /// Refuses a part of a piece. All that is left may come back, whatever it is: a combo may hold parts of a piece.
    fn whole(&self, back: Quantity) -> Result<(), RefundError> {
        let is_whole = self.sold_by == SoldBy::Weight || back.is_whole() || back == self.left();
        if is_whole { Ok(()) } else { Err(RefundError::NotWhole) }
    }

    /// Returns what the buyer still has of it as a line of its own, with what is left of each amount; `None` when all of it
    /// came back.
    ///
    /// # Errors
    /// When an amount does not fit in 64 bits.
    pub fn rest(&self) -> Result<Option<SaleLine>, MoneyError> {
        match take_back(self.line_no, &self.line, self.before, self.left(), Location::Shelf) {
            Ok(RefundLine { quantity, gross, discount, tax, .. }) => {
                Ok(Some(SaleLine { quantity, gross, discount, tax, ..self.line.clone() }))
            }
            Err(RefundError::Money(error)) => Err(error),
            Err(RefundError::Nothing | RefundError::TooMuch { .. } | RefundError::NotWhole) => Ok(None),
        }
    }
}

impl Remaining {
    /// Returns what to ask for so that all that is left comes back.
    pub fn everything(&self, back_to: Location) -> Vec<Ask> {
        let left = self.rows.iter().map(Row::left).enumerate();
        left.filter(|(_, left)| *left > Quantity::ZERO)
            .map(|(row, quantity)| Ask { row, quantity, back_to })
            .collect()
    }

    /// Takes goods back; the rows know of it afterwards.
    ///
    /// # Errors
    /// When nothing is asked for, more than is left of a row, or a part of a piece; nothing is then changed.
    pub fn take_back(&mut self, asks: &[Ask]) -> Result<TakenBack, Refused> {
        let nothing = Refused { row: None, why: RefundError::Nothing };
        if asks.is_empty() {
            return Err(nothing);
        }
        let (mut rows, mut lines) = (self.rows.clone(), Vec::new());
        for ask in asks {
            let row = rows.get_mut(ask.row).ok_or(nothing)?;
            let line = take_back(row.line_no, &row.line, row.before, ask.quantity, ask.back_to)
                .and_then(|line| row.whole(ask.quantity).map(|()| line))
                .map_err(|why| Refused { row: Some(ask.row), why })?;
            row.before = row.before.plus(ask.quantity).ok_or(MoneyError)?;
            lines.push(line);
        }
        let rounding = self.rounded(&rows)?.minus(self.rounded(&self.rows)?)?;
        let totals = lines.iter().map(RefundLine::total).collect::<Result<Vec<_>, _>>()?;
        let total = Money::sum(totals)?.plus(rounding)?;
        self.rows = rows;
        Ok(TakenBack { lines, rounding, total })
    }

    /// Returns how much of the rounding is given back once these rows are. What was put on the payable comes with the very
    /// last piece. What was taken off it is held back as soon as the goods are worth more than was paid, so that all
    /// refunds together never pay more than that, and no last piece is worth less than nothing.
    fn rounded(&self, rows: &[Row]) -> Result<Money, MoneyError> {
        if !self.is_whole {
            return Ok(Money::ZERO);
        }
        let all = Money::sum(rows.iter().map(|row| row.line.total()).collect::<Result<Vec<_>, _>>()?)?;
        let back = |row: &Row| share(row.line.total()?, row.before, row.line.quantity);
        let back = Money::sum(rows.iter().map(back).collect::<Result<Vec<_>, _>>()?)?;
        let paid = all.plus(self.rounding)?;
        Ok(if rows.iter().all(|row| row.left() == Quantity::ZERO) {
            self.rounding
        } else if back > paid {
            paid.minus(back)?
        } else {
            Money::ZERO
        })
    }
}
