//! Which products the list shows: a GET form, so that every view is a link that can be kept, sent and downloaded.

use domain::catalog::Category;
use domain::recognition::WARNING_DAYS;
use serde::Deserialize;
use time::{Date, Duration};
use utoipa::IntoParams;
use uuid::Uuid;
use web::Fault;

use crate::db::product_list::{Picked, Standing, Whose};
use crate::db::products::UNPRICED;
use crate::web::lists::{self, Cursor};

/// What the form writes for products that hold nothing.
pub const NOTHING: &str = "none";
/// What the form writes for products in any state.
pub const ANY_STATUS: &str = "all";
/// The longest words that are looked for, in letters.
const WORDS_MAX: usize = 200;

/// The states of a product, the first unless another one is asked for.
pub const STATUSES: [&str; 4] = ["active", UNPRICED, "retired", "provisional"];

/// The query as it is written. Unknown names are left alone: messengers hang theirs on links that people send.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ProductsQuery {
    /// Words of the name, a code or its beginning, or a barcode.
    pub q: String,
    /// Code of a group.
    pub group: String,
    /// `ocop`, `rural_industrial`, `key`, `planned` or `specialty`, held today; `none` for nothing held.
    pub category: String,
    /// 1 to 5 OCOP stars, held today.
    pub stars: String,
    /// A producer's id, or words of the name.
    pub producer: String,
    /// The commune, as it is written.
    pub commune: String,
    /// `active` (without one), `retired`, `provisional` or `all`.
    pub status: String,
    /// 30, 60 or 90: a recognition ends within so many days.
    pub lapse: String,
    /// The id of the row behind which the page begins.
    pub after: String,
    /// The id of the row before which the page ends.
    pub before: String,
}

impl ProductsQuery {
    /// Returns what is asked for, on a day.
    ///
    /// # Errors
    /// For a code or number that nobody knows.
    pub fn read(&self, today: Date) -> Result<Picked, Fault> {
        let unknown = Fault::not_found;
        let words = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let all = [&self.q, &self.group, &self.producer, &self.commune];
        if all.iter().any(|text| text.chars().count() > WORDS_MAX) {
            return Err(unknown());
        }
        let standing = match self.category.as_str() {
            "" => None,
            NOTHING => Some(Standing::Nothing),
            code => Some(Standing::Holds(Category::from_code(code).ok_or_else(unknown)?)),
        };
        let stars = match self.stars.as_str() {
            "" => None,
            text => Some(text.parse().ok().filter(|stars| (1..=5).contains(stars)).ok_or_else(unknown)?),
        };
        let status = match self.status.as_str() {
            "" => Some(STATUSES[0]),
            ANY_STATUS => None,
            code => Some(STATUSES.into_iter().find(|known| *known == code).ok_or_else(unknown)?),
        };
        let producer = words(&self.producer).map(|text| match Uuid::try_parse(&text) {
            Ok(id) => Whose::Of(id.into()),
            Err(_) => Whose::Named(text),
        });
        let lapses_until = self.lapse_days()?.map(|days| today.saturating_add(Duration::days(days)));
        Ok(Picked {
            words: words(&self.q),
            barcode_of: None,
            group_code: words(&self.group),
            standing,
            stars,
            producer,
            commune: words(&self.commune),
            status,
            lapses_until,
            chosen_for: None,
            is_single: false,
        })
    }

    /// Returns where the page begins.
    ///
    /// # Errors
    /// For what is no id.
    pub fn cursor(&self) -> Result<Cursor, Fault> {
        Cursor::read(Some(&self.after), Some(&self.before))
    }

    /// Returns within how many days a recognition ends, if that is asked.
    ///
    /// # Errors
    /// For a number that nobody offers.
    pub fn lapse_days(&self) -> Result<Option<i64>, Fault> {
        if self.lapse.is_empty() {
            return Ok(None);
        }
        let days = self.lapse.parse().ok().filter(|days| WARNING_DAYS.contains(days));
        days.map(Some).ok_or_else(Fault::not_found)
    }

    /// Returns what stands behind the question mark, without the page; what is as usual is left out.
    pub fn text(&self) -> String {
        lists::query_text(&self.pairs())
    }

    /// Returns the same as names and values, for the hidden fields of a form.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let pairs = [
            ("q", &self.q),
            ("group", &self.group),
            ("category", &self.category),
            ("stars", &self.stars),
            ("producer", &self.producer),
            ("commune", &self.commune),
            ("status", &self.status),
            ("lapse", &self.lapse),
        ];
        let given = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        given.map(|(name, value)| (name, value.as_str())).collect()
    }

    /// Returns an address of the list with another ending, `.xlsx`, and perhaps another field.
    pub fn href(&self, ending: &str, more: Option<(&str, Uuid)>) -> String {
        lists::href("/products", ending, self.text(), more)
    }

    /// The same with recognitions that end within other days.
    pub fn with_lapse(&self, days: Option<i64>) -> Self {
        Self { lapse: days.map(|days| days.to_string()).unwrap_or_default(), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const TODAY: Date = date!(2026 - 11 - 30);

    fn query(text: &str) -> ProductsQuery {
        let uri = format!("/products?{text}").parse().unwrap();
        axum::extract::Query::try_from_uri(&uri).unwrap().0
    }

    #[test]
    fn an_address_is_read_back_from_itself() {
        for text in [
            "",
            "q=t%E1%BB%8Fi&group=food&category=ocop&stars=4&status=retired&lapse=30",
            "category=none&producer=Ph%C3%BA%20Sinh&commune=X%C3%A3%20B%C3%ACnh%20S%C6%A1n&status=all",
        ] {
            assert_eq!(query(text).text(), text);
        }
        let id = Uuid::from_u128(7);
        let page = query(&format!("q=a&after={id}&fbclid=x"));
        assert_eq!(page.cursor().unwrap(), Cursor::After(id));
        assert_eq!(page.href("", Some(("before", id))), format!("/products?q=a&before={id}"));
        assert_eq!(query("").href(".csv", None), "/products.csv");
    }

    #[test]
    fn only_what_there_is_can_be_asked_for() {
        let picked = query("category=none&producer=00000000-0000-0000-0000-000000000007&lapse=60")
            .read(TODAY)
            .unwrap();
        assert_eq!(picked.standing, Some(Standing::Nothing));
        assert_eq!(picked.producer, Some(Whose::Of(Uuid::from_u128(7).into())));
        assert_eq!(picked.lapses_until, Some(date!(2027 - 01 - 29)));
        assert_eq!(picked.status, Some("active"));
        assert_eq!(query("status=all").read(TODAY).unwrap().status, None);
        let long = format!("q={}", "x".repeat(201));
        for wrong in ["category=best", "stars=6", "stars=0", "stars=x", "status=gone", "lapse=31", &long] {
            assert!(query(wrong).read(TODAY).is_err(), "{wrong}");
        }
        assert!(query("after=x").cursor().is_err());
    }
}
