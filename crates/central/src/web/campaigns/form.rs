//! The form of a campaign: as typed, checked field by field, and shown again with what is wrong. Products are named by their codes; a
//! search in the form itself finds codes by name, so that nothing typed is lost meanwhile.

use std::collections::BTreeMap;

use domain::Money;
use domain::campaign::CampaignKind;
use domain::ids::{CampaignId, ProductId, StoreId};
use maud::{Markup, html};
use time::macros::format_description;
use time::{Date, Duration};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};

use super::words::kind_words;
use crate::admin::NewCampaign;
use crate::admin::campaigns::{COST_MAX, DAYS_MAX, NAME_MAX, NOTE_MAX, PRODUCTS_MAX};
use crate::db::campaigns::{self, Campaign};
use crate::db::engine::Db;
use crate::db::{products, stores};
use crate::error::Result;
use crate::web::campaign_form_texts::CampaignFormTexts;
use crate::web::campaign_texts::CampaignTexts;

/// Products that a search shows.
const FOUND_MAX: i64 = 12;
/// Days that a new campaign lasts unless somebody says otherwise.
const DAYS: i64 = 13;
/// Before the programme, and after anybody's plans: a slip of the hand.
const YEARS: std::ops::RangeInclusive<i32> = 2018..=2199;

/// Every field of the form but the stores. `id` is the campaign that it makes, so that a form sent twice makes one; `take` is a product
/// that was chosen, `find` what is looked for, `found` what was last.
const FIELDS: [&str; 12] =
    ["id", "name", "kind", "first_day", "last_day", "cost", "note", "skus", "find", "found", "take", "act"];

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    fields: BTreeMap<&'static str, String>,
    stores: Vec<String>,
    wrong: BTreeMap<&'static str, String>,
    /// Products that were found: code and name.
    found: Vec<(String, String)>,
}

/// Stores that can be chosen, by name.
pub type Choices = Vec<(StoreId, String)>;

/// Reads the stores that can be chosen.
///
/// # Errors
/// When the database fails.
pub async fn choices(db: &Db) -> Result<Choices> {
    Ok(stores::list(db, None).await?.into_iter().map(|store| (store.id, store.name)).collect())
}

/// Products that a campaign has, by code. It keeps them whatever has become of them since: what is over stays true.
pub type Own = BTreeMap<String, ProductId>;

/// Reads the products that a campaign has; none of one that is still to be recorded.
///
/// # Errors
/// When the database fails.
pub async fn own(db: &Db, campaign: Option<CampaignId>) -> Result<Own> {
    let Some(id) = campaign else { return Ok(Own::new()) };
    let mut tx = db.begin_reading().await?;
    let products = campaigns::list_products(&mut tx, id).await?;
    Ok(products.into_iter().map(|product| (product.sku, product.id)).collect())
}

impl Typed {
    /// Returns the form as it begins.
    pub fn new(id: CampaignId, today: Date) -> Self {
        let mut typed = Self::default();
        typed.set("id", id.to_string());
        typed.set("kind", CampaignKind::Fair.code().to_owned());
        typed.set("first_day", today.to_string());
        typed.set("last_day", today.saturating_add(Duration::days(DAYS)).to_string());
        typed
    }

    /// Returns the form for a campaign as it is, with the codes of its products.
    pub fn of(campaign: &Campaign, skus: &[String]) -> Self {
        let mut typed = Self::default();
        for (field, value) in [
            ("id", campaign.id.to_string()),
            ("name", campaign.name.clone()),
            ("kind", campaign.kind.code().to_owned()),
            ("first_day", campaign.days.first.to_string()),
            ("last_day", campaign.days.last.to_string()),
            ("cost", campaign.cost.to_string()),
            ("note", campaign.note.clone()),
            ("skus", skus.join(", ")),
        ] {
            typed.set(field, value);
        }
        typed.stores = campaign.stores.iter().map(ToString::to_string).collect();
        typed
    }

    /// Reads what was posted; `None` for a field that the form has not.
    pub fn read(id: CampaignId, pairs: Vec<(String, String)>) -> Option<Self> {
        let mut typed = Self::default();
        typed.set("id", id.to_string());
        for (name, value) in pairs {
            match name.as_str() {
                "store" => typed.stores.push(value),
                _ => typed.set(FIELDS.into_iter().find(|field| *field == name)?, value),
            }
        }
        Some(typed)
    }

    fn set(&mut self, field: &'static str, value: String) {
        self.fields.insert(field, value);
    }

    fn get(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", |value| value.trim())
    }

    /// Returns the campaign that it makes.
    pub fn id(&self) -> Option<CampaignId> {
        self.get("id").parse().ok()
    }

    /// True when products are to be found. Words that nobody has looked for yet are looked for first, whatever Enter was pressed in.
    pub fn wants_products(&self) -> bool {
        let is_new = !self.get("find").is_empty() && self.get("find") != self.get("found");
        self.get("act") == "find" || !self.get("take").is_empty() || is_new
    }

