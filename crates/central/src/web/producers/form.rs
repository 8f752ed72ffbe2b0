//! The form of a producer: as typed, checked field by field, and shown again with what is wrong. A second producer of a name is
//! asked about once, since most of them are the first one.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde::Deserialize;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, datalist};
use web::fragment::{Tone, message};

use crate::admin::NewProducer;
use crate::db::engine::Db;
use crate::db::producer_list;
use crate::db::producers::Producer;
use crate::error::{Refusal, Result};
use crate::web::producer_list_texts::ProducerListTexts;
use crate::web::product_form_texts::ProductFormTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::provisional_texts::ProvisionalTexts;

/// The longest text, in characters.
const TEXT_MAX: usize = 200;

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Typed {
    /// The producer that it makes, drawn with the form, so that a form sent twice makes one.
    pub id: String,
    name: String,
    commune: String,
    phone: String,
    another: String,
    #[serde(skip)]
    wrong: BTreeMap<&'static str, String>,
    #[serde(skip)]
    has_namesake: bool,
}

impl Typed {
    /// Returns the empty form for a new producer.
    pub fn new(id: impl ToString) -> Self {
        Self { id: id.to_string(), ..Self::default() }
    }

    /// Returns the form for a producer as it is.
    pub fn of(producer: &Producer) -> Self {
        Self {
            id: producer.id.to_string(),
            name: producer.name.clone(),
            commune: producer.commune.clone(),
            phone: producer.phone.clone(),
            ..Self::default()
        }
    }

    /// Returns the producer, or `None`: then each wrong field says what is wrong with it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check(&mut self, db: &Db, lang: Lang) -> Result<Option<NewProducer>> {
        for (field, text, least, words) in [
            ("name", &self.name, 1, lang.wrong_text()),
            ("commune", &self.commune, 0, lang.wrong_long_text()),
        ] {
            let length = text.trim().chars().count();
            if length < least || length > TEXT_MAX || text.chars().any(char::is_control) {
                self.wrong.insert(field, words.to_owned());
            }
        }
        if self.wrong.is_empty() && self.another.is_empty() {
            let named = producer_list::list_named(db, &self.name).await?;
            let others = named.iter().filter(|producer| producer.id.to_string() != self.id).count();
            // Sent twice, it is the first one itself.
            if others > 0 && others == named.len() {
                self.has_namesake = true;
                self.wrong.insert("name", lang.producer_same_name(others));
            }
        }
        Ok(self.wrong.is_empty().then(|| NewProducer {
            name: self.name.clone(),
            commune: self.commune.clone(),
            phone: self.phone.clone(),
        }))
    }

    /// Says at the field what was refused.
    pub fn refuse(&mut self, lang: Lang, refusal: &Refusal) {
        let (field, words) = match refusal {
            Refusal::Invalid { what: "phone", .. } => ("phone", lang.wrong_phone()),
            _ => ("name", lang.wrong_text()),
        };
        self.wrong.insert(field, words.to_owned());
    }
}

/// The form, which posts to `action`.
pub fn page(
    lang: Lang,
    csrf: &CsrfToken,
    typed: &Typed,
    (action, communes, is_provisional): (&str, &[String], bool),
) -> Markup {
    let wrong = |name: &str| typed.wrong.get(name).map(String::as_str);
    html! {
        @if is_provisional { (message(Tone::Warn, lang.producer_taken_over())) }
        form.card.form method="post" action=(action) {
            (csrf_field(csrf))
            input type="hidden" name="id" value=(typed.id);
            (Field { value: &typed.name, error: wrong("name"), has_focus: true, ..Field::new("name", lang.producer_name()) }.render())
            (Field {
                value: &typed.commune, error: wrong("commune"), is_required: false, list: Some("communes"),
                hint: Some(lang.producer_commune_hint()), ..Field::new("commune", lang.products_commune())
            }.render())
            (datalist("communes", communes))
            (Field {
                value: &typed.phone, error: wrong("phone"), is_required: false, inputmode: "tel", kind: "tel",
                hint: Some(lang.producer_phone_hint()), ..Field::new("phone", lang.producer_column_phone())
            }.render())
            @if typed.has_namesake {
                label.tick.whole { input type="checkbox" name="another" value="yes"; span { (lang.producer_is_another()) } }
            }
            div.actions {
                button.primary { (lang.producer_save()) }
                a.button href="/producers" { (lang.back_without_saving()) }
            }
        }
    }
}
