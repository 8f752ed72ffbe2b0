//! The form for a new promotion: as typed, checked field by field, and shown again with what is wrong. Products are named by
//! their codes; a search in the form itself finds codes by name, so that nothing typed is lost meanwhile.

use std::collections::BTreeMap;

use domain::ids::{OperatorId, ProductId, PromotionId, StoreId};
use domain::promotion::{Hours, PromotionKind};
use domain::{Money, Rate};
use maud::{Markup, html};
use time::Date;
use time::macros::format_description;
use web::Lang;
use web::amount;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::format::minute_of;

use crate::admin::promotions::{NAME_MAX, NewPromotion, PRODUCTS_MAX};
use crate::db::engine::Db;
use crate::db::{operators, products, stores};
use crate::error::Result;
use crate::web::promotion_texts::PromotionTexts;

/// Products that a search shows.
const FOUND_MAX: i64 = 12;
/// Days that a new promotion lasts unless somebody says otherwise.
const DAYS: i64 = 6;
/// The ways, as the form names them.
const KINDS: [&str; 4] = ["percent", "amount", "bundle", "buy_get"];

/// What can be chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Operators by name.
    pub operators: Vec<(OperatorId, String)>,
    /// Stores with whose they are.
    pub stores: Vec<(StoreId, OperatorId, String)>,
}

impl Choices {
    /// Reads them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(db: &Db) -> Result<Self> {
        let operators = operators::list(db).await?;
        let stores = stores::list(db, None).await?;
        Ok(Self {
            operators: operators.into_iter().map(|operator| (operator.id, operator.name)).collect(),
            stores: stores.into_iter().map(|store| (store.id, store.operator_id, store.name)).collect(),
        })
    }
}

/// What the person wants of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The promotion.
    Promotion,
    /// Products to put into it.
    Products,
}

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    fields: BTreeMap<&'static str, String>,
    wrong: BTreeMap<&'static str, String>,
    /// Products that were found: code and name.
    found: Vec<(String, String)>,
}

/// Every field of the form. `id` is the promotion that it makes, so that a form sent twice makes one; `take` is a product that was chosen, `find` what is looked for, `found` what was last.
const FIELDS: [&str; 20] = [
    "id",
    "operator",
    "store",
    "name",
    "kind",
    "percent",
    "amount",
    "pieces",
    "price",
    "buy",
    "get",
    "skus",
    "find",
    "found",
    "take",
    "act",
    "first_day",
    "last_day",
    "from_time",
    "to_time",
];

impl Typed {
    /// Returns the form as it begins.
    pub fn new(id: PromotionId, today: Date, choices: &Choices) -> Self {
        let mut typed = Self::default();
        typed.set("id", id.to_string());
        if let [(only, _)] = choices.operators.as_slice() {
            typed.set("operator", only.to_string());
        }
        typed.set("kind", "percent".to_owned());
        typed.set("first_day", today.to_string());
        typed.set("last_day", today.saturating_add(time::Duration::days(DAYS)).to_string());
        typed
    }

    /// Reads what was posted; `None` for a field that the form has not. Who posts no id makes the promotion `id`.
    pub fn read(id: PromotionId, pairs: Vec<(String, String)>) -> Option<Self> {
        let mut typed = Self::default();
        typed.set("id", id.to_string());
        for (name, value) in pairs {
            let name = FIELDS.into_iter().find(|field| *field == name)?;
            typed.set(name, value);
        }
        Some(typed)
    }

    fn set(&mut self, field: &'static str, value: String) {
        self.fields.insert(field, value);
    }

    fn get(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", |value| value.trim())
    }

