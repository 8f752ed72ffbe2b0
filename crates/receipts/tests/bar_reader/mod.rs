//! Reads bars from a picture as a scanner does: one line across, widths of bars and spaces, quiet zones measured. It
//! shares no table with what draws them.

use receipts::bitmap::Bitmap;

/// Widths of Code 128's symbols in modules, by value (ISO/IEC 15417, table 1): 103 to 105 are the starts.
const CODE128: [&str; 106] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232",
];
const STOP: &str = "2331112";
/// Digits of EAN in set A: space, bar, space, bar. Set B is its mirror with the colours turned, set C A's turned.
const EAN_A: [&str; 10] = ["3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"];
/// Which of the six left digits are in set B, by the first digit of the thirteen.
const EAN_FIRST: [&str; 10] =
    ["AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"];

/// Returns every text that some line of the picture reads, in the order from above, each once.
pub(crate) fn read_bars(picture: &Bitmap) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let is_new = |y: &usize| *y == 0 || picture.rows().nth(*y) != picture.rows().nth(*y - 1);
    for y in (0..picture.height()).filter(is_new) {
        for text in read_line(picture, y) {
            if !found.contains(&text) {
                found.push(text);
            }
        }
    }
    found
}

/// Runs of one colour, white first, with their widths in dots.
fn runs(picture: &Bitmap, y: usize) -> Vec<usize> {
    let mut runs = vec![0];
    let mut black = false;
    for x in 0..picture.width() {
        if picture.is_black(x, y) == black {
            *runs.last_mut().unwrap() += 1;
        } else {
            runs.push(1);
            black = !black;
        }
    }
    if black {
        runs.push(0);
    }
    runs
}

/// Tries every place where white is followed by bars.
fn read_line(picture: &Bitmap, y: usize) -> Vec<String> {
    let runs = runs(picture, y);
    (0..runs.len())
        .step_by(2)
        .filter_map(|quiet| ean(&runs[quiet..]).or_else(|| code128(&runs[quiet..])))
        .collect()
}

/// Widths in modules as digits, when all are whole and at most `most`.
fn modules(runs: &[usize], module: usize, most: usize) -> Option<String> {
    let one = |run: &usize| {
        let whole = run.is_multiple_of(module) && (1..=most).contains(&(run / module));
        whole.then(|| char::from_digit(u32::try_from(run / module).unwrap(), 10).unwrap())
    };
    runs.iter().map(one).collect()
}

fn ean(runs: &[usize]) -> Option<String> {
    let (quiet, bars) = runs.split_first()?;
    let module = *bars.first()?;
    // Guards 3, 5 and 3, and digits of 4 runs each: 59 runs for 13 digits, 43 for 8.
    [(59, 6, 11), (43, 4, 7)].into_iter().find_map(|(count, half, quiet_modules)| {
        let after = *bars.get(count)?;
        if *quiet < quiet_modules * module || after < 7 * module {
            return None;
        }
        let widths = modules(&bars[..count], module, 4)?;
        let (left, right) = (3 + 4 * half, 8 + 4 * half);
        let guards = [&widths[..3], &widths[left..right], &widths[count - 3..]];
        if guards != ["111", "11111", "111"] {
            return None;
        }
        let mut sets = String::new();
        let mut digits = Vec::new();
        for at in (3..left).step_by(4).chain((right..count - 3).step_by(4)) {
            let mirrored: String = widths[at..at + 4].chars().rev().collect();
            let straight = EAN_A.iter().position(|digit| *digit == &widths[at..at + 4]);
            let turned = EAN_A.iter().position(|digit| *digit == mirrored);
            sets.push(if straight.is_some() { 'A' } else { 'B' });
            digits.push(straight.or(turned)?);
        }
        if half == 6 {
            digits.insert(0, EAN_FIRST.iter().position(|first| *first == &sets[..6])?);
        }
        let weighted: usize = digits
            .iter()
            .rev()
            .enumerate()
            .map(|(place, digit)| digit * if place % 2 == 0 { 1 } else { 3 })
            .sum();
        weighted.is_multiple_of(10).then(|| digits.iter().map(ToString::to_string).collect())
    })
}

fn code128(runs: &[usize]) -> Option<String> {
    let (quiet, bars) = runs.split_first()?;
    // Every start begins with a bar of two modules.
    let module = bars.first()? / 2;
    if module == 0 || *quiet < 10 * module {
        return None;
    }
    let mut values = Vec::new();
    let mut at = 0;
    while modules(bars.get(at..at + 7)?, module, 4).as_deref() != Some(STOP) {
        let widths = modules(bars.get(at..at + 6)?, module, 4)?;
        values.push(CODE128.iter().position(|symbol| *symbol == widths)?);
        at += 6;
    }
    if bars.get(at + 7)? < &(10 * module) {
        return None;
    }
    let check = values.pop()?;
    let (start, data) = values.split_first()?;
    let sum = start + data.iter().zip(1..).map(|(value, place)| value * place).sum::<usize>();
    let mut in_pairs = match start {
        104 => false,
        105 => true,
        _ => return None,
    };
    let mut text = String::new();
    for value in data {
        match value {
            100 if in_pairs => in_pairs = false,
            99 if !in_pairs => in_pairs = true,
            _ if in_pairs => text.push_str(&format!("{value:02}")),
            _ => text.push(char::from(u8::try_from(value + 32).ok()?)),
        }
    }
    (sum % 103 == check).then_some(text)
}
