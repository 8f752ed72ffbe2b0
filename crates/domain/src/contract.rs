//! What a contract between an operator and a producer says beside the commission: whose the delivered goods are, how long
//! buyers may bring them back, who bears losses, and after how many days silence about a settlement is consent.

use time::{Date, Duration};

use crate::consignment::{Basis, Bearer, Terms, contract_on, held_on};
use crate::ids::{ProducerId, ProductId, TermsId};
use crate::money::MoneyError;
use crate::quantity::Quantity;
use crate::rate::Rate;
use crate::removal::Cause;
use crate::settlement::MoveSum;
use crate::stock::Owner;
use crate::stock_move::MoveCause;
use uuid::Uuid;

/// The longest time in which buyers may bring goods back, in days.
pub const RETURN_DAYS_MOST: u16 = 365;
/// The longest silence that a contract waits for before it is consent, in days.
pub const AGREED_DAYS_MOST: u16 = 365;
/// Who bears damaged and missing goods where a new contract's form begins, at a till and at central: the store, which had them in hand.
pub const LOSS_BEARER_USUAL: Bearer = Bearer::Store;
/// Who bears goods past their date there: the producer, who knew how long they keep.
pub const EXPIRY_BEARER_USUAL: Bearer = Bearer::Producer;

/// Whose delivered goods are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The producer's until they are sold.
    #[default]
    Consigned,
    /// The operator's at once: bought outright.
    Bought,
}

impl Mode {
    /// Returns the name that files, tables and the wire use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Consigned => "consigned",
            Self::Bought => "bought",
        }
    }

    /// Returns the value of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Consigned, Self::Bought].into_iter().find(|mode| mode.code() == code)
    }
}

/// What a version of the terms says beside the commission. The default is what versions say that name none of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clauses {
    /// Whose delivered goods are.
    pub mode: Mode,
    /// How many days after the day of a sale buyers may bring the goods back, at most [`RETURN_DAYS_MOST`]; none leaves it
    /// to the goods ([`Clauses::last_day_of_return`]).
    pub return_days: Option<u16>,
    /// The allowance for damaged and missing goods: see [`Clauses::allowance`].
    pub shrinkage: Rate,
    /// Who bears what is damaged, missing or given to taste; none leaves it to the manager.
    pub loss_bearer: Option<Bearer>,
    /// Who bears what is past its date; none leaves it to the manager.
    pub expiry_bearer: Option<Bearer>,
    /// After how many days a producer's silence about a settlement is consent, 1 to [`AGREED_DAYS_MOST`]; none is what is
    /// usual at central.
    pub agreed_after_days: Option<u16>,
    /// The version ends the contract: from its first day on nothing of its goods is agreed, until a later version begins. What
    /// else it says repeats what it ended ([`ending`]).
    pub ends: bool,
}

impl Clauses {
    /// Says whether its numbers are ones that a contract can have.
    pub fn is_sane(&self) -> bool {
        self.return_days.is_none_or(|days| days <= RETURN_DAYS_MOST)
            && self.agreed_after_days.is_none_or(|days| (1..=AGREED_DAYS_MOST).contains(&days))
    }

    /// Returns who bears goods that left the shelf for this cause. None when the contract does not say, or nobody does.
    pub const fn bearer_of(&self, cause: Cause) -> Option<Bearer> {
        match cause {
            Cause::Returned => None,
            Cause::Expired => self.expiry_bearer,
            Cause::Damaged | Cause::Lost | Cause::Tasted => self.loss_bearer,
        }
    }

    /// Returns the last day on which a buyer may bring goods back; none for as long as they like. Without a word in the
    /// contract, goods that are refused past their date, which are food, drink and medicine, come back on the day of the
    /// sale alone, and others whenever.
    pub fn last_day_of_return(&self, sold_on: Date, refuse_expired: bool) -> Option<Date> {
        let days = self.return_days.or(refuse_expired.then_some(0))?;
        Some(sold_on.saturating_add(Duration::days(i64::from(days))))
    }

