//! Values on their way into a statement. Each holds an option, so that a missing value keeps its type: PostgreSQL
//! would refuse an untyped one.

use domain::ids::{
    CampaignId, CashierId, LotId, OperatorId, PointId, ProducerId, ProductFactsId, ProductId, PromotionId,
    SaleId, StoreId, TermsId, UserId,
};
use domain::{Money, Quantity};
use protocol::Hash;
use time::Date;
use uuid::Uuid;

/// A value bound to a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Val {
    /// `integer`, `bigint`.
    I64(Option<i64>),
    /// `integer` 0 or 1, `boolean`.
    Bool(Option<bool>),
    /// `text`.
    Text(Option<String>),
    /// `blob`, `bytea`.
    Bytes(Option<Vec<u8>>),
    /// `text` as `2026-11-23`, `date`.
    Day(Option<Date>),
    /// `blob` of 16 bytes, `uuid`.
    Id(Option<Uuid>),
}

macro_rules! values {
    ($($variant:ident: $($type:ty => $convert:expr),+;)+) => {$($(
        impl From<$type> for Val {
            fn from(value: $type) -> Self {
                Self::$variant(Some($convert(value)))
            }
        }

        impl From<Option<$type>> for Val {
            fn from(value: Option<$type>) -> Self {
                Self::$variant(value.map($convert))
            }
        }
    )+)+};
}

values! {
    I64: i64 => |v| v, u32 => i64::from, u8 => i64::from, Money => Money::vnd, Quantity => Quantity::milli;
    Bool: bool => |v| v;
    Text: String => |v| v, &str => str::to_owned, &String => |v: &String| v.clone();
    Bytes: Vec<u8> => |v| v, &[u8] => <[u8]>::to_vec, Hash => |v: Hash| v.bytes().to_vec();
    Day: Date => |v| v;
    Id: Uuid => |v| v, u128 => Uuid::from_u128, OperatorId => OperatorId::uuid, StoreId => StoreId::uuid,
        CashierId => CashierId::uuid, UserId => UserId::uuid, ProducerId => ProducerId::uuid,
        ProductId => ProductId::uuid, ProductFactsId => ProductFactsId::uuid, TermsId => TermsId::uuid,
        LotId => LotId::uuid, PointId => PointId::uuid, SaleId => SaleId::uuid, PromotionId => PromotionId::uuid,
        CampaignId => CampaignId::uuid;
}

impl Val {
    /// Returns the value in the spelling of [`super::Cells`].
    pub fn cell(&self) -> String {
        let text = match self {
            Self::I64(value) => value.map(|value| value.to_string()),
            Self::Bool(value) => value.map(|value| i64::from(value).to_string()),
            Self::Text(value) => value.clone(),
            Self::Bytes(value) => value.as_ref().map(hex::encode),
            Self::Day(value) => value.map(|value| value.to_string()),
            Self::Id(value) => value.map(|value| value.simple().to_string()),
        };
        text.unwrap_or_else(|| "-".to_owned())
    }
}

/// The values of one row or statement.
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::db::engine::Val::from($value)),*] };
}

/// A statement with its values: `sql!("select name from stores where id = $1", id)`.
macro_rules! sql {
    ($text:expr $(, $value:expr)* $(,)?) => {
        $crate::db::engine::Sql::with($text, $crate::db::engine::args![$($value),*])
    };
}

pub(crate) use {args, sql};
