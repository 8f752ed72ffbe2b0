//! The page of somebody's own account.

use maud::{Markup, html};
use protocol::Hash;
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::{date_text, datetime_text};
use web::fragment::{Tone, chip, message};
use web::qr;

use super::{Wrong, agent};
use crate::db::api_keys::ApiKey;
use crate::db::login_sessions::Open;
use crate::db::users::{Role, User};
use crate::second_factor::Offered;
use crate::web::account_texts::AccountTexts;
use crate::web::people::words::role_words;

/// Where the second factor stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeState {
    /// There is none.
    Off,
    /// This secret waits for a first code.
    Offered(Offered),
    /// It is asked for.
    On,
}

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The session's token.
    pub csrf: &'a CsrfToken,
    /// Whose account.
    pub user: &'a User,
    /// Administrators need the second factor.
    pub is_code_needed: bool,
    /// The login that looks.
    pub here: Option<Hash>,
    /// All open ones.
    pub sessions: &'a [Open],
    /// Keys of the person's programs.
    pub keys: &'a [ApiKey],
    /// The second factor.
    pub code: &'a CodeState,
    /// What is wrong with what was typed.
    pub wrong: &'a Wrong,
    /// What just happened.
    pub told: Option<(Tone, String)>,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let (lang, user) = (self.lang, self.user);
        let is_missing = self.is_code_needed && user.role == Role::Admin && *self.code != CodeState::On;
        html! {
            @if let Some((tone, words)) = &self.told { (message(*tone, words)) }
            @if is_missing { (message(Tone::Warn, lang.code_needed())) }
            section.card {
                h2 { (user.name) }
                dl.facts {
                    dt { (lang.account_login()) } dd { (user.login) }
                    dt { (lang.account_role()) } dd { (role_words(lang, user.role)) }
                }
                @if let Some(ends_ms) = user.access_ends_ms { p { (lang.account_ends(datetime_text(ends_ms))) } }
            }
            (self.sessions())
            div.columns { (self.code()) (self.password()) }
            (self.keys())
        }
    }

    fn sessions(&self) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                h2 { (lang.sessions_title()) }
                p.mute { (lang.sessions_about()) }
                ul.list { @for open in self.sessions { (self.session(open)) } }
            }
        }
    }

    fn session(&self, open: &Open) -> Markup {
        let lang = self.lang;
        let times = lang.session_times(datetime_text(open.signed_in_at_ms), datetime_text(open.seen_at_ms));
        let browser = agent::words(lang, &open.whereabouts.agent);
        html! {
            li {
                span { (browser) " · " (open.whereabouts.network) small.small { (times) } }
                @if self.here == Some(open.id) { (chip(Tone::Good, lang.session_here())) } @else {
                    form.act method="post" action={ "/account/sessions/" (open.id) "/end" } {
                        (csrf_field(self.csrf))
                        button { (lang.session_end()) }
                    }
                }
            }
        }
    }

    fn keys(&self) -> Markup {
        let lang = self.lang;
        let name = Field { error: self.wrong.key.as_deref(), ..Field::new("name", lang.key_name()) };
        html! {
            section.card {
                h2 { (lang.keys_title()) }
                p.mute { (lang.keys_about()) }
                @if !self.keys.is_empty() { ul.list { @for key in self.keys { (self.key(key)) } } }
                form.form method="post" action="/account/keys" {
                    (csrf_field(self.csrf))
                    (name.render())
                    div.actions { button { (lang.key_make()) } }
                }
            }
        }
    }

    fn key(&self, key: &ApiKey) -> Markup {
        let lang = self.lang;
        let used =
            key.used_on.map_or_else(|| lang.key_unused().to_owned(), |day| lang.key_used(date_text(day)));
        html! {
            li {
                span { (key.name) small.small { (lang.key_made_at(datetime_text(key.made_at_ms))) ", " (used) } }
                form.act method="post" action={ "/account/keys/" (key.id) "/end" } {
                    (csrf_field(self.csrf))
                    button { (lang.key_end()) }
                }
            }
        }
    }

    fn code(&self) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                div.head {
                    h2 { (lang.code_section()) }
                    @if *self.code == CodeState::On { (chip(Tone::Good, lang.code_is_on())) }
                    @else { (chip(Tone::Quiet, lang.code_is_off())) }
                }
                p.mute { (lang.code_about()) }
                @match self.code {
                    CodeState::Off => form method="post" action="/account/code" {
                        (csrf_field(self.csrf)) button.primary { (lang.code_turn_on()) }
                    },
                    CodeState::Offered(offered) => {
                        p { (lang.code_scan()) }
                        (qr::picture(&offered.uri, lang.code_picture()))
                        p.small { (lang.code_by_hand()) " " code { (offered.secret) } }
                        (self.code_form("/account/code/confirm", lang.code_confirm(), true))
                    },
                    CodeState::On => (self.code_form("/account/code/end", lang.code_turn_off(), false)),
                }
            }
        }
    }

    fn code_form(&self, action: &str, words: &str, is_primary: bool) -> Markup {
        let field = Field {
            autocomplete: "one-time-code",
            inputmode: "numeric",
            error: self.wrong.code.as_deref(),
            ..Field::new("code", self.lang.code_field())
        };
        html! {
            form.form method="post" action=(action) {
                (csrf_field(self.csrf))
                (field.render())
                div.actions { button.primary[is_primary] { (words) } }
            }
        }
    }

    fn password(&self) -> Markup {
        let lang = self.lang;
        let field = |name, label, autocomplete, error| Field {
            kind: "password",
            autocomplete,
            error,
            ..Field::new(name, label)
        };
        html! {
            section.card {
                h2 { (lang.password_title()) }
                p.mute { (lang.password_about()) }
                form.form method="post" action="/account/password" {
                    (csrf_field(self.csrf))
                    (field("old", lang.password_old(), "current-password", self.wrong.old.as_deref()).render())
                    (field("new", lang.password_new(), "new-password", self.wrong.new.as_deref()).render())
                    div.actions { button.primary { (lang.password_change()) } }
                }
            }
        }
    }
}