    /// Returns what is wanted. Words that nobody has looked for yet are looked for first, whatever Enter was pressed in.
    pub fn wanted(&self) -> Wanted {
        let is_new = !self.get("find").is_empty() && self.get("find") != self.get("found");
        let asks = self.get("act") == "find" || !self.get("take").is_empty() || is_new;
        if asks { Wanted::Products } else { Wanted::Promotion }
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
            self.set("take", String::new());
            self.set("find", String::new());
            self.set("found", String::new());
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

    /// Returns the promotion, or `None`: then each wrong field says what is wrong with it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check(
        &mut self,
        db: &Db,
        lang: Lang,
        today: Date,
        choices: &Choices,
    ) -> Result<Option<NewPromotion>> {
        let operator_id = self.operator(lang, choices);
        let store_id = self.store(lang, choices, operator_id);
        let name = self.get("name").to_owned();
        if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
            self.refuse("name", lang.wrong_name());
        }
        let kind = self.kind(lang);
        let products = self.products(db, lang).await?;
        let days = self.days(lang, today);
        let hours = self.hours(lang);
        let Ok(id) = self.get("id").parse() else { return Ok(None) };
        let all = (operator_id, kind, days);
        let (Some(operator_id), Some(kind), Some((first_day, last_day))) = all else { return Ok(None) };
        if !self.wrong.is_empty() {
            return Ok(None);
        }
        Ok(Some(NewPromotion { id, operator_id, store_id, name, kind, products, first_day, last_day, hours }))
    }

    fn refuse(&mut self, field: &'static str, words: &str) {
        self.wrong.entry(field).or_insert_with(|| words.to_owned());
    }

    fn operator(&mut self, lang: Lang, choices: &Choices) -> Option<OperatorId> {
        let wanted = self.get("operator");
        let found = choices.operators.iter().map(|(id, _)| *id).find(|id| id.to_string() == wanted);
        if found.is_none() {
            self.refuse("operator", lang.wrong_operator());
        }
        found
    }

    fn store(&mut self, lang: Lang, choices: &Choices, operator_id: Option<OperatorId>) -> Option<StoreId> {
        let wanted = self.get("store");
        if wanted.is_empty() {
            return None;
        }
        let is_it = |(id, of, _): &&(StoreId, OperatorId, String)| {
            id.to_string() == wanted && operator_id.is_none_or(|operator| *of == operator)
        };
        let found = choices.stores.iter().find(is_it).map(|(id, ..)| *id);
        if found.is_none() {
            self.refuse("store", lang.wrong_store());
        }
        found
    }

    fn kind(&mut self, lang: Lang) -> Option<PromotionKind> {
        match self.get("kind") {
            "amount" => self.vnd("amount", lang).map(PromotionKind::AmountOff),
            "bundle" => {
                let (pieces, price) = (self.count("pieces", 2, lang.wrong_pieces()), self.vnd("price", lang));
                Some(PromotionKind::Bundle { pieces: pieces?, price: price? })
            }
            "buy_get" => {
                let (buy, get) =
                    (self.count("buy", 1, lang.wrong_count()), self.count("get", 1, lang.wrong_count()));
                Some(PromotionKind::BuyGet { buy: buy?, get: get? })
            }
            _ => {
                let typed = self.get("percent").trim_end_matches('%');
                let rate = Rate::parse_percent(typed).filter(|rate| *rate > Rate::ZERO);
                if rate.is_none() {
                    self.refuse("percent", lang.wrong_percent());
                }
                rate.map(PromotionKind::Percent)
            }
        }
    }

    fn vnd(&mut self, field: &'static str, lang: Lang) -> Option<Money> {
        let vnd = amount::parse(self.get(field)).filter(|vnd| *vnd > Money::ZERO);
        if vnd.is_none() {
            self.refuse(field, lang.wrong_vnd());
        }
        vnd
    }

    fn count(&mut self, field: &'static str, least: i64, wrong: &str) -> Option<i64> {
        let count = self.get(field).parse().ok().filter(|count| (least..=1_000).contains(count));
        if count.is_none() {
            self.refuse(field, wrong);
        }
        count
    }

    async fn products(&mut self, db: &Db, lang: Lang) -> Result<Vec<ProductId>> {
        let skus = self.skus();
        if skus.is_empty() || skus.len() > PRODUCTS_MAX {
            self.refuse("skus", lang.wrong_skus());
            return Ok(Vec::new());
        }
        let known = products::list_by_sku(db, &skus).await?;
        let unknown: Vec<&str> =
            skus.iter().map(String::as_str).filter(|sku| !known.contains_key(*sku)).take(10).collect();
        if !unknown.is_empty() {
            self.refuse("skus", &lang.unknown_skus(unknown.join(", ")));
        }
        Ok(skus.iter().filter_map(|sku| known.get(sku)).copied().collect())
    }

    fn days(&mut self, lang: Lang, today: Date) -> Option<(Date, Date)> {
        let day = |text: &str| Date::parse(text, format_description!("[year]-[month]-[day]")).ok();
        let (first, last) = (day(self.get("first_day")), day(self.get("last_day")));
        for (field, day) in [("first_day", first), ("last_day", last)] {
            if day.is_none() {
                self.refuse(field, lang.wrong_day());
            }
        }
        let (first, last) = first.zip(last)?;
        if last < first {
            self.refuse("last_day", lang.wrong_last_day());
        } else if last < today {
            self.refuse("last_day", lang.day_is_over());
        }
        Some((first, last))
    }

    fn hours(&mut self, lang: Lang) -> Option<Hours> {
        let (from, to) = (self.get("from_time"), self.get("to_time"));
        if from.is_empty() && to.is_empty() {
            return None;
        }
        let hours = minute_of(from).zip(minute_of(to)).map(|(from_minute, to_minute)| {
            // A field for a time knows no 24:00: the day's end is written as its beginning.
            let to_minute = if to_minute == 0 { 24 * 60 } else { to_minute };
            Hours { from_minute, to_minute }
        });
        let hours = hours.filter(|hours| hours.from_minute < hours.to_minute);
        if hours.is_none() {
            self.refuse("to_time", lang.wrong_hours());
        }
        hours
    }
}

