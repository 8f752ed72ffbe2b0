//! Putting right what was settled with a producer or paid to one. What is closed never changes: đồng are owed more or less beside a
//! settlement, and a payment that should not have been made is taken back when its money comes back.

use crate::ids::ProducerId;
use crate::money::Money;

/// The longest reason, in characters.
pub const REASON_MOST: usize = 200;

/// A settlement, or a payment without one, as the books have it before something puts it right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corrected {
    /// With whom.
    pub producer_id: ProducerId,
    /// A settlement; else a payment alone.
    pub is_settlement: bool,
    /// What was paid by it.
    pub paid: Money,
    /// Its money, or a part of it, came back already.
    pub is_taken_back: bool,
}

/// Why something does not put a paper right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    /// The paper is somebody else's.
    #[error("what it puts right was with another producer")]
    OtherProducer,
    /// Nothing was settled that could be wrong.
    #[error("nothing was settled there that more or less is owed for")]
    NoSettlement,
    /// More came back than had been paid.
    #[error("more came back than was paid there")]
    MoreThanPaid,
    /// Of a payment something comes back once.
    #[error("of that payment something came back before")]
    TakenBackBefore,
}

impl Corrected {
    /// Returns how much of what was paid by it can still come back; none when nothing was paid, or some of it came back.
    pub fn can_come_back(&self) -> Option<Money> {
        Some(self.paid).filter(|paid| *paid > Money::ZERO && !self.is_taken_back)
    }

    /// Checks that đồng can be owed to a producer more or less beside it; or, when money came back, that so much of what was paid by
    /// it can have come back.
    ///
    /// # Errors
    /// When not: the error says why.
    pub fn check(&self, producer_id: ProducerId, came_back: Option<Money>) -> Result<(), CorrectionError> {
        if producer_id != self.producer_id {
            return Err(CorrectionError::OtherProducer);
        }
        match came_back {
            None if self.is_settlement => Ok(()),
            None => Err(CorrectionError::NoSettlement),
            Some(_) if self.is_taken_back => Err(CorrectionError::TakenBackBefore),
            Some(amount) if amount > self.paid => Err(CorrectionError::MoreThanPaid),
            Some(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CorrectionError::*;
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_puts_a_paper_right_fits_it() {
        let of = |number| ProducerId::from_uuid(Uuid::from_u128(number));
        let paper = |is_settlement, paid, is_taken_back| Corrected {
            producer_id: of(5),
            is_settlement,
            paid: Money::new(paid),
            is_taken_back,
        };
        let back = |vnd| Some(Money::new(vnd));
        for (paper, producer, came_back, expected) in [
            (paper(true, 0, false), 5, None, Ok(())),
            // What came back of it has nothing to do with what is owed beside it.
            (paper(true, 900_000, true), 5, None, Ok(())),
            (paper(false, 900_000, false), 5, None, Err(NoSettlement)),
            (paper(true, 0, false), 6, None, Err(OtherProducer)),
            (paper(false, 900_000, false), 5, back(900_000), Ok(())),
            (paper(true, 900_000, false), 5, back(1), Ok(())),
            (paper(false, 900_000, false), 5, back(900_001), Err(MoreThanPaid)),
            (paper(true, 0, false), 5, back(1), Err(MoreThanPaid)),
            (paper(false, 900_000, true), 5, back(1), Err(TakenBackBefore)),
            (paper(false, 900_000, false), 6, back(1), Err(OtherProducer)),
        ] {
            assert_eq!(paper.check(of(producer), came_back), expected, "{paper:?} {came_back:?}");
        }
        for (paper, expected) in [
            (paper(true, 0, false), None),
            (paper(true, 900_000, false), back(900_000)),
            (paper(false, 900_000, false), back(900_000)),
            (paper(false, 900_000, true), None),
        ] {
            assert_eq!(paper.can_come_back(), expected, "{paper:?}");
        }
    }
}
