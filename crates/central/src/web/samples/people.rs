//! Samples of the pages of people: one's own account, the list, one person, the audit log.

use domain::ids::UserId;
use domain::section::{Section, Sections};
use protocol::Hash;
use web::csrf::CsrfToken;
use web::fragment::Tone;

use super::{LONGEST, LONGEST_STORE, NOW_MS, TODAY, each, id};
use crate::config::Config;
use crate::db::api_keys::ApiKey;
use crate::db::audit::AuditRow;
use crate::db::login_sessions::{Open, Whereabouts};
use crate::db::users::{Role, User};
use crate::second_factor::Offered;
use crate::web::account::Wrong;
use crate::web::account::page::{CodeState, View as AccountView};
use crate::web::audit::AuditQuery;
use crate::web::audit::page::View as AuditView;
use crate::web::login_code::{self, View as CodeView};
use crate::web::people::form::{self, Typed};
use crate::web::people::page::{Person, View as PeopleView, person};
use crate::web::people::{PeopleQuery, PeopleReport, PersonOfList};

fn user(role: Role, access_ends_ms: Option<i64>) -> User {
    User {
        id: UserId::from_uuid(id(5)),
        login: "nguyen.huong".to_owned(),
        name: LONGEST.to_owned(),
        password_hash: String::new(),
        role,
        is_active: true,
        access_ends_ms,
    }
}

#[test]
fn account() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let open = |number: u8, agent: &str| Open {
        id: Hash::of(&[&[number]]),
        signed_in_at_ms: NOW_MS - 60_000,
        seen_at_ms: NOW_MS,
        whereabouts: Whereabouts { agent: agent.to_owned(), network: "203.0.113.0/24".to_owned() },
    };
    let sessions = [open(1, "Windows Chrome"), open(2, "")];
    let offered = Offered {
        secret: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".to_owned(),
        uri: "otpauth://totp/OCOP:x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned(),
    };
    let wrong = Wrong {
        old: Some(LONGEST.to_owned()),
        new: Some(LONGEST.to_owned()),
        code: Some(LONGEST.to_owned()),
        key: Some(LONGEST.to_owned()),
    };
    let keys = [None, Some(TODAY)].map(|used_on| ApiKey {
        id: id(u128::from(used_on.is_some())),
        name: LONGEST.to_owned(),
        made_at_ms: NOW_MS,
        used_on,
    });
    let editor = Role::Editor(Sections::of(Section::ALL));
    each(|lang| {
        let mut pages = Vec::new();
        for (code, wrong, role) in [
            (CodeState::Off, Wrong::default(), Role::Admin),
            (CodeState::Offered(offered.clone()), wrong.clone(), editor),
            (CodeState::On, Wrong::default(), Role::Auditor),
        ] {
            let user = user(role, (role == Role::Auditor).then_some(NOW_MS));
            let view = AccountView {
                lang,
                csrf: &csrf,
                user: &user,
                is_code_needed: true,
                here: Some(sessions[0].id),
                sessions: &sessions,
                keys: if role == Role::Admin { &[] } else { &keys },
                code: &code,
                wrong: &wrong,
                told: Some((Tone::Good, LONGEST.to_owned())),
            };
            pages.push(view.render());
        }
        let views = [
            CodeView { next: None, error: None },
            CodeView { next: Some("/sales?period=week&stars=4"), error: Some(LONGEST) },
        ];
        pages.extend(views.map(|view| login_code::page(&Config::default(), lang, &csrf, &view)));
        pages
    });
}

fn listed(number: u128, role: &str) -> PersonOfList {
    PersonOfList {
        user_id: id(number),
        login: "nguyen.huong".to_owned(),
        name: LONGEST.to_owned(),
        role: role.to_owned(),
        sections: if role == "editor" { "trade industry agriculture finance" } else { "" }.to_owned(),
        whose: (role == "operator").then(|| LONGEST_STORE.to_owned()),
        is_active: role != "producer",
        access_ends_ms: (role == "auditor").then_some(NOW_MS + if number > 4 { 1 } else { 0 }),
        has_code: role == "admin",
        session_count: i64::from(role == "admin"),
    }
}

fn acts() -> Vec<AuditRow> {
    ["user.add", "login.begin", "something.new"]
        .map(|action| AuditRow {
            seq: 17,
            at_ms: NOW_MS,
            actor: if action == "user.add" { "command line" } else { LONGEST }.to_owned(),
            action: action.to_owned(),
            subject: id(5).to_string(),
            detail: LONGEST.to_owned(),
            hash: vec![0; 32],
        })
        .to_vec()
}

#[test]
fn people() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let roles = ["admin", "editor", "department", "auditor", "auditor", "operator", "producer"];
    let people: Vec<PersonOfList> = (1..).zip(roles).map(|(number, role)| listed(number, role)).collect();
    let full = PeopleReport { people, page_before: Some(id(1)), page_after: Some(id(2)) };
    let empty = PeopleReport { people: Vec::new(), page_before: None, page_after: None };
    let query = PeopleQuery { q: "a".to_owned(), ..PeopleQuery::default() };
    let (names, acts) = (vec![LONGEST_STORE.to_owned()], acts());
    each(|lang| {
        let mut pages: Vec<_> = [&full, &empty]
            .map(|report| PeopleView { lang, now_ms: NOW_MS, query: &query, report }.render())
            .to_vec();
        pages.push(form::page(lang, &csrf, &Typed::new("x"), ("/people/new", &names, true)));
        for (each, role) in
            full.people.iter().zip([Role::Admin, Role::Editor(Sections::of(Section::ALL)), Role::Department])
        {
            let typed = Typed::of(&user(role, Some(NOW_MS)), each.whose.as_deref());
            let link = each.has_code.then_some("https://ocop.example/welcome/7Q3F0123ABCDXY107Q3F0123AB");
            let shown = Person {
                lang,
                now_ms: NOW_MS,
                csrf: &csrf,
                person: each,
                typed: &typed,
                names: &names,
                link,
                acts: &acts,
            };
            pages.push(person(&shown));
        }
        pages
    });
}

#[test]
fn audit() {
    let acts = acts();
    each(|lang| {
        [(&acts[..], Some(3), Some((Tone::Alarm, LONGEST.to_owned()))), (&[], None, None)]
            .map(|(rows, before, told)| {
                let query = AuditQuery { before, ..AuditQuery::default() };
                AuditView { lang, query: &query, rows, before, told }.render()
            })
            .to_vec()
    });
}