/// The form.
pub fn page(lang: Lang, csrf: &CsrfToken, typed: &Typed, choices: &Choices) -> Markup {
    html! {
        p.mute { (lang.never_changed()) }
        form.card.form.promotion method="post" action="/promotions/new" {
            (csrf_field(csrf))
            input type="hidden" name="id" value=(typed.get("id"));
            // Enter presses the first button of a form.
            button.hidden name="act" value="save" tabindex="-1" { (lang.save_promotion()) }
            (chosen(lang, typed, choices))
            (kinds(lang, typed))
            (offer(lang, typed))
            (products_of(lang, typed))
            (when(lang, typed))
            div.actions {
                button.primary name="act" value="save" { (lang.save_promotion()) }
                a.button href="/promotions" { (lang.cancel()) }
            }
        }
    }
}

fn field<'a>(typed: &'a Typed, name: &'static str, label: &'a str) -> Field<'a> {
    let error = typed.wrong.get(name).map(String::as_str);
    Field { value: typed.get(name), error, is_required: false, ..Field::new(name, label) }
}

fn chosen(lang: Lang, typed: &Typed, choices: &Choices) -> Markup {
    let error = |name: &str| typed.wrong.get(name).map(String::as_str);
    let operators: Vec<(String, &str)> =
        choices.operators.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let stores: Vec<(String, &str)> =
        choices.stores.iter().map(|(id, _, name)| (id.to_string(), name.as_str())).collect();
    let operator_options: Vec<(&str, &str)> =
        operators.iter().map(|(id, name)| (id.as_str(), *name)).collect();
    let store_options: Vec<(&str, &str)> = [("", lang.every_store())]
        .into_iter()
        .chain(stores.iter().map(|(id, name)| (id.as_str(), *name)))
        .collect();
    html! {
        (Field { has_focus: true, ..field(typed, "name", lang.field_name()) }.render())
        (select("operator", lang.field_operator(), &operator_options, typed.get("operator"), error("operator")))
        (select("store", lang.field_store(), &store_options, typed.get("store"), error("store")))
    }
}

fn kinds(lang: Lang, typed: &Typed) -> Markup {
    let words = [lang.kind_percent(), lang.kind_amount(), lang.kind_bundle(), lang.kind_buy_get()];
    let chosen = KINDS.into_iter().find(|kind| *kind == typed.get("kind")).unwrap_or(KINDS[0]);
    html! {
        fieldset.people.whole {
            legend { (lang.field_kind()) }
            @for (kind, words) in KINDS.into_iter().zip(words) {
                label { input type="radio" name="kind" value=(kind) checked[kind == chosen]; span { (words) } }
            }
        }
    }
}

/// The numbers of each way; the style sheet shows those of the chosen one.
fn offer(lang: Lang, typed: &Typed) -> Markup {
    let number = |name, label| Field { inputmode: "decimal", ..field(typed, name, label) }.render();
    html! {
        div.of-percent { (number("percent", lang.field_percent())) }
        div.of-amount { (number("amount", lang.field_amount())) }
        div.of-bundle { (number("pieces", lang.field_pieces())) }
        div.of-bundle { (number("price", lang.field_price())) }
        div.of-buy-get { (number("buy", lang.field_buy())) }
        div.of-buy-get { (number("get", lang.field_get())) }
    }
}

fn products_of(lang: Lang, typed: &Typed) -> Markup {
    let words = typed.get("found");
    html! {
        div.whole { (field(typed, "skus", lang.field_skus()).render()) }
        (field(typed, "find", lang.field_find()).render())
        div.field.low { button name="act" value="find" { (lang.find_products()) } }
        input type="hidden" name="found" value=(words);
        @if !typed.found.is_empty() {
            div.whole.actions {
                @for (sku, name) in &typed.found {
                    button name="take" value=(sku) { (lang.take_product(name, sku)) }
                }
            }
        } @else if !words.is_empty() {
            p.whole.mute { (lang.nothing_like(words)) }
        }
    }
}

fn when(lang: Lang, typed: &Typed) -> Markup {
    let of = |kind, name, label| Field { kind, ..field(typed, name, label) }.render();
    html! {
        (of("date", "first_day", lang.field_first_day()))
        (of("date", "last_day", lang.field_last_day()))
        (of("time", "from_time", lang.field_from_time()))
        (of("time", "to_time", lang.field_to_time()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Typed::read(uuid::Uuid::nil().into(), pairs.collect()).unwrap()
    }

    #[test]
    fn words_are_looked_for_once_and_a_chosen_product_is_taken() {
        assert_eq!(typed(&[("act", "save")]).wanted(), Wanted::Promotion);
        assert_eq!(typed(&[("act", "save"), ("find", "tỏi")]).wanted(), Wanted::Products);
        assert_eq!(typed(&[("act", "save"), ("find", "tỏi"), ("found", "tỏi")]).wanted(), Wanted::Promotion);
        assert_eq!(typed(&[("take", "OC001"), ("found", "tỏi")]).wanted(), Wanted::Products);
        assert_eq!(typed(&[("skus", " OC1\nOC2, OC1;OC3 ")]).skus(), ["OC1", "OC2", "OC3"]);
        assert!(Typed::read(uuid::Uuid::nil().into(), vec![("other".to_owned(), String::new())]).is_none());
    }
}
