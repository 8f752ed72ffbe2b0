//! The form of a person: as typed, checked field by field, and shown again with what is wrong.

use std::collections::BTreeMap;

use domain::section::{Section, Sections};
use maud::{Markup, html};
use serde::Deserialize;
use time::Date;
use time::macros::format_description;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, datalist, select};
use web::format::{local_date, moment_of};

use super::words::{ROLES, code_words, section_words};
use crate::admin::NewPerson;
use crate::db::users::{Role, User};
use crate::db::{Db, operators, producers};
use crate::error::{Refusal, Result};
use crate::web::people_texts::PeopleTexts;

/// Producers that the form offers by name; others can be typed too.
const OFFERED_MAX: i64 = 500;
/// The longest text, in characters.
const TEXT_MAX: usize = 200;

/// The form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Typed {
    /// The person that it makes, drawn with the form, so that a form sent twice makes one.
    pub id: String,
    login: String,
    name: String,
    role: String,
    whose: String,
    last_day: String,
    trade: String,
    industry: String,
    agriculture: String,
    finance: String,
    #[serde(skip)]
    wrong: BTreeMap<&'static str, &'static str>,
}

impl Typed {
    /// Returns the empty form.
    pub fn new(id: impl ToString) -> Self {
        Self { id: id.to_string(), role: "department".to_owned(), ..Self::default() }
    }

    /// Returns the form of a person as it is; `whose` is the name of the operator or producer.
    pub fn of(user: &User, whose: Option<&str>) -> Self {
        let last_day = user.access_ends_ms.map(|ends_ms| local_date(ends_ms.saturating_sub(1)).to_string());
        let mut typed = Self {
            id: user.id.to_string(),
            login: user.login.clone(),
            name: user.name.clone(),
            role: user.role.code().to_owned(),
            whose: whose.unwrap_or_default().to_owned(),
            last_day: last_day.unwrap_or_default(),
            ..Self::default()
        };
        if let Role::Editor(sections) = user.role {
            for section in sections.iter() {
                *typed.tick(section) = "yes".to_owned();
            }
        }
        typed
    }

    fn tick(&mut self, section: Section) -> &mut String {
        match section {
            Section::Trade => &mut self.trade,
            Section::Industry => &mut self.industry,
            Section::Agriculture => &mut self.agriculture,
            Section::Finance => &mut self.finance,
        }
    }

    fn sections(&self) -> Sections {
        let ticks = [&self.trade, &self.industry, &self.agriculture, &self.finance];
        Sections::of(
            Section::ALL.into_iter().zip(ticks).filter(|(_, tick)| !tick.is_empty()).map(|(each, _)| each),
        )
    }

    /// Returns the person, or `None`: then each wrong field says what is wrong with it. `before` is what the person was, and
    /// of whom by name: it stays so where neither was changed, whoever else has that name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check(
        &mut self,
        db: &Db,
        lang: Lang,
        (today, before): (Date, Option<&(Role, String)>),
    ) -> Result<Option<NewPerson>> {
        let login = self.login.trim();
        if login.is_empty() || login.chars().count() > TEXT_MAX || login.contains(char::is_whitespace) {
            self.wrong.insert("login", lang.wrong_login());
        }
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > TEXT_MAX || name.chars().any(char::is_control) {
            self.wrong.insert("name", lang.wrong_name());
        }
        let role = self.role(db, lang, before).await?;
        let last_day = Date::parse(self.last_day.trim(), format_description!("[year]-[month]-[day]")).ok();
        let last_day = last_day.filter(|day| *day >= today);
        if last_day.is_none() && (role == Some(Role::Auditor) || !self.last_day.trim().is_empty()) {
            self.wrong.insert("last_day", lang.wrong_last_day());
        }
        let Some(role) = role.filter(|_| self.wrong.is_empty()) else { return Ok(None) };
        let access_ends_ms = last_day.and_then(Date::next_day).map(|day| moment_of(day, 0));
        Ok(Some(NewPerson { login: self.login.clone(), name: self.name.clone(), role, access_ends_ms }))
    }

    async fn role(&mut self, db: &Db, lang: Lang, before: Option<&(Role, String)>) -> Result<Option<Role>> {
        if let Some((role @ (Role::Operator(_) | Role::Producer(_)), whose)) = before
            && role.code() == self.role
            && whose == self.whose.trim()
        {
            return Ok(Some(*role));
        }
        let role = match self.role.as_str() {
            "admin" => Some(Role::Admin),
            "department" => Some(Role::Department),
            "auditor" => Some(Role::Auditor),
            "editor" => {
                let sections = self.sections();
                if sections.is_empty() {
                    self.wrong.insert("sections", lang.wrong_sections());
                }
                Some(Role::Editor(sections))
            }
            "operator" => {
                let all = operators::list(db).await?.into_iter();
                only(all.filter(|each| each.name == self.whose.trim()))
                    .map(|operator| Role::Operator(operator.id))
            }
            "producer" => {
                let named = producers::search(db, &self.whose, OFFERED_MAX).await?;
                only(named.into_iter().filter(|each| each.name == self.whose.trim()))
                    .map(|producer| Role::Producer(producer.id))
            }
            _ => None,
        };
        if role.is_none() {
            self.wrong.insert("whose", lang.wrong_whose());
        }
        Ok(role)
    }

    /// Says at the field what was refused.
    pub fn refuse(&mut self, lang: Lang, refusal: &Refusal) {
        let (field, words) = match refusal {
            Refusal::Taken { .. } => ("login", lang.taken_login()),
            Refusal::LastAdmin => ("role", lang.fault_last_admin()),
            _ => ("name", lang.wrong_name()),
        };
        self.wrong.insert(field, words);
    }
}

