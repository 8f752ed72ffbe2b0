//! Which goods the list shows: a GET form, so that every view is a link that can be kept, sent and downloaded.

use domain::ids::StoreId;
use domain::name_fold::name_fold;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use web::Fault;

use crate::web::lists::{self, Cursor, WORDS_MAX};

/// What the form writes for the operator's own goods.
pub const OWN: &str = "own";
/// What the form writes for goods that producers still own.
pub const CONSIGNED: &str = "consigned";

/// Products by what there is to do about them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Show {
    /// All of them.
    #[default]
    All,
    /// Gone in a store that sold some lately.
    Out,
    /// Lasts less than a week in a store.
    Low,
    /// Sells fast against what is left.
    Fast,
    /// Lies for months at its pace, or nobody buys it.
    Slow,
    /// Some of it is past its last day, or near it.
    Expiring,
    /// Between stores.
    UnderWay,
}

impl Show {
    /// Every choice, in the order of the page.
    pub const ALL: [Self; 7] =
        [Self::All, Self::Out, Self::Low, Self::Fast, Self::Slow, Self::Expiring, Self::UnderWay];

    /// Returns the name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Out => "out",
            Self::Low => "low",
            Self::Fast => "fast",
            Self::Slow => "slow",
            Self::Expiring => "expiring",
            Self::UnderWay => "under_way",
        }
    }

    fn read(code: &str) -> Option<Self> {
        if code.is_empty() { Some(Self::All) } else { Self::ALL.into_iter().find(|show| show.code() == code) }
    }
}

/// Whose goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Some of them are the operator's own.
    Own,
    /// Some of them are consigned.
    Consigned,
    /// A producer makes them.
    MadeBy(Uuid),
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picked {
    /// What there is to do.
    pub show: Show,
    /// One store alone.
    pub store: Option<StoreId>,
    /// Whose goods.
    pub whose: Option<Whose>,
    /// Words of a product or its producer, folded; each has to be there.
    pub words: Vec<String>,
    /// Where the page begins.
    pub cursor: Cursor,
}

/// The query as it is written. Unknown names are left alone: messengers hang theirs on links that people send.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct InventoryQuery {
    /// Words of the product or its producer, with or without marks.
    pub q: String,
    /// `all` (without one), `out`, `low`, `fast`, `slow`, `expiring` or `under_way`.
    pub show: String,
    /// A store's id.
    pub store: String,
    /// `own`, `consigned`, or the id of a producer.
    pub owner: String,
    /// The id of the product behind which the page begins.
    pub after: String,
    /// The id of the product before which the page ends.
    pub before: String,
}

impl InventoryQuery {
    /// Returns what is asked for; nothing for a code that nobody knows.
    ///
    /// # Errors
    /// For a page that begins at what is no id.
    pub fn read(&self) -> Result<Option<Picked>, Fault> {
        let cursor = Cursor::read(Some(&self.after), Some(&self.before))?;
        let store = Some(self.store.as_str()).filter(|store| !store.is_empty()).map(str::parse).transpose();
        let whose = match self.owner.as_str() {
            "" => Ok(None),
            OWN => Ok(Some(Whose::Own)),
            CONSIGNED => Ok(Some(Whose::Consigned)),
            id => Uuid::try_parse(id).map(|id| Some(Whose::MadeBy(id))),
        };
        let (Some(show), Ok(store), Ok(whose)) = (Show::read(&self.show), store, whose) else {
            return Ok(None);
        };
        if self.q.chars().count() > WORDS_MAX {
            return Ok(None);
        }
        let words =
            name_fold(&self.q).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        Ok(Some(Picked { show, store, whose, words, cursor }))
    }

    /// Returns what stands behind the question mark, without the page.
    pub fn text(&self) -> String {
        let fields = [("q", &self.q), ("show", &self.show), ("store", &self.store), ("owner", &self.owner)];
        lists::query_text(&fields)
    }

    /// Returns an address of the list with another ending, `.xlsx`, and perhaps another field.
    pub fn href(&self, ending: &str, more: Option<(&str, Uuid)>) -> String {
        lists::href("/inventory", ending, self.text(), more)
    }

    /// Returns the address of the same with another choice, on the first page.
    pub fn showing(&self, show: Show) -> String {
        let show = if show == Show::All { String::new() } else { show.code().to_owned() };
        Self { show, ..self.clone() }.href("", None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> InventoryQuery {
        let uri = format!("/inventory?{text}").parse().unwrap();
        axum::extract::Query::try_from_uri(&uri).unwrap().0
    }

    #[test]
    fn an_address_is_read_back_from_itself() {
        let id = Uuid::from_u128(7);
        for text in
            ["", "q=t%E1%BB%8Fi%20%C4%91en&show=slow&owner=own", &format!("show=out&store={id}&owner={id}")]
        {
            assert_eq!(query(text).text(), text);
        }
        let page = query(&format!("q=a&after={id}&fbclid=x"));
        assert_eq!(page.read().unwrap().unwrap().cursor, Cursor::After(id));
        assert_eq!(page.href("", Some(("before", id))), format!("/inventory?q=a&before={id}"));
        assert_eq!(page.showing(Show::Fast), "/inventory?q=a&show=fast");
        assert_eq!(query("show=fast").showing(Show::All), "/inventory");
        assert_eq!(query("show=low").href(".csv", None), "/inventory.csv?show=low");
    }

    #[test]
    fn only_what_there_is_can_be_asked_for() {
        let id = Uuid::from_u128(7);
        let picked = query(&format!("q=T%E1%BB%8Fi++%C4%90en&show=expiring&store={id}&owner={id}"));
        let picked = picked.read().unwrap().unwrap();
        assert_eq!(picked.words, ["toi", "den"]);
        assert_eq!(
            (picked.show, picked.store, picked.whose),
            (Show::Expiring, Some(id.into()), Some(Whose::MadeBy(id)))
        );
        let long = format!("q={}", "x".repeat(WORDS_MAX + 1));
        for wrong in ["show=everything", "store=ly-son", "owner=me", &long] {
            assert_eq!(query(wrong).read().unwrap(), None, "{wrong}");
        }
        assert!(query("after=x").read().is_err());
    }
}
