//! Roles and sections in words.

use domain::section::Section;
use web::Lang;

use crate::db::users::Role;
use crate::web::people_texts::PeopleTexts;

/// Codes of the roles, as the form offers them.
pub const ROLES: [&str; 6] = ["department", "editor", "auditor", "admin", "operator", "producer"];

/// Returns a role with its sections.
pub fn role_words(lang: Lang, role: Role) -> String {
    match role {
        Role::Editor(sections) => {
            let short: Vec<&str> = sections.iter().map(|section| short_words(lang, section)).collect();
            lang.role_editor_of(short.join(", "))
        }
        other => code_words(lang, other.code()).to_owned(),
    }
}

/// Returns the name of a role.
pub fn code_words(lang: Lang, code: &str) -> &'static str {
    match code {
        "admin" => lang.role_admin(),
        "editor" => lang.role_editor(),
        "auditor" => lang.role_auditor(),
        "operator" => lang.role_operator(),
        "producer" => lang.role_producer(),
        _ => lang.role_department(),
    }
}

/// Returns what a section keeps.
pub fn section_words(lang: Lang, section: Section) -> &'static str {
    match section {
        Section::Trade => lang.section_trade(),
        Section::Industry => lang.section_industry(),
        Section::Agriculture => lang.section_agriculture(),
        Section::Finance => lang.section_finance(),
    }
}

/// Returns the name of a section.
pub fn short_words(lang: Lang, section: Section) -> &'static str {
    match section {
        Section::Trade => lang.section_trade_short(),
        Section::Industry => lang.section_industry_short(),
        Section::Agriculture => lang.section_agriculture_short(),
        Section::Finance => lang.section_finance_short(),
    }
}
