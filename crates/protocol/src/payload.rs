//! What entries tell, version by version. A payload is JSON in the spelling of its writer; whoever stores it keeps the
//! bytes. Payload types never change: a new version of a kind is a new type beside the old one.

pub mod cash;
pub mod confirmed;
pub mod correction;
pub mod deposit;
pub mod goods;
pub mod goods_count;
pub mod goods_out;
pub mod note;
pub mod producer;
pub mod product;
pub mod refund;
pub mod repack;
pub mod sale;
pub mod settlement;
pub mod settlement_rows;
pub mod shift;
pub mod terms;
pub mod transfer;

use domain::MoneyError;
use domain::fact::Fact;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use time::Date;

use crate::entry::Kind;
pub use cash::{CashMoved, CashMovedPrivate, DrawerOpened, DrawerOpenedPrivate};
pub use confirmed::TenderConfirmed;
pub use correction::{EntryPlace, ProducerAdjusted};
pub use deposit::{DepositReturned, DepositReturnedPrivate, DepositTaken, DepositTakenPrivate};
pub use goods::{BoughtLine, GoodsIn, GoodsInLine, GoodsInMissing, GoodsInPrivate};
pub use goods_count::{GoodsCount, GoodsCountLot, GoodsCountPrivate, GoodsCountProduct};
pub use goods_out::{GoodsOut, GoodsOutLine, GoodsOutPrivate};
pub use note::{ClockChanged, Genesis, Predecessor, Reprint};
pub use producer::{ProvisionalProducer, ProvisionalProducerPrivate};
pub use product::{ProvisionalProduct, ProvisionalProductPrivate, ProvisionalProductShared};
pub use refund::{Refund, RefundLine, RefundPrivate};
pub use repack::{Repack, RepackGoods, RepackMade, RepackPrivate, RepackUsed};
pub use sale::{Sale, SaleLine, SalePad, SalePrivate, SaleReduction, SaleRemark};
pub use settlement::{ProducerPaid, ProducerPaidPrivate, SettledUntil, Settlement, SettlementRow};
pub use shift::{ShiftClose, ShiftOpen};
pub use terms::TermsAgreed;
pub use transfer::{ArrivedLot, TransferIn, TransferLot, TransferOut, TransferPrivate};

/// Version of every payload written by this program, but for settlements with many products ([`Settlement::schema`]).
pub const SCHEMA: u16 = 1;

/// A shared payload, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// The first entry of a stream.
    Genesis(Genesis),
    /// A shift began.
    ShiftOpen(ShiftOpen),
    /// A shift ended.
    ShiftClose(ShiftClose),
    /// A sale.
    Sale(Sale),
    /// Goods came back.
    Refund(Refund),
    /// A sale was reversed as a whole.
    Void(Refund),
    /// Money was put into a drawer or taken out.
    CashMoved(CashMoved),
    /// Money came that the store had waited for.
    TenderConfirmed(TenderConfirmed),
    /// Goods were ordered, and a part of them paid in advance.
    DepositTaken(DepositTaken),
    /// A deposit was given back, or kept by the operator.
    DepositReturned(DepositReturned),
    /// Goods came in.
    GoodsIn(GoodsIn),
    /// Goods left the shelf and were not sold.
    GoodsOut(GoodsOut),
    /// The shelf was counted.
    GoodsCount(GoodsCount),
    /// Goods were sent to another store.
    TransferOut(TransferOut),
    /// Goods came from another store.
    TransferIn(TransferIn),
    /// Goods were packed anew.
    Repack(Repack),
    /// What is owed to a producer was settled.
    Settlement(Settlement),
    /// A producer was paid without a settlement.
    ProducerPaid(ProducerPaid),
    /// What was settled with a producer, or paid to one, was put right.
    ProducerAdjusted(ProducerAdjusted),
    /// A product was added at the counter.
    ProvisionalProduct(ProvisionalProductShared),
    /// A producer was added at the counter.
    ProvisionalProducer(ProvisionalProducer),
    /// A drawer was opened by hand.
    Drawer(DrawerOpened),
    /// A receipt was printed again.
    Reprint(Reprint),
    /// The clock jumped.
    ClockChanged(ClockChanged),
    /// A version of the terms with a producer was agreed.
    Terms(TermsAgreed),
}

