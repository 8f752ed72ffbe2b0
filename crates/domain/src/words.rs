//! Amounts in Vietnamese words, as invoices and payment papers require.
//!
//! The choices where usage differs: `linh` and not lẻ, `nghìn` and not ngàn, `tư` after mươi and `bốn` elsewhere,
//! `không trăm` wherever a group of three digits follows another, empty groups unsaid.

use crate::Money;

const THOUSAND: u64 = 1_000;
const MILLION: u64 = 1_000_000;
const BILLION: u64 = 1_000_000_000;

/// Returns the amount in words: `Một triệu không trăm linh năm đồng`, `Âm năm nghìn đồng`, `Không đồng`.
pub fn vnd_in_words(amount: Money) -> String {
    let vnd = amount.vnd().unsigned_abs();
    let mut words = Vec::new();
    if amount.is_negative() {
        words.push("âm");
    }
    if vnd == 0 {
        words.push("không");
    }
    let mut follows = false;
    for (unit, name) in [(BILLION * BILLION, Some("tỷ tỷ")), (BILLION, Some("tỷ")), (1, None)] {
        let part = vnd / unit % BILLION;
        if part > 0 {
            push_below_billion(part, follows, &mut words);
            words.extend(name);
            follows = true;
        }
    }
    words.push("đồng");
    capitalised(&words.join(" "))
}

/// `follows`: something larger was said before, so the first group names its missing hundreds.
fn push_below_billion(number: u64, follows: bool, words: &mut Vec<&'static str>) {
    let mut follows = follows;
    for (unit, name) in [(MILLION, Some("triệu")), (THOUSAND, Some("nghìn")), (1, None)] {
        let group = number / unit % THOUSAND;
        if group > 0 {
            push_group(group, follows, words);
            words.extend(name);
            follows = true;
        }
    }
}

/// Reads three digits.
fn push_group(group: u64, follows: bool, words: &mut Vec<&'static str>) {
    let (hundreds, tens, ones) = (group / 100, group / 10 % 10, group % 10);
    let says_hundreds = follows || hundreds > 0;
    if says_hundreds {
        words.extend([digit(hundreds), "trăm"]);
    }
    match tens {
        0 if ones > 0 && says_hundreds => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([digit(tens), "mươi"]),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(ones)),
    }
}

