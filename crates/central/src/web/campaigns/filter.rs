//! Which campaigns the list shows: a GET form, so that every view is a link that can be kept, sent and downloaded.

use domain::campaign::{CampaignKind, CampaignState};
use serde::Deserialize;
use time::{Date, Month};
use utoipa::IntoParams;
use uuid::Uuid;
use web::Fault;

use crate::db::campaign_list::{From, Picked};
use crate::web::lists::{self, Cursor};

/// Years that can be asked for.
const YEARS: std::ops::RangeInclusive<i32> = 2020..=2199;
/// Years that the form offers.
const YEARS_OFFERED: i32 = 5;

/// The query as it is written. Unknown names are left alone: messengers hang theirs on links that people send.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct CampaignsQuery {
    /// 2026: at least one day lies in it.
    pub year: String,
    /// `price`, `fair`, `tasting`, `media`, `post` or `banner`.
    pub kind: String,
    /// `running`, `coming`, `over`, `ended` or `called_off`.
    pub state: String,
    /// The id of the row behind which the page begins.
    pub after: String,
    /// The id of the row before which the page ends.
    pub before: String,
}

impl CampaignsQuery {
    /// Returns what is asked for.
    ///
    /// # Errors
    /// For a year or code that nobody knows.
    pub fn read(&self) -> Result<Picked, Fault> {
        let unknown = Fault::not_found;
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let year = given(&self.year).map(|year| year_of(&year).ok_or_else(unknown)).transpose()?;
        let kind = given(&self.kind).map(|code| CampaignKind::from_code(&code).ok_or_else(unknown));
        let state = given(&self.state).map(|code| CampaignState::from_code(&code).ok_or_else(unknown));
        Ok(Picked { within: year, kind: kind.transpose()?, state: state.transpose()? })
    }

    /// Returns where the page begins.
    ///
    /// # Errors
    /// For what is no id.
    pub fn cursor(&self) -> Result<Cursor, Fault> {
        Cursor::read(Some(&self.after), Some(&self.before))
    }

    /// Returns what stands behind the question mark, without the page; what is as usual is left out.
    pub fn text(&self) -> String {
        lists::query_text(&[("year", &self.year), ("kind", &self.kind), ("state", &self.state)])
    }

    /// The same of campaigns in another state.
    pub fn with_state(&self, code: &str) -> Self {
        Self { state: code.to_owned(), ..self.clone() }
    }

    /// Returns an address of the list with another ending, `.xlsx`, and perhaps another field.
    pub fn href(&self, ending: &str, more: Option<(&str, Uuid)>) -> String {
        lists::href("/campaigns", ending, self.text(), more)
    }
}

/// Returns where a page begins, with the place of its row, which was looked up; a row that is not there is no place.
///
/// # Errors
/// When there is no such row.
pub fn from_of(cursor: Cursor, place: Option<(Date, Uuid)>) -> Result<From, Fault> {
    match (cursor, place) {
        (Cursor::Start, _) => Ok(From::Start),
        (Cursor::After(_), Some((day, id))) => Ok(From::After(day, id)),
        (Cursor::Before(_), Some((day, id))) => Ok(From::Before(day, id)),
        (_, None) => Err(Fault::not_found()),
    }
}

/// Returns the years that the form offers, this one first.
pub fn years(today: Date) -> Vec<String> {
    (0..YEARS_OFFERED).map(|back| (today.year() - back).to_string()).collect()
}

/// Returns the first and the last day of a year.
fn year_of(text: &str) -> Option<(Date, Date)> {
    let year = text.parse().ok().filter(|year| YEARS.contains(year))?;
    let day = |month, day| Date::from_calendar_date(year, month, day).ok();
    day(Month::January, 1).zip(day(Month::December, 31))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn query(text: &str) -> CampaignsQuery {
        let uri = format!("/campaigns?{text}").parse().unwrap();
        axum::extract::Query::try_from_uri(&uri).unwrap().0
    }

    #[test]
    fn an_address_is_read_back_from_itself() {
        for text in ["", "year=2026&kind=fair&state=over", "state=called_off"] {
            assert_eq!(query(text).text(), text);
        }
        let picked = query("year=2026&kind=fair&state=over&fbclid=x").read().unwrap();
        assert_eq!(picked.within, Some((date!(2026 - 01 - 01), date!(2026 - 12 - 31))));
        assert_eq!((picked.kind, picked.state), (Some(CampaignKind::Fair), Some(CampaignState::Over)));
        let id = Uuid::from_u128(7);
        assert_eq!(
            query("kind=post").href("", Some(("after", id))),
            format!("/campaigns?kind=post&after={id}")
        );
        assert_eq!(query("").href(".csv", None), "/campaigns.csv");
        assert_eq!(years(date!(2026 - 11 - 30)).len(), 5);
    }

    #[test]
    fn only_what_there_is_can_be_asked_for() {
        for wrong in ["year=26", "year=x", "kind=best", "state=gone"] {
            assert!(query(wrong).read().is_err(), "{wrong}");
        }
        assert!(query("after=x").cursor().is_err());
    }
}