/// A payload that is kept but not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Uninterpreted {
    /// A kind or version of a later program.
    #[error("this version does not know entries of kind {kind}, version {schema}: upgrade, then rebuild")]
    Later {
        /// Name of the kind.
        kind: String,
        /// Its version.
        schema: u16,
    },
    /// Not what its kind and version say.
    #[error("the payload is not a {kind}: {why}")]
    Malformed {
        /// Name of the kind.
        kind: String,
        /// What is wrong.
        why: String,
    },
}

impl Payload {
    /// Reads a shared payload.
    ///
    /// # Errors
    /// When the kind or its version is unknown, or the text is not of it. The entry stands all the same.
    pub fn read(kind: &Kind, schema: u16, text: &str) -> Result<Self, Uninterpreted> {
        let later = || Uninterpreted::Later { kind: kind.as_str().to_owned(), schema };
        let is_table = *kind == Kind::Settlement && schema == settlement::SCHEMA_OF_TABLES;
        if schema != SCHEMA && !is_table {
            return Err(later());
        }
        match kind {
            Kind::Genesis => parse(kind, text).map(Self::Genesis),
            Kind::ShiftOpen => parse(kind, text).map(Self::ShiftOpen),
            Kind::ShiftClose => parse(kind, text).map(Self::ShiftClose),
            Kind::Sale => parse(kind, text).map(Self::Sale),
            Kind::Refund => parse(kind, text).map(Self::Refund),
            Kind::Void => parse(kind, text).map(Self::Void),
            Kind::CashMoved => parse(kind, text).map(Self::CashMoved),
            Kind::TenderConfirmed => parse(kind, text).map(Self::TenderConfirmed),
            Kind::DepositTaken => parse(kind, text).map(Self::DepositTaken),
            Kind::DepositReturned => parse(kind, text).map(Self::DepositReturned),
            Kind::GoodsIn => parse(kind, text).map(Self::GoodsIn),
            Kind::GoodsOut => parse(kind, text).map(Self::GoodsOut),
            Kind::GoodsCount => parse(kind, text).map(Self::GoodsCount),
            Kind::TransferOut => parse(kind, text).map(Self::TransferOut),
            Kind::TransferIn => parse(kind, text).map(Self::TransferIn),
            Kind::Repack => parse(kind, text).map(Self::Repack),
            Kind::Settlement => settlement(kind, schema, text),
            Kind::ProducerPaid => parse(kind, text).map(Self::ProducerPaid),
            Kind::ProducerAdjusted => parse(kind, text).map(Self::ProducerAdjusted),
            Kind::ProvisionalProduct => parse(kind, text).map(Self::ProvisionalProduct),
            Kind::ProvisionalProducer => parse(kind, text).map(Self::ProvisionalProducer),
            Kind::Drawer => parse(kind, text).map(Self::Drawer),
            Kind::Reprint => parse(kind, text).map(Self::Reprint),
            Kind::ClockChanged => parse(kind, text).map(Self::ClockChanged),
            Kind::Terms => parse(kind, text).map(Self::Terms),
            Kind::Unknown(_) => Err(later()),
        }
    }

