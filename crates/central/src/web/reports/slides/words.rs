//! The last slide: difficulties and proposals, as they were written into the report.

use maud::{Markup, html};

use crate::web::reports::words::WordsOfReport;

/// A size of writing.
struct Size {
    /// Letters that fit into a row, about.
    letters: usize,
    /// Rows that fit onto the slide.
    rows: usize,
    class: &'static str,
}

/// From the largest to the smallest that a room can read.
const SIZES: [Size; 3] = [
    Size { letters: 30, rows: 10, class: "" },
    Size { letters: 41, rows: 14, class: " middle" },
    Size { letters: 52, rows: 19, class: " small" },
];

/// Returns the slide. The longest words are cut; the report has them all.
pub(super) fn slide(words: &WordsOfReport) -> Markup {
    let texts = [
        ("Khó khăn, vướng mắc", lines(&words.difficulties)),
        ("Đề xuất, kiến nghị", lines(&words.proposals)),
    ];
    let fits = |size: &&Size| texts.iter().all(|(_, lines)| size.rows_of(lines) <= size.rows);
    let [.., smallest] = &SIZES;
    let size = SIZES.iter().find(fits).unwrap_or(smallest);
    html! {
        h2 { "Khó khăn và kiến nghị" }
        div class={ "halves words" (size.class) } {
            @for (title, lines) in &texts {
                @let (shown, is_cut) = size.within(lines);
                div {
                    h3 { (title) }
                    @if lines.is_empty() {
                        p.none { (if words.saved_at_ms.is_some() { "Không." } else { "Chưa điền." }) }
                    }
                    @for line in &shown { p { (line) } }
                    @if is_cut { p.none { "Xem đầy đủ trong báo cáo." } }
                }
            }
        }
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

impl Size {
    fn rows_of(&self, lines: &[&str]) -> usize {
        lines.iter().map(|line| line.chars().count().div_ceil(self.letters)).sum()
    }

    /// Returns as many lines as fit, the last one cut, and whether anything is left out.
    fn within(&self, lines: &[&str]) -> (Vec<String>, bool) {
        let (mut shown, mut left) = (Vec::new(), self.rows);
        for line in lines {
            let rows = self.rows_of(&[line]);
            if rows > left {
                let part: String = line.chars().take(left * self.letters).collect();
                if left > 0 {
                    shown.push(format!("{}…", part.trim_end()));
                }
                return (shown, true);
            }
            left -= rows;
            shown.push((*line).to_owned());
        }
        (shown, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_cut_and_said() {
        let size = Size { letters: 3, rows: 2, class: "" };
        let cut = |text: &str| (vec![text.to_owned()], true);
        assert_eq!(size.within(&["abc", "d"]), (vec!["abc".to_owned(), "d".to_owned()], false));
        assert_eq!(size.within(&["abcdef", "g"]), cut("abcdef"));
        assert_eq!(size.within(&["abcdefg"]), cut("abcdef…"));
        for (rows, class, is_cut) in
            [(10, "words\"", false), (11, "middle", false), (15, "small", false), (20, "small", true)]
        {
            let words =
                WordsOfReport { difficulties: vec!["ế"; rows].join("\n"), ..WordsOfReport::default() };
            let drawn = slide(&words).into_string();
            assert!(drawn.contains(class) && drawn.contains("Xem đầy đủ") == is_cut, "{rows}: {drawn}");
        }
    }
}