/// The one of its name; of two nobody knows which is meant.
fn only<T>(mut named: impl Iterator<Item = T>) -> Option<T> {
    let (first, second) = (named.next(), named.next());
    first.filter(|_| second.is_none())
}

/// Returns the names of those whose data operators and producers see.
///
/// # Errors
/// When the database fails.
pub async fn names(db: &Db) -> Result<Vec<String>> {
    let operators = operators::list(db).await?.into_iter().map(|each| each.name);
    let producers = producers::search(db, "", OFFERED_MAX).await?.into_iter().map(|each| each.name);
    Ok(operators.chain(producers).collect())
}

/// The form, which posts to `action`; of somebody who is there already the login stands fast.
pub fn page(
    lang: Lang,
    csrf: &CsrfToken,
    typed: &Typed,
    (action, names, is_new): (&str, &[String], bool),
) -> Markup {
    let wrong = |name: &str| typed.wrong.get(name).copied();
    let field =
        |name, label, value, hint| Field { value, hint, error: wrong(name), ..Field::new(name, label) };
    let roles = ROLES.map(|code| (code, code_words(lang, code)));
    let title = if is_new { lang.person_new() } else { lang.person_edit() };
    html! {
        form.card.form method="post" action=(action) {
            (csrf_field(csrf))
            h2.whole { (title) }
            p.mute.whole { (lang.role_about()) }
            input type="hidden" name="id" value=(typed.id);
            @if is_new { (field("login", lang.field_login(), &typed.login, Some(lang.field_login_hint())).render()) }
            @else { input type="hidden" name="login" value=(typed.login); }
            (field("name", lang.field_name(), &typed.name, None).render())
            (select("role", lang.role(), &roles, &typed.role, wrong("role")))
            (Field { kind: "date", is_required: false, ..field("last_day", lang.field_last_day(), &typed.last_day, Some(lang.field_last_day_hint())) }.render())
            (Field { list: Some("names"), is_required: false, ..field("whose", lang.field_whose(), &typed.whose, Some(lang.field_whose_hint())) }.render())
            (datalist("names", names))
            (sections(lang, typed))
            div.actions.whole {
                button.primary { (if is_new { lang.person_add() } else { lang.person_save() }) }
                a.button href="/people" { (lang.back_to_people()) }
            }
        }
    }
}

fn sections(lang: Lang, typed: &Typed) -> Markup {
    let chosen = typed.sections();
    html! {
        fieldset.whole {
            legend { (lang.sections()) }
            @if let Some(words) = typed.wrong.get("sections") { p.error { span aria-hidden="true" { "✕ " } (words) } }
            @for section in Section::ALL {
                label.tick {
                    input type="checkbox" name=(section.code()) value="yes" checked[chosen.has(section)];
                    " " (section_words(lang, section))
                }
            }
        }
    }
}
