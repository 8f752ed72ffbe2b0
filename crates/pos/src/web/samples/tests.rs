//! What must hold for every part of a page, with every sample, in both languages.

use std::collections::BTreeSet;

use axum::http::Method;

use super::*;
use crate::router::routes;
use crate::web::keys;

/// The values of an attribute.
fn values<'a>(markup: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    markup.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_part_is_sound_in_both_languages() {
    for lang in Lang::ALL {
        for markup in rendered(lang) {
            let markup = markup.into_string();
            assert!(
                !markup.contains(" style=") && !markup.contains("<b>") && !markup.contains("\r"),
                "{markup}"
            );
            let ids = values(&markup, "id");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id twice: {ids:?}");
            for label in values(&markup, "for") {
                assert!(ids.contains(&label), "a label for nothing: {label}");
            }
        }
    }
}

#[test]
fn no_button_and_no_link_is_dead() {
    let routes = routes();
    let is_route = |method: Method, path: &str| {
        let path = path.split('?').next().unwrap_or_default();
        let same = |pattern: &str| {
            let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
            loop {
                match (pattern.next(), path.next()) {
                    (None, None) => return true,
                    (Some(part), Some(given))
                        if part == given || (part.starts_with('{') && !given.is_empty()) => {}
                    _ => return false,
                }
            }
        };
        routes.iter().any(|route| route.method == method && same(route.path))
    };
    let mut posts = BTreeSet::new();
    for markup in rendered(Lang::Vi) {
        let markup = markup.into_string();
        for form in markup.split("<form ").skip(1).filter_map(|rest| rest.split('>').next()) {
            let method = if form.contains("method=\"get\"") { Method::GET } else { Method::POST };
            for path in values(form, "action") {
                assert!(is_route(method.clone(), path), "{method} {path}");
                posts.extend((method == Method::POST).then(|| path.to_owned()));
            }
        }
        for path in values(&markup, "data-post") {
            assert!(is_route(Method::POST, path), "POST {path}");
            posts.insert(path.to_owned());
        }
        for path in [values(&markup, "href"), values(&markup, "src")].concat() {
            assert!(is_route(Method::GET, path), "GET {path}");
        }
    }
    assert!(posts.len() >= 15, "{posts:?}");
}

