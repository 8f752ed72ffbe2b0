//! Names as people search for them: `toi ly son` finds "Tỏi Lý Sơn".
//!
//! The folded name is stored beside the name and compared by the database byte for byte, because the two
//! databases disagree about case, and one of them leaves Vietnamese capitals alone.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns the name in small letters without marks, đ as d, words apart by one blank. Composed and decomposed
/// spellings of a name give the same text; folding twice changes nothing.
pub fn name_fold(name: &str) -> String {
    let folded: String = without_marks(name).chars().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = words(&folded).collect();
    words.join(" ")
}

/// Returns the pattern that finds folded names holding each word of `search`, in this order, anywhere: for
/// `name_fold like $1 escape '!'`. No words give `%`, which finds every name.
pub fn like_pattern(search: &str) -> String {
    let mut pattern = String::from("%");
    for word in words(&name_fold(search)) {
        for c in word.chars() {
            if matches!(c, '!' | '%' | '_') {
                pattern.push('!');
            }
            pattern.push(c);
        }
        pattern.push('%');
    }
    pattern
}

/// Returns the text with each letter and its marks as one character, as far as there is one.
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// Returns the text without marks, capitals kept, đ as d. Wide and other compatibility forms become plain ones.
pub(crate) fn without_marks(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            // The Icelandic letter looks the same as a capital and is met in files from old Vietnamese encodings.
            'Đ' | 'Ð' => 'D',
            'đ' | 'ð' => 'd',
            other => other,
        })
        .collect()
}

/// Control characters part words too: PostgreSQL refuses a text with a NUL.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALPHABET: &str = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ";
    const PLAIN: &str = "aaaaaaaaaaaaaaaaaaeeeeeeeeeeeeiiiiiioooooooooooooooooouuuuuuuuuuuuyyyyyyd";

    #[test]
    fn names() {
        for (name, folded) in [
            ("Tỏi Lý Sơn (Phú Sinh)", "toi ly son (phu sinh)"),
            ("  Rượu   cần\tHrê \u{a0}Đặc sản\n", "ruou can hre dac san"),
            ("ĐƯỜNG PHỔI", "duong phoi"),
            ("Ðường phèn", "duong phen"),
            ("Mật ong\u{0}rừng", "mat ong rung"),
            ("ＯＣＯＰ ４", "ocop 4"),
            ("500g × 2", "500g × 2"),
            ("İstanbul", "istanbul"),
            ("", ""),
            (" \u{301} ", ""),
        ] {
            assert_eq!(name_fold(name), folded, "{name:?}");
        }
    }

    #[test]
    fn every_vietnamese_letter_composed_or_not_small_or_capital() {
        assert_eq!(ALPHABET.chars().count(), 73, "12 vowels x 6 tones, and đ");
        for text in [ALPHABET.to_owned(), ALPHABET.to_uppercase()] {
            assert_eq!(name_fold(&text.nfc().collect::<String>()), PLAIN);
            assert_eq!(name_fold(&text.nfd().collect::<String>()), PLAIN);
        }
    }

    #[test]
    fn patterns() {
        for (search, pattern) in [
            ("Tỏi Sơn", "%toi%son%"),
            ("", "%"),
            ("  \t", "%"),
            ("100%", "%100!%%"),
            ("a_b!c", "%a!_b!!c%"),
            ("％", "%!%%"),
        ] {
            assert_eq!(like_pattern(search), pattern, "{search:?}");
        }
    }

    /// What `like … escape '!'` does, for small texts.
    fn is_like(text: &[char], pattern: &[char]) -> bool {
        match pattern {
            [] => text.is_empty(),
            ['%', rest @ ..] => (0..=text.len()).any(|skipped| is_like(&text[skipped..], rest)),
            ['!', literal, rest @ ..] | [literal, rest @ ..] => {
                assert!(*literal != '_' || pattern[0] == '!', "an unescaped wildcard");
                text.first() == Some(literal) && is_like(&text[1..], rest)
            }
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let folded = name_fold(&text);
            prop_assert_eq!(&name_fold(&folded), &folded);
        }

        #[test]
        fn spelling_and_case_do_not_matter(text in "[ a-zA-ZàảãáạăằẳẵắặâầẩẫấậêềểễếệơờởỡớợưừửữứựđĐ0-9%_!]{0,40}") {
            let folded = name_fold(&text);
            prop_assert_eq!(&name_fold(&text.nfd().collect::<String>()), &folded);
            prop_assert_eq!(&name_fold(&text.nfc().collect::<String>()), &folded);
            prop_assert_eq!(&name_fold(&text.to_uppercase()), &folded);
        }

        #[test]
        fn a_name_is_found_by_some_of_its_words(
            words in prop::collection::vec(("[aăđ%_!0-9]{1,3}", any::<bool>()), 0..5),
        ) {
            let name: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
            let search: Vec<&str> = words.iter().filter(|(_, asked)| *asked).map(|(word, _)| word.as_str()).collect();
            let name: Vec<char> = name_fold(&name.join(" ")).chars().collect();
            let pattern: Vec<char> = like_pattern(&search.join(" ")).chars().collect();
            prop_assert!(is_like(&name, &pattern));
            let other: Vec<char> = like_pattern("xyz").chars().collect();
            prop_assert!(!is_like(&name, &other));
        }
    }
}