const fn digit(value: u64) -> &'static str {
    match value {
        0 => "không",
        1 => "một",
        2 => "hai",
        3 => "ba",
        4 => "bốn",
        5 => "năm",
        6 => "sáu",
        7 => "bảy",
        8 => "tám",
        _ => "chín",
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts() {
        for (vnd, words) in [
            (0, "Không đồng"),
            (1, "Một đồng"),
            (4, "Bốn đồng"),
            (5, "Năm đồng"),
            (9, "Chín đồng"),
            (10, "Mười đồng"),
            (11, "Mười một đồng"),
            (14, "Mười bốn đồng"),
            (15, "Mười lăm đồng"),
            (20, "Hai mươi đồng"),
            (21, "Hai mươi mốt đồng"),
            (24, "Hai mươi tư đồng"),
            (25, "Hai mươi lăm đồng"),
            (44, "Bốn mươi tư đồng"),
            (55, "Năm mươi lăm đồng"),
            (91, "Chín mươi mốt đồng"),
            (100, "Một trăm đồng"),
            (101, "Một trăm linh một đồng"),
            (104, "Một trăm linh bốn đồng"),
            (105, "Một trăm linh năm đồng"),
            (110, "Một trăm mười đồng"),
            (111, "Một trăm mười một đồng"),
            (115, "Một trăm mười lăm đồng"),
            (121, "Một trăm hai mươi mốt đồng"),
            (500, "Năm trăm đồng"),
            (999, "Chín trăm chín mươi chín đồng"),
            (1_000, "Một nghìn đồng"),
            (1_001, "Một nghìn không trăm linh một đồng"),
            (1_015, "Một nghìn không trăm mười lăm đồng"),
            (10_010, "Mười nghìn không trăm mười đồng"),
            (15_500, "Mười lăm nghìn năm trăm đồng"),
            (21_000, "Hai mươi mốt nghìn đồng"),
            (99_999, "Chín mươi chín nghìn chín trăm chín mươi chín đồng"),
            (105_000, "Một trăm linh năm nghìn đồng"),
            (120_000, "Một trăm hai mươi nghìn đồng"),
            (1_000_000, "Một triệu đồng"),
            (1_000_005, "Một triệu không trăm linh năm đồng"),
            (1_015_000, "Một triệu không trăm mười lăm nghìn đồng"),
            (1_234_567, "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"),
            (24_500_000, "Hai mươi tư triệu năm trăm nghìn đồng"),
            (100_000_004, "Một trăm triệu không trăm linh bốn đồng"),
            (1_000_000_000, "Một tỷ đồng"),
            (1_000_000_001, "Một tỷ không trăm linh một đồng"),
            (1_000_005_000, "Một tỷ không trăm linh năm nghìn đồng"),
            (1_005_000_000, "Một tỷ không trăm linh năm triệu đồng"),
            (21_000_000_000, "Hai mươi mốt tỷ đồng"),
            (1_000_000_000_000, "Một nghìn tỷ đồng"),
            (1_005_000_000_000, "Một nghìn không trăm linh năm tỷ đồng"),
            (3_000_000_000_000_000, "Ba triệu tỷ đồng"),
            (1_000_000_000_000_000_000, "Một tỷ tỷ đồng"),
            (1_000_000_005_000_000_000, "Một tỷ tỷ không trăm linh năm tỷ đồng"),
            (-100_000, "Âm một trăm nghìn đồng"),
            (-1, "Âm một đồng"),
            (
                i64::MAX,
                "Chín tỷ tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ \
                 tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh bảy đồng",
            ),
            (
                i64::MIN,
                "Âm chín tỷ tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ \
                 tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh tám đồng",
            ),
        ] {
            assert_eq!(vnd_in_words(Money::new(vnd)), words, "{vnd}");
        }
    }

    /// Reads words back, so that two amounts can never share them.
    fn vnd_of(words: &str) -> i128 {
        let (mut said, mut large, mut group, mut ones, mut sign) = (0, 0, 0, 0, 1);
        let mut billions = 0_i128;
        for word in words.to_lowercase().split(' ') {
            match word {
                "âm" => sign = -1,
                "linh" | "không" => ones = 0,
                "một" | "mốt" => ones = 1,
                "hai" => ones = 2,
                "ba" => ones = 3,
                "bốn" | "tư" => ones = 4,
                "năm" | "lăm" => ones = 5,
                "sáu" => ones = 6,
                "bảy" => ones = 7,
                "tám" => ones = 8,
                "chín" => ones = 9,
                "mười" => group += 10,
                "mươi" => (group, ones) = (group + ones * 10, 0),
                "trăm" => (group, ones) = (ones * 100, 0),
                "nghìn" | "triệu" => {
                    large += (group + ones) * if word == "nghìn" { 1_000 } else { 1_000_000 };
                    (group, ones) = (0, 0);
                }
                "tỷ" if large + group + ones == 0 => billions *= 1_000_000_000,
                "tỷ" => {
                    said += billions;
                    billions = (large + group + ones) * 1_000_000_000;
                    (large, group, ones) = (0, 0, 0);
                }
                "đồng" => return sign * (said + billions + large + group + ones),
                other => panic!("{other} in {words}"),
            }
        }
        panic!("no đồng at the end of {words}")
    }

    proptest! {
        #[test]
        fn words_read_back_give_the_amount(vnd in prop_oneof![any::<i64>(), 0..100_000_i64, 0..10_000_000_000_i64]) {
            prop_assert_eq!(vnd_of(&vnd_in_words(Money::new(vnd))), i128::from(vnd));
        }

        #[test]
        fn words_read_back_give_round_amounts(
            groups in prop::collection::vec(prop_oneof![Just(0_i64), 0..1_000_i64], 6),
        ) {
            let vnd = groups.iter().fold(0_i64, |vnd, group| vnd * 1_000 + group);
            let words = vnd_in_words(Money::new(vnd));
            prop_assert_eq!(vnd_of(&words), i128::from(vnd));
            prop_assert!(!words.contains("  ") && words.ends_with(" đồng"));
        }
    }
}
