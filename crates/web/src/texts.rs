//! Texts on screen, both languages side by side.
//!
//! [`texts!`](crate::texts!) turns each line into a method of [`Lang`](crate::Lang), through a trait that the crate names:
//!
//! ```
//! use web::Lang;
//!
//! web::texts! {
//!     /// What the counter says.
//!     pub trait CounterTexts;
//!     pay() "Thanh toán" / "Pay";
//!     unknown_code(code) "Không có mã {code}. Gõ tên để tìm." / "No item has code {code}. Type a name to search.";
//! }
//!
//! assert_eq!(Lang::Vi.pay(), "Thanh toán");
//! assert_eq!(Lang::En.unknown_code("893"), "No item has code 893. Type a name to search.");
//! assert!(web::texts::faults(<Lang as CounterTexts>::ALL).is_empty());
//! ```
//!
//! A missing text or argument does not compile. A text without arguments is a `&'static str`, one with arguments a `String`;
//! an argument is anything with `Display`, so format numbers and dates first ([`format`](mod@crate::format)). English plurals are
//! worded away ("sales: {n}").

use unicode_normalization::is_nfc;

/// Declares a trait with one method for each text and implements it for [`Lang`](crate::Lang); see [`texts!`](crate::texts!).
#[macro_export]
macro_rules! texts {
    (@method $name:ident() $vi:literal $en:literal) => {
        #[doc = concat!("`", $vi, "` / `", $en, "`")]
        fn $name(self) -> &'static str
        where
            Self: Into<$crate::Lang>,
        {
            match self.into() {
                $crate::Lang::Vi => $vi,
                $crate::Lang::En => $en,
            }
        }
    };
    (@method $name:ident($($argument:ident),+) $vi:literal $en:literal) => {
        #[doc = concat!("`", $vi, "` / `", $en, "`")]
        fn $name(self, $($argument: impl ::std::fmt::Display),+) -> String
        where
            Self: Into<$crate::Lang>,
        {
            match self.into() {
                $crate::Lang::Vi => format!($vi),
                $crate::Lang::En => format!($en),
            }
        }
    };
    ($(#[$meta:meta])* $visibility:vis trait $trait:ident;
     $($name:ident($($argument:ident),*) $vi:literal / $en:literal;)+) => {
        $(#[$meta])*
        $visibility trait $trait: Sized {
            /// Every text, for tests.
            const ALL: &'static [$crate::texts::Text] = &[$($crate::texts::Text {
                name: stringify!($name),
                arguments: &[$(stringify!($argument)),*],
                vi: $vi,
                en: $en,
            }),+];
            $($crate::texts!(@method $name($($argument),*) $vi $en);)+
        }
        impl $trait for $crate::Lang {}
    };
}

/// One text in both languages, as declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// The method's name.
    pub name: &'static str,
    /// The method's arguments.
    pub arguments: &'static [&'static str],
    /// Vietnamese, with `{argument}` in place of each argument.
    pub vi: &'static str,
    /// English, with `{argument}` in place of each argument.
    pub en: &'static str,
}

/// Returns what is wrong with the texts, one sentence each: a text that is empty, has space at an end, is not in Unicode's
/// composed form (NFC), or does not name each argument. For the test of the crate that declares them.
pub fn faults(texts: &[Text]) -> Vec<String> {
    texts
        .iter()
        .flat_map(|text| [(text, "vi", text.vi), (text, "en", text.en)])
        .filter_map(|(text, lang, words)| {
            let fault = fault(words, text.arguments)?;
            Some(format!("{} ({lang}) {fault}: {words:?}", text.name))
        })
        .collect()
}

fn fault(words: &str, arguments: &[&str]) -> Option<&'static str> {
    if words.is_empty() {
        Some("is empty")
    } else if words != words.trim() {
        Some("has space at an end")
    } else if !is_nfc(words) {
        Some("is not NFC")
    } else if sorted(named(words)) != sorted(arguments.to_vec()) {
        Some("does not name its arguments exactly")
    } else {
        None
    }
}

/// Returns the arguments that the words name, each once.
fn named(words: &str) -> Vec<&str> {
    words.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn sorted(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    crate::texts! {
        trait SampleTexts;
        pay() "Thanh toán" / "Pay";
        offline(time, n) "Chưa nối từ {time} · {n} đơn chờ gửi" / "Unreachable since {time} · {n} sales waiting";
    }

    #[test]
    fn a_line_becomes_a_method() {
        assert_eq!((Lang::Vi.pay(), Lang::En.pay()), ("Thanh toán", "Pay"));
        assert_eq!(Lang::Vi.offline("09:12", 14), "Chưa nối từ 09:12 · 14 đơn chờ gửi");
        assert_eq!(Lang::En.offline("09:12", 14), "Unreachable since 09:12 · 14 sales waiting");
        assert_eq!(<Lang as SampleTexts>::ALL.len(), 2);
        assert_eq!(faults(<Lang as SampleTexts>::ALL), Vec::<String>::new());
    }

    #[test]
    fn each_kind_of_fault_is_found() {
        for (vi, en, expected) in [
            ("", "Pay", "pay (vi) is empty: \"\""),
            ("Trả", " Pay", "pay (en) has space at an end: \" Pay\""),
            ("Tra\u{309}", "Pay", "pay (vi) is not NFC: \"Tra\\u{309}\""),
            ("Trả {n}", "Pay", "pay (vi) does not name its arguments exactly: \"Trả {n}\""),
        ] {
            assert_eq!(faults(&[Text { name: "pay", arguments: &[], vi, en }]), [expected]);
        }
        let lacking = Text { name: "due", arguments: &["n"], vi: "Còn {n}, {n}", en: "Due" };
        assert_eq!(faults(&[lacking]), ["due (en) does not name its arguments exactly: \"Due\""]);
    }
}
