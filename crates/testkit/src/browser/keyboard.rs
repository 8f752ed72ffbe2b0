//! Keys as a keyboard sends them: each with its place on the keyboard, and with the time at which it was pressed.
//!
//! A page tells a scanner from a person by the times of the keys, which the operating system notes when they arrive, not
//! by when a busy page gets to them. So a [`Keyboard`] gives each key its time: a test of a scanner's pace means the
//! same on an idle and on an overloaded machine.

use std::time::Duration;

use serde_json::json;
use thirtyfour::prelude::WebDriverResult;

use super::Browser;

/// Time that a scanner takes for a character.
pub const SCANNER_KEY: Duration = Duration::from_millis(10);

/// A key of the keyboard and what it types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// What it means: `8`, `Enter`, `F9`, `Process`.
    key: String,
    /// Where it is: `Digit8`.
    code: String,
    /// Windows' number of it.
    number: u32,
    /// What it types, if anything.
    text: String,
    /// Bits: 1 for Alt, 2 for Control.
    held: u8,
}

impl Stroke {
    /// Returns a key by the name that `aria-keyshortcuts` gives it: `8`, `a`, `Enter`, `F9`, `Control+P`.
    /// Panics for one that is not on the keyboard of a counter.
    pub fn of(name: &str) -> Self {
        if let Some(name) = name.strip_prefix("Control+") {
            return Self::of(name).with_held(2);
        }
        if let Some(name) = name.strip_prefix("Alt+") {
            return Self::of(name).with_held(1);
        }
        let (code, number, text) = match name {
            "Enter" => ("Enter".to_owned(), 13, "\r"),
            "Tab" => ("Tab".to_owned(), 9, ""),
            "Escape" => ("Escape".to_owned(), 27, ""),
            "ArrowUp" => ("ArrowUp".to_owned(), 38, ""),
            "ArrowDown" => ("ArrowDown".to_owned(), 40, ""),
            "Insert" => ("Insert".to_owned(), 45, ""),
            "Delete" => ("Delete".to_owned(), 46, ""),
            " " => ("Space".to_owned(), 32, " "),
            _ => match (name.strip_prefix('F').and_then(|number| number.parse::<u32>().ok()), one(name)) {
                (Some(number @ 1..=12), _) => (name.to_owned(), 111 + number, ""),
                (None, Some(digit @ '0'..='9')) => (format!("Digit{digit}"), u32::from(digit), name),
                (None, Some(letter)) if letter.is_ascii_alphabetic() => {
                    let letter = letter.to_ascii_uppercase();
                    (format!("Key{letter}"), u32::from(letter), name)
                }
                _ => panic!("the keyboard has no key {name:?}"),
            },
        };
        Self { key: name.to_owned(), code, number, text: text.to_owned(), held: 0 }
    }

    /// Returns the same key on a layout on which it types something else.
    #[must_use]
    pub fn typing(self, text: &str) -> Self {
        Self { key: text.to_owned(), text: text.to_owned(), ..self }
    }

    /// Returns the same key as an input method passes it on: what it types comes later, by the input method.
    #[must_use]
    pub fn processed(self) -> Self {
        Self { key: "Process".to_owned(), number: 229, text: String::new(), ..self }
    }

    /// With a key held down nothing is typed.
    fn with_held(self, held: u8) -> Self {
        Self { text: String::new(), held: self.held | held, ..self }
    }
}

fn one(name: &str) -> Option<char> {
    let mut characters = name.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// Hands on the keyboard of the window in front: each key is pressed [`SCANNER_KEY`] after the one before it, as the
/// page sees it, however long the test waits in between.
#[derive(Debug)]
pub struct Keyboard<'a> {
    browser: &'a Browser,
    /// When the next key is pressed, since 1970.
    next: Duration,
    pace: tokio::time::Interval,
}

impl Keyboard<'_> {
    /// Presses a key.
    pub async fn press(&mut self, name: &str) -> WebDriverResult<()> {
        self.strike(&Stroke::of(name)).await
    }

    /// Presses a key of another layout or of an input method.
    pub async fn strike(&mut self, stroke: &Stroke) -> WebDriverResult<()> {
        // An interval keeps the pace whatever a key costs; a delay would add to it.
        self.pace.tick().await;
        let pressed = self.next;
        self.next += SCANNER_KEY;
        self.browser.send_key(stroke, Some(pressed)).await
    }

    /// Types a code and Enter, as a scanner does.
    pub async fn scan(&mut self, code: &str) -> WebDriverResult<()> {
        self.type_keys(code).await?;
        self.press("Enter").await
    }

    /// Types letters and digits.
    pub async fn type_keys(&mut self, text: &str) -> WebDriverResult<()> {
        for character in text.chars() {
            self.press(character.encode_utf8(&mut [0; 4])).await?;
        }
        Ok(())
    }

    /// Lets time pass, as the page sees it, before the next key.
    pub fn pause(&mut self, pause: Duration) {
        self.next += pause;
    }
}

impl Browser {
    /// Puts hands on the keyboard, now.
    pub async fn keyboard(&self) -> WebDriverResult<Keyboard<'_>> {
        let now_ms = self.read("return performance.timeOrigin + performance.now()").await?;
        let now_ms: f64 = now_ms.parse().expect("a number");
        let next = Duration::from_secs_f64(now_ms / 1_000.0);
        Ok(Keyboard { browser: self, next, pace: tokio::time::interval(SCANNER_KEY) })
    }

    /// Presses a key as a person does, now.
    pub async fn press(&self, name: &str) -> WebDriverResult<()> {
        self.send_key(&Stroke::of(name), None).await
    }

    /// Types a code and Enter into whatever has the focus, 10 ms a key, as a scanner does.
    pub async fn type_like_scanner(&self, code: &str) -> WebDriverResult<()> {
        self.keyboard().await?.scan(code).await
    }

    async fn send_key(&self, stroke: &Stroke, pressed: Option<Duration>) -> WebDriverResult<()> {
        let down = if stroke.text.is_empty() { "rawKeyDown" } else { "keyDown" };
        for kind in [down, "keyUp"] {
            let mut event = json!({
                "type": kind,
                "key": stroke.key,
                "code": stroke.code,
                "windowsVirtualKeyCode": stroke.number,
                "modifiers": stroke.held,
            });
            if kind == "keyDown" {
                event["text"] = json!(stroke.text);
            }
            if let Some(pressed) = pressed {
                event["timestamp"] = json!(pressed.as_secs_f64());
            }
            self.driver.cdp().send_raw("Input.dispatchKeyEvent", event).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_where_they_are() {
        for (name, code, number, text, held) in [
            ("8", "Digit8", 56, "8", 0),
            ("a", "KeyA", 65, "a", 0),
            ("F9", "F9", 120, "", 0),
            ("F12", "F12", 123, "", 0),
            ("Enter", "Enter", 13, "\r", 0),
            ("Alt+M", "KeyM", 77, "", 1),
            ("Control+P", "KeyP", 80, "", 2),
        ] {
            let stroke = Stroke::of(name);
            let found = (stroke.code.as_str(), stroke.number, stroke.text.as_str(), stroke.held);
            assert_eq!(found, (code, number, text, held), "{name}");
        }
        assert_eq!(Stroke::of("8").typing("á").code, "Digit8");
        assert_eq!(Stroke::of("8").processed().key, "Process");
    }

    #[test]
    #[should_panic(expected = "no key \"F13\"")]
    fn a_key_that_is_nowhere_is_refused() {
        Stroke::of("F13");
    }
}