/// The help is the list that the buttons are made from; here, that every key of the list has its button.
#[test]
fn every_key_of_the_help_presses_something_once() {
    let state = CounterState { chosen: Some(1), ..usual() };
    let shown = |side: &Side| {
        let cart = cart::fragment(Lang::Vi, &state).into_string();
        let side = side::fragment(Lang::Vi, &state, side).into_string();
        let tabs =
            tabs::fragment(Lang::Vi, &state).into_string() + &tabs::undo(Lang::Vi, &state).into_string();
        [
            values(&cart, "aria-keyshortcuts"),
            values(&side, "aria-keyshortcuts"),
            values(&tabs, "aria-keyshortcuts"),
        ]
        .concat()
        .iter()
        .map(|key| (*key).to_owned())
        .collect::<Vec<_>>()
    };
    let at_the_counter = shown(&Side::Keys);
    // The box and the person's name stand outside of what is swapped.
    let outside = [keys::FIND.shortcut, keys::SWITCH.shortcut];
    for key in keys::AT_THE_COUNTER.iter().filter(|key| !outside.contains(&key.shortcut)) {
        let buttons = at_the_counter.iter().filter(|shown| *shown == key.shortcut).count();
        assert_eq!(buttons, 1, "{}", key.shortcut);
    }
    let of_tabs =
        at_the_counter.iter().filter(|key| key.starts_with("Alt+") && key.ends_with(char::is_numeric));
    assert_eq!(of_tabs.count(), state.carts.len());
    assert_eq!(
        at_the_counter.len(),
        keys::AT_THE_COUNTER.len() - outside.len() + state.carts.len(),
        "{at_the_counter:?}"
    );
    let in_the_panel: Vec<String> = sides()
        .iter()
        .filter(|side| matches!(side, Side::Tender(tender) if matches!(tender.way, Way::Cash | Way::Vietqr)))
        .flat_map(|side| {
            values(&side::fragment(Lang::Vi, &state, side).into_string(), "aria-keyshortcuts")
                .iter()
                .map(|key| (*key).to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    for key in keys::WHILE_PAYING {
        assert!(in_the_panel.contains(&key.shortcut.to_owned()), "{}", key.shortcut);
    }
}

/// A key that is in no list of the help is nobody's. Each panel has its list; out of all of them leads Escape, and Enter is
/// the browser's.
#[test]
fn every_key_of_a_panel_is_in_its_list_of_the_help() {
    let [counter, paying, reducing, _, _, twins] = &keys::SECTIONS;
    let more = [gifts::sides(), best_sellers::sides()].concat();
    for state in counters() {
        let stays = [
            cart::fragment(Lang::Vi, &state),
            tabs::fragment(Lang::Vi, &state),
            tabs::undo(Lang::Vi, &state),
            note::missed(Lang::Vi, &state),
            paper::fragment(Lang::Vi, &state),
            super::super::pad::mark(Lang::Vi, &state),
        ];
        for part in stays {
            let part = part.into_string();
            let listed: Vec<&str> = counter.shortcuts().collect();
            for key in values(&part, "aria-keyshortcuts") {
                assert!(listed.contains(&key), "{key} of {part}");
            }
        }
        for side in sides().iter().chain(&more) {
            let list = match side {
                Side::Keys
                | Side::AsItIs
                | Side::BestSellers { .. }
                | Side::Park
                | Side::Parked { .. }
                | Side::Menu(_) => Some(counter),
                Side::Tender(_) => Some(paying),
                Side::Reduce(_) => Some(reducing),
                Side::Twins(_) => Some(twins),
                _ => None,
            };
            let mut listed = vec![keys::BACK.shortcut, keys::FINISH.shortcut];
            listed.extend(list.into_iter().flat_map(keys::Section::shortcuts));
            let markup = side::fragment(Lang::Vi, &state, side).into_string();
            for key in values(&markup, "aria-keyshortcuts").iter().flat_map(|keys| keys.split(' ')) {
                assert!(listed.contains(&key), "{key} of {side:?}");
            }
        }
    }
}

/// Parts of pages that no visit of a test shows.
#[test]
fn every_key_of_a_part_is_in_some_list_of_the_help() {
    let listed: Vec<&str> = keys::SECTIONS.iter().flat_map(keys::Section::shortcuts).collect();
    for markup in rendered(Lang::Vi) {
        let markup = markup.into_string();
        for key in values(&markup, "aria-keyshortcuts").iter().flat_map(|keys| keys.split(' ')) {
            assert!(listed.contains(&key), "{key} of {markup}");
        }
    }
}

#[test]
fn the_help_lists_what_this_store_has() {
    let help = |state: &CounterState, lang| side::fragment(lang, state, &Side::Help).into_string();
    let (with, without) = (help(&usual(), Lang::Vi), help(&empty(), Lang::Vi));
    for section in keys::SECTIONS {
        assert!(
            with.contains((section.title)(Lang::Vi))
                && help(&usual(), Lang::En).contains((section.title)(Lang::En))
        );
        for key in section.keys() {
            let row = format!("<dt>{}</dt><dd><kbd>{}</kbd></dd>", (key.words)(Lang::Vi), key.cap);
            assert!(with.contains(&row), "{row}");
            assert_eq!(without.contains(&row), key.shortcut != keys::BUYER.shortcut, "{row}");
        }
    }
}

/// Behind the tiles no key is lost; Escape and the key that opened them close them.
#[test]
fn every_key_of_the_column_works_beside_the_tiles() {
    let state = usual();
    let shown = |side: &Side| -> Vec<String> {
        let markup = side::fragment(Lang::Vi, &state, side).into_string();
        let keys = values(&markup, "aria-keyshortcuts").join(" ");
        let mut keys: Vec<String> = keys.split(' ').map(str::to_owned).collect();
        keys.sort();
        keys
    };
    let tiles = best_sellers::sides().into_iter().filter(|side| *side != Side::AsItIs);
    for side in tiles {
        assert_eq!(shown(&side), shown(&Side::Keys), "{side:?}");
    }
}

/// Cashiers' fingers know these.
#[test]
fn the_keys_are_where_they_were() {
    let shortcuts = |keys: &[keys::Key]| keys.iter().map(|key| key.shortcut).collect::<Vec<_>>().join(" ");
    let at_the_counter = "F1 F2 F3 F6 F7 F8 F9 F10 Control+P Control+K Control+L Escape Alt+M Alt+B Alt+N Alt+H Alt+G Alt+P Insert Control+Z ArrowUp ArrowDown Delete Plus -";
    assert_eq!(shortcuts(&keys::AT_THE_COUNTER), at_the_counter);
    assert_eq!(shortcuts(&keys::WHILE_PAYING), "F1 F2 F3 F4 F6 F7 F8 Escape Enter");
}

#[test]
fn a_note_has_a_sign_and_the_bad_ones_are_read_out() {
    for told in notes().into_iter().chain(gifts::notes()).chain(holding::notes()) {
        let markup = note::fragment(Lang::Vi, &told).into_string();
        let is_bad = told.level() == crate::counter::note::Level::Bad;
        assert_eq!(markup.contains("role=\"alert\""), is_bad, "{markup}");
        assert_eq!(markup.contains('✕'), is_bad, "{markup}");
        assert!(told == Note::Ready || markup.contains("class=\"sign\""), "{markup}");
    }
}

#[test]
fn the_chips_say_what_the_cashier_must_know() {
    let chips = |state: &CounterState| chips::fragment(Lang::Vi, state).into_string();
    let offline = chips(&usual());
    let words = offline.replace("<span class=\"wide\">", "").replace("</span>", "");
    assert!(words.contains("Chưa nối trung tâm từ 09:12 · 14 đơn chờ gửi (2.340.000 ₫)"), "{offline}");
    assert!(chips(&longest()).contains("Máy in hết giấy"));
    let paper = paper::fragment(Lang::Vi, &longest()).into_string();
    assert!(paper.contains("Chưa in được LS-7Q3F-000122. Máy in hết giấy. Thay cuộn giấy mới."), "{paper}");
}

#[test]
fn an_empty_cart_still_tells_the_change() {
    let sold = CounterState { lines: Vec::new(), chosen: None, ..usual() };
    assert!(cart::fragment(Lang::Vi, &sold).into_string().contains("40.000 ₫"));
    assert!(!cart::fragment(Lang::Vi, &empty()).into_string().contains("Trả lại"));
}