    /// Puts the product that was chosen among the others, or finds products by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&mut self, db: &Db) -> Result<()> {
        let take = self.get("take").to_owned();
        if !take.is_empty() {
            if !self.skus().contains(&take) {
                let skus = [self.skus(), vec![take]].concat().join(", ");
                self.set("skus", skus);
            }
            for field in ["take", "find", "found"] {
                self.set(field, String::new());
            }
            return Ok(());
        }
        let words = self.get("find").to_owned();
        if !words.is_empty() {
            let found = products::search(db, &words, FOUND_MAX).await?;
            self.found = found.into_iter().map(|product| (product.sku, product.name)).collect();
        }
        self.set("found", words);
        Ok(())
    }

    fn skus(&self) -> Vec<String> {
        let codes = self.get("skus").split(|sign: char| sign.is_whitespace() || sign == ',' || sign == ';');
        let mut skus: Vec<String> = Vec::new();
        for code in codes.filter(|code| !code.is_empty()).map(str::to_owned) {
            if !skus.contains(&code) {
                skus.push(code);
            }
        }
        skus
    }

    /// Returns the campaign, or `None`: then each wrong field says what is wrong with it. `own` are the products that it has already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check(
        &mut self,
        db: &Db,
        lang: Lang,
        (choices, own): (&Choices, &Own),
    ) -> Result<Option<NewCampaign>> {
        for (field, least, most, words) in [
            ("name", 1, NAME_MAX, lang.campaign_wrong_name()),
            ("note", 0, NOTE_MAX, lang.campaign_wrong_note()),
        ] {
            let length = self.get(field).chars().count();
            if length < least || length > most || self.get(field).chars().any(char::is_control) {
                self.refuse(field, words);
            }
        }
        let kind = CampaignKind::from_code(self.get("kind"));
        if kind.is_none() {
            self.refuse("kind", lang.campaign_wrong_kind());
        }
        let days = self.days(lang);
        let cost = self.cost(lang);
        let products = self.products(db, lang, own).await?;
        let stores = self.stores(lang, choices);
        let (Some(kind), Some((first_day, last_day)), Some(cost), true) =
            (kind, days, cost, self.wrong.is_empty())
        else {
            return Ok(None);
        };
        let (name, note) = (self.get("name").to_owned(), self.get("note").to_owned());
        Ok(Some(NewCampaign { name, kind, first_day, last_day, cost, products, stores, note }))
    }

    /// Says at a field what is wrong with it; the first word stays.
    pub fn refuse(&mut self, field: &'static str, words: &str) {
        self.wrong.entry(field).or_insert_with(|| words.to_owned());
    }

    fn days(&mut self, lang: Lang) -> Option<(Date, Date)> {
        let (first, last) = (day(self.get("first_day")), day(self.get("last_day")));
        for (field, day) in [("first_day", first), ("last_day", last)] {
            if day.is_none() {
                self.refuse(field, lang.campaign_wrong_day());
            }
        }
        let (first, last) = first.zip(last)?;
        if last < first {
            self.refuse("last_day", lang.campaign_wrong_last_day());
        } else if last - first >= Duration::days(DAYS_MAX) {
            self.refuse("last_day", lang.campaign_too_long());
        }
        Some((first, last))
    }

    /// What was left empty cost nothing.
    fn cost(&mut self, lang: Lang) -> Option<Money> {
        let typed = self.get("cost");
        let cost = if typed.is_empty() { Some(Money::ZERO) } else { web::amount::parse(typed) };
        let cost = cost.filter(|cost| (Money::ZERO..=COST_MAX).contains(cost));
        if cost.is_none() {
            self.refuse("cost", lang.campaign_wrong_cost());
        }
        cost
    }

    async fn products(&mut self, db: &Db, lang: Lang, own: &Own) -> Result<Vec<ProductId>> {
        let skus = self.skus();
        if skus.is_empty() || skus.len() > PRODUCTS_MAX {
            self.refuse("skus", lang.campaign_wrong_products());
            return Ok(Vec::new());
        }
        let mut known = products::list_by_sku(db, &skus).await?;
        known.extend(own.iter().map(|(sku, id)| (sku.clone(), *id)));
        let unknown: Vec<&str> =
            skus.iter().map(String::as_str).filter(|sku| !known.contains_key(*sku)).take(10).collect();
        if !unknown.is_empty() {
            self.refuse("skus", &lang.campaign_unknown_products(unknown.join(", ")));
        }
        Ok(skus.iter().filter_map(|sku| known.get(sku)).copied().collect())
    }

    /// All that there are, chosen one by one, are not "all stores": one that opens later is none of them.
    fn stores(&mut self, lang: Lang, choices: &Choices) -> Vec<StoreId> {
        let is_known = |id: &StoreId| choices.iter().any(|(known, _)| known == id);
        let read: Vec<Option<StoreId>> =
            self.stores.iter().map(|id| id.parse().ok().filter(is_known)).collect();
        if read.contains(&None) {
            self.refuse("store", lang.campaign_wrong_store());
        }
        read.into_iter().flatten().collect()
    }
}