    /// Returns the fact that it tells. `business_date` is the envelope's.
    ///
    /// # Errors
    /// When a value lies outside its type: an unknown code, a rate above 100 %.
    pub fn fact(&self, business_date: Date) -> Result<Fact, FactError> {
        match self {
            Self::ShiftOpen(open) => Ok(open.fact()),
            Self::ShiftClose(close) => Ok(close.fact()),
            Self::Sale(sale) => sale.fact(),
            Self::Refund(refund) | Self::Void(refund) => refund.fact(),
            Self::CashMoved(moved) => Ok(moved.fact()),
            Self::TenderConfirmed(confirmed) => confirmed.fact(),
            Self::DepositTaken(taken) => taken.fact(),
            Self::DepositReturned(returned) => returned.fact(),
            Self::GoodsIn(goods) => Ok(goods::fact(&goods.lines, business_date)),
            Self::GoodsOut(out) => goods_out::fact(&out.cause, &out.lines),
            Self::GoodsCount(count) => Ok(goods_count::fact(&count.products)),
            Self::TransferOut(out) => Ok(out.fact()),
            Self::TransferIn(came) => Ok(came.fact()),
            Self::Repack(repack) => Ok(repack::fact(repack.goods.as_ref(), business_date)),
            Self::Settlement(settlement) => settlement.fact(),
            Self::ProducerPaid(paid) => paid.fact(),
            Self::ProducerAdjusted(adjusted) => adjusted.fact(),
            Self::Terms(agreed) => agreed.terms.read().map(|_| Fact::Noted),
            Self::Genesis(_)
            | Self::ProvisionalProduct(_)
            | Self::ProvisionalProducer(_)
            | Self::Drawer(_)
            | Self::Reprint(_)
            | Self::ClockChanged(_) => Ok(Fact::Noted),
        }
    }
}

/// Returns the fact of a private payload, which only the store has.
///
/// # Errors
/// When the text is not of its kind, or a value lies outside its type.
pub fn private_fact(kind: &Kind, text: &str, business_date: Date) -> Result<Fact, PrivateError> {
    match kind {
        Kind::Sale => Ok(parse::<SalePrivate>(kind, text)?.fact()?),
        Kind::Refund | Kind::Void => Ok(parse::<RefundPrivate>(kind, text)?.fact()?),
        Kind::GoodsIn => Ok(goods::fact(&parse::<GoodsInPrivate>(kind, text)?.lines, business_date)),
        Kind::GoodsOut => Ok(parse::<GoodsOutPrivate>(kind, text)?.fact()?),
        Kind::GoodsCount => Ok(parse::<GoodsCountPrivate>(kind, text)?.fact()),
        Kind::Repack => Ok(repack::fact(parse::<RepackPrivate>(kind, text)?.goods.as_ref(), business_date)),
        _ => Ok(Fact::Noted),
    }
}

/// A value of a payload that lies outside its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// A code that this version does not know.
    #[error("unknown {what}")]
    Code {
        /// What the code is of.
        what: &'static str,
    },
    /// A rate above 100 %.
    #[error("a rate above 100 %")]
    Rate,
    /// More days than a contract has.
    #[error("a number of days that no contract has")]
    Days,
    /// An amount beyond 64 bits.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Why a private payload tells no fact.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrivateError {
    /// Not of its kind.
    #[error(transparent)]
    Uninterpreted(#[from] Uninterpreted),
    /// A value outside its type.
    #[error(transparent)]
    Fact(#[from] FactError),
}

fn parse<T: DeserializeOwned>(kind: &Kind, text: &str) -> Result<T, Uninterpreted> {
    serde_json::from_str(text)
        .map_err(|error| Uninterpreted::Malformed { kind: kind.as_str().to_owned(), why: error.to_string() })
}

fn settlement(kind: &Kind, schema: u16, text: &str) -> Result<Payload, Uninterpreted> {
    let told: Settlement = parse(kind, text)?;
    if told.schema() != schema {
        let why = "its rows are spelled as in another version".to_owned();
        return Err(Uninterpreted::Malformed { kind: kind.as_str().to_owned(), why });
    }
    Ok(Payload::Settlement(told))
}

/// Sixteen random bytes in hex, with which each private payload begins, so that its digest cannot be guessed from a
/// phone number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salt(String);

impl Salt {
    /// Takes sixteen random bytes.
    pub fn new(random: [u8; 16]) -> Self {
        Self(hex::encode(random))
    }
}

/// A private payload that has nothing to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NothingPrivate {
    /// Makes the digest unguessable.
    pub salt: Salt,
}

/// Writes a payload as JSON.
///
/// # Errors
/// Never for the types of this module; the caller reports it as a bug.
pub fn write(payload: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string(payload)
}
