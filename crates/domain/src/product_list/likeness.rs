//! When two names may be the same thing. Only a person knows whether they are.

use unicode_normalization::UnicodeNormalization;

use crate::name_fold::name_fold;

/// Shorter names, in letters, must be the same: one letter makes another word of them.
const LETTERS_FOR_ONE: usize = 6;
/// From here on two letters may differ.
const LETTERS_FOR_TWO: usize = 12;
/// Names are compared up to here, in letters.
const LETTERS_MAX: usize = 200;
/// What makers are called in short.
const SHORT: &[(&str, &str)] = &[
    ("htx", "hop tac xa"),
    ("cty", "cong ty"),
    ("ct", "cong ty"),
    ("hkd", "ho kinh doanh"),
    ("hgd", "ho gia dinh"),
    ("cssx", "co so san xuat"),
    ("thd", "to hop tac"),
    ("tht", "to hop tac"),
    ("dntn", "doanh nghiep tu nhan"),
    ("dn", "doanh nghiep"),
    ("trach nhiem huu han", "tnhh"),
];

/// Returns the words in small letters without marks and signs, apart by one blank.
pub fn plain(text: &str) -> String {
    let folded: String =
        name_fold(text).chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what names that are written alike have in common: letters and digits, nothing between them.
pub fn name_key(name: &str) -> String {
    plain(name).chars().filter(|letter| *letter != ' ').take(LETTERS_MAX).collect()
}

/// Returns the same for a producer, short forms written out; empty for nobody.
pub fn producer_key(name: &str) -> String {
    let mut words = format!(" {} ", plain(name));
    for (short, long) in SHORT {
        words = words.replace(&format!(" {short} "), &format!(" {long} "));
    }
    words.chars().filter(|letter| *letter != ' ').take(LETTERS_MAX).collect()
}

/// True for the same words: only case, blanks and the way in which marks are stored may differ.
pub fn is_same_name(a: &str, b: &str) -> bool {
    written(a) == written(b)
}

fn written(name: &str) -> String {
    let lower: String = name.nfc().flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True when two keys of [`name_key`] differ by a slip of the hand at most. Numbers must be the same: they are weights and counts.
pub fn is_close(a: &str, b: &str) -> bool {
    let (shorter, longer) =
        (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    let most = match shorter {
        ..LETTERS_FOR_ONE => 0,
        LETTERS_FOR_ONE..LETTERS_FOR_TWO => 1,
        _ => 2,
    };
    longer - shorter <= most && digits(a).eq(digits(b)) && distance_within(a, b, most)
}

fn digits(key: &str) -> impl Iterator<Item = char> + '_ {
    key.chars().filter(char::is_ascii_digit)
}

/// Levenshtein's distance, given up as soon as it exceeds `most`.
fn distance_within(a: &str, b: &str, most: usize) -> bool {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in (1..).zip(a.chars()) {
        let mut diagonal = i - 1;
        let mut left = i;
        let mut least = i;
        if let Some(first) = row.first_mut() {
            *first = i;
        }
        for (cell, other) in row.iter_mut().skip(1).zip(&b) {
            let value = (diagonal + usize::from(letter != *other)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = value;
            left = value;
            least = least.min(value);
        }
        if least > most {
            return false;
        }
    }
    row.last().is_some_and(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_and_makers_written_in_other_ways() {
        assert_eq!(name_key("Nước mắm  Mười-Quý"), name_key("NUOC MAM MUOI QUY"));
        assert_eq!(producer_key("HTX Nông nghiệp Lý Sơn"), producer_key("Hợp tác xã nông nghiệp Lý Sơn"));
        assert_eq!(producer_key("Cty TNHH Phú Sinh"), producer_key("Công ty trách nhiệm hữu hạn Phú Sinh"));
        assert_eq!(producer_key(" - "), "");
        assert!(is_same_name("Tỏi  Lý Sơn", "tỏi lý sơn ") && !is_same_name("Tỏi Lý Sơn", "Toi Ly Son"));
    }

    #[test]
    fn a_slip_of_the_hand_is_close_and_another_product_is_not() {
        for (a, b, expected) in [
            ("Nước mắm Mười Quý", "Nước mắn Mười Quý", true),
            ("Nước mắm cá cơm Sa Huỳnh", "Nước mắm cá cơm Sa Hùynh ", true),
            ("Tỏi đen cô đơn", "Tỏi đen cô dơnn", true),
            ("Mật ong rừng 500ml", "Mật ong rừng 250ml", false),
            ("Mật ong rừng 500ml", "Mật ong rửng 500ml", true),
            ("Chả cá", "Chả bò", false),
            ("Trà", "Tra", true),
            ("Muối", "Muỗi", true),
            ("Tôm", "Tam", false),
            ("Rượu cần", "Rượu gạo", false),
            ("Tinh dầu quế Trà Bồng", "Tinh dầu sả Trà Bồng", false),
        ] {
            assert_eq!(is_close(&name_key(a), &name_key(b)), expected, "{a} / {b}");
        }
    }

    proptest! {
        #[test]
        fn likeness_goes_both_ways(a in "[a-d]{0,16}", b in "[a-d]{0,16}") {
            prop_assert_eq!(is_close(&a, &b), is_close(&b, &a));
            prop_assert!(is_close(&a, &a));
        }

        #[test]
        fn one_letter_more_is_close(a in "[a-z]{6,40}", place in 0usize..40, letter in "[a-z]") {
            let mut b = a.clone();
            b.insert_str(place % a.len(), &letter);
            prop_assert!(is_close(&a, &b));
        }

        #[test]
        fn keys_fold_once(name: String) {
            let key = name_key(&name);
            prop_assert_eq!(name_key(&key), key.clone());
        }
    }
}