/// Reads `2026-10-01`, as browsers send a day.
pub fn day(text: &str) -> Option<Date> {
    let day = Date::parse(text.trim(), format_description!("[year]-[month]-[day]")).ok();
    day.filter(|day| YEARS.contains(&day.year()))
}

/// The form, which posts to `action` and leads to `back`.
pub fn page(
    lang: Lang,
    csrf: &CsrfToken,
    (typed, choices): (&Typed, &Choices),
    (action, back): (&str, &str),
) -> Markup {
    html! {
        p.mute { (lang.campaign_form_about()) }
        form.card.form.promotion method="post" action=(action) {
            (csrf_field(csrf))
            input type="hidden" name="id" value=(typed.get("id"));
            // Enter presses the first button of a form.
            button.hidden name="act" value="save" tabindex="-1" { (lang.campaign_save()) }
            (what(lang, typed))
            (products_of(lang, typed))
            (stores_of(lang, typed, choices))
            div.whole { (Field { hint: Some(lang.campaign_note_hint()), ..field(typed, "note", lang.campaign_note()) }.render()) }
            div.actions {
                button.primary name="act" value="save" { (lang.campaign_save()) }
                a.button href=(back) { (lang.campaign_cancel()) }
            }
        }
    }
}

fn field<'a>(typed: &'a Typed, name: &'static str, label: &'a str) -> Field<'a> {
    let error = typed.wrong.get(name).map(String::as_str);
    Field { value: typed.get(name), error, is_required: false, ..Field::new(name, label) }
}

fn what(lang: Lang, typed: &Typed) -> Markup {
    let kinds = CampaignKind::ALL.map(|kind| (kind.code(), kind_words(lang, kind)));
    let wrong = typed.wrong.get("kind").map(String::as_str);
    let date = |name, label| Field { kind: "date", ..field(typed, name, label) }.render();
    html! {
        div.whole { (Field { has_focus: true, ..field(typed, "name", lang.campaign_name()) }.render()) }
        (select("kind", lang.campaign_kind(), &kinds, typed.get("kind"), wrong))
        (Field { inputmode: "numeric", hint: Some(lang.campaign_cost_hint()), ..field(typed, "cost", lang.campaign_cost()) }.render())
        (date("first_day", lang.campaign_first_day()))
        (date("last_day", lang.campaign_last_day()))
    }
}

fn products_of(lang: Lang, typed: &Typed) -> Markup {
    let words = typed.get("found");
    html! {
        div.whole { (field(typed, "skus", lang.campaign_skus()).render()) }
        (field(typed, "find", lang.campaign_find()).render())
        div.field.low { button name="act" value="find" { (lang.campaign_find_products()) } }
        input type="hidden" name="found" value=(words);
        @if !typed.found.is_empty() {
            div.whole.actions {
                @for (sku, name) in &typed.found {
                    button name="take" value=(sku) { (lang.campaign_take(name, sku)) }
                }
            }
        } @else if !words.is_empty() {
            p.whole.mute { (lang.campaign_nothing_like(words)) }
        }
    }
}

fn stores_of(lang: Lang, typed: &Typed, choices: &Choices) -> Markup {
    let wrong = typed.wrong.get("store");
    html! {
        fieldset.people.whole aria-describedby="store-about" {
            legend id="store-about" {
                (lang.campaign_stores())
                @if let Some(wrong) = wrong { " " strong { (wrong) } }
            }
            @for (id, name) in choices {
                @let value = id.to_string();
                label {
                    input type="checkbox" name="store" value=(value) checked[typed.stores.contains(&value)];
                    span { (name) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Typed::read(Uuid::nil().into(), pairs.collect()).unwrap()
    }

    #[test]
    fn words_are_looked_for_once_and_stores_come_one_by_one() {
        assert!(!typed(&[("act", "save")]).wants_products());
        assert!(typed(&[("act", "save"), ("find", "tỏi")]).wants_products());
        assert!(!typed(&[("act", "save"), ("find", "tỏi"), ("found", "tỏi")]).wants_products());
        assert!(typed(&[("take", "OC001")]).wants_products());
        assert_eq!(typed(&[("store", "a"), ("store", "b")]).stores, ["a", "b"]);
        assert!(Typed::read(Uuid::nil().into(), vec![("other".to_owned(), String::new())]).is_none());
    }

    #[test]
    fn days_are_read_as_browsers_send_them() {
        use time::macros::date;
        assert_eq!(day("2026-11-30"), Some(date!(2026 - 11 - 30)));
        assert_eq!([day("30/11/2026"), day("1999-01-01"), day("")], [None; 3]);
    }
}