    /// Returns how much more of a product its producer bears although the store bears losses. In the words of a contract:
    /// "within one settlement period the producer bears damaged and missing goods of each product up to so many percent of
    /// what was sold of it in the period; the store bears what is beyond". Sold is less what buyers brought back; `moves`
    /// are the product's since the last settlement, and what the producer bore among them is taken off. Rounded down, for
    /// goods by the piece to whole ones.
    ///
    /// # Errors
    /// When a quantity does not fit in 64 bits.
    pub fn allowance(&self, moves: &[MoveSum], is_weighed: bool) -> Result<Quantity, MoneyError> {
        let (mut sold, mut borne) = (0i64, 0i64);
        for sum in moves.iter().filter(|sum| !sum.is_settled) {
            let milli = sum.quantity.milli();
            let shrinks =
                matches!(sum.cause, MoveCause::Removed(Cause::Damaged | Cause::Lost) | MoveCause::Counted);
            if matches!(sum.cause, MoveCause::Sold | MoveCause::Refunded) {
                sold = sold.checked_sub(milli).ok_or(MoneyError)?;
            } else if shrinks && sum.worth.due.vnd() == 0 {
                borne = borne.checked_sub(milli).ok_or(MoneyError)?;
            }
        }
        let part = i128::from(sold.max(0)) * i128::from(self.shrinkage.ppm()) / 1_000_000;
        let part = i64::try_from(part).map_err(|_| MoneyError)?;
        // What was found beyond the book makes good what was missing, and no more than that.
        let left = part.saturating_sub(borne.max(0)).max(0);
        Ok(Quantity::from_milli(if is_weighed { left } else { left / 1_000 * 1_000 }))
    }
}

/// Whether a loss is of the kind that the allowance is for: what is past its date or was given to taste is not.
pub const fn is_shrinkage(cause: Cause) -> bool {
    matches!(cause, Cause::Damaged | Cause::Lost)
}

/// Returns whose goods of a producer are when they come in, or are sold before they came, on a business date.
pub fn owner_on(terms: &[Terms], producer: Option<ProducerId>, product: ProductId, date: Date) -> Owner {
    let is_bought = |id: &ProducerId| {
        contract_on(terms, *id, product, date).is_some_and(|terms| terms.clauses.mode == Mode::Bought)
    };
    Owner::from(producer.filter(|id| !is_bought(id)))
}

/// Returns a version as it is asked for to end the contract for a producer's goods, the single product's or that for all, from a
/// day on; [`ending`] makes it whole.
pub fn end_of(
    id: TermsId,
    (producer_id, product_id): (ProducerId, Option<ProductId>),
    valid_from: Date,
) -> Terms {
    Terms {
        id,
        producer_id,
        product_id,
        commission: Rate::ZERO,
        basis: Basis::Gross,
        discount_bearer: Bearer::Store,
        valid_from,
        clauses: Clauses { ends: true, ..Clauses::default() },
    }
}

/// Returns the version that ends what is in force of the asked one's goods on its first day. It repeats what that says, so that a
/// program that knows no ends goes on by what was agreed. None where nothing is in force then.
pub fn ending(terms: &[Terms], asked: &Terms) -> Option<Terms> {
    let held = held_on(terms, (asked.producer_id, asked.product_id), asked.valid_from)?;
    let clauses = Clauses { ends: true, ..held.clauses };
    Some(Terms { id: asked.id, valid_from: asked.valid_from, clauses, ..held })
}

/// The random bits of a UUID of version 7, below its milliseconds (RFC 9562).
const DRAWN_BITS: u32 = 80;

/// What was drawn of an id, without its milliseconds.
const fn draw_of(id: TermsId) -> u128 {
    id.uuid().as_u128() & ((1 << DRAWN_BITS) - 1)
}

/// Returns the id that a form drew when it was opened as if it had been drawn at a later moment, in UTC milliseconds: a version is as
/// new as its making, however long its form lay open.
pub fn id_at(drawn: TermsId, now_ms: i64) -> TermsId {
    let now_ms = u128::try_from(now_ms).unwrap_or_default();
    TermsId::from_uuid(Uuid::from_u128(now_ms << DRAWN_BITS | draw_of(drawn)))
}

/// Says whether two ids come from one form: [`id_at`] and [`id_after`] keep what was drawn.
pub const fn is_same_draw(one: TermsId, other: TermsId) -> bool {
    draw_of(one) == draw_of(other)
}

/// Returns the id of a new version, which is to hold before others that begin on the same day: `drawn`, or, where the clock
/// went back since they were made, the same of a millisecond after theirs. What was drawn stays in it: another till without
/// a network may follow the same version.
pub fn id_after(drawn: TermsId, terms: &[Terms], new: (ProducerId, Option<ProductId>, Date)) -> TermsId {
    let same = terms.iter().filter(|t| (t.producer_id, t.product_id, t.valid_from) == new);
    match same.map(|terms| terms.id).max() {
        Some(last) if last >= drawn => {
            let next_ms = (last.uuid().as_u128() >> DRAWN_BITS).saturating_add(1);
            TermsId::from_uuid(Uuid::from_u128(next_ms << DRAWN_BITS | draw_of(drawn)))
        }
        _ => drawn,
    }
}

#[cfg(test)]
mod tests;
