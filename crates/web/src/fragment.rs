//! Small pieces that every page uses. Each state has a sign and words, never a colour alone.

use maud::{Markup, html};

use crate::Lang;
use crate::format::{change_text, percent_text};
use crate::words::WebTexts;

/// How good or bad a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing happened, or nothing to say.
    Quiet,
    /// Done.
    Good,
    /// Done, but look at it.
    Warn,
    /// Not done.
    Bad,
    /// Not done and nothing goes on before somebody looks: read out at once, with a sound at the counter.
    Alarm,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad | Self::Alarm => "bad",
        }
    }

    const fn sign(self) -> Option<&'static str> {
        match self {
            Self::Quiet => None,
            Self::Good => Some("✓"),
            Self::Warn => Some("⚠"),
            Self::Bad | Self::Alarm => Some("✕"),
        }
    }

    const fn role(self) -> &'static str {
        match self {
            Self::Alarm => "alert",
            _ => "status",
        }
    }
}

fn sign(tone: Tone) -> Markup {
    html! { @if let Some(sign) = tone.sign() { span.sign aria-hidden="true" { (sign) } } }
}

/// The page's one place for what just happened (`#note`).
pub fn note(tone: Tone, words: &str) -> Markup {
    html! { p #note.note.(tone.class()) role=(tone.role()) { (sign(tone)) span { (words) } } }
}

/// The same look for a message that stays on a page: a warning in a card, a refused form.
pub fn message(tone: Tone, words: &str) -> Markup {
    html! { p.note.(tone.class()) { (sign(tone)) span { (words) } } }
}

/// A state in a word or two: of the printer, of a settlement, of the way to central.
pub fn chip(tone: Tone, words: &str) -> Markup {
    html! { span.chip.(tone.class()) { (sign(tone)) span { (words) } } }
}

/// The OCOP stars beside a name; nothing for a product without.
pub fn stars(lang: Lang, stars: Option<u8>) -> Markup {
    html! {
        @if let Some(stars) = stars {
            " " span.star { span aria-hidden="true" { (stars) "★" } span.hidden { (lang.stars(stars)) } }
        }
    }
}

/// A change against the period before, in thousandths: `▲ 9,3 %`. Nothing when there is nothing to compare with.
pub fn change(lang: Lang, per_mille: Option<i64>) -> Markup {
    let Some(per_mille) = per_mille else { return html! { span.change { "–" } } };
    let size = percent_text(per_mille.saturating_abs());
    match per_mille.signum() {
        1 => {
            html! { span.change.up { span aria-hidden="true" { "▲ " (size) } span.hidden { (lang.change_up(&size)) } } }
        }
        -1 => {
            html! { span.change.down { span aria-hidden="true" { "▼ " (size) } span.hidden { (lang.change_down(&size)) } } }
        }
        _ => html! { span.change { (change_text(0)) } },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_sign_and_words() {
        for (tone, expected) in [
            (Tone::Quiet, r#"<p class="note quiet" id="note" role="status"><span>Sẵn sàng</span></p>"#),
            (
                Tone::Good,
                r#"<p class="note good" id="note" role="status"><span class="sign" aria-hidden="true">✓</span><span>Sẵn sàng</span></p>"#,
            ),
            (
                Tone::Alarm,
                r#"<p class="note bad" id="note" role="alert"><span class="sign" aria-hidden="true">✕</span><span>Sẵn sàng</span></p>"#,
            ),
        ] {
            assert_eq!(note(tone, "Sẵn sàng").into_string(), expected);
        }
        assert!(chip(Tone::Warn, "<b>").into_string().ends_with("⚠</span><span>&lt;b&gt;</span></span>"));
    }

    #[test]
    fn changes_are_said_as_well_as_drawn() {
        let markup = change(Lang::Vi, Some(93)).into_string();
        assert!(markup.contains("▲ 9,3 %") && markup.contains("tăng 9,3 %"), "{markup}");
        let markup = change(Lang::En, Some(-30)).into_string();
        assert!(markup.contains("▼ 3 %") && markup.contains("down 3 %"), "{markup}");
        assert_eq!(change(Lang::Vi, None).into_string(), "<span class=\"change\">–</span>");
        assert_eq!(stars(Lang::Vi, None).into_string(), "");
    }
}
