//! News for a producer as one sentence a product: what sold, what it brought, what is left, what to bring. The till shows it to be
//! copied; central sends it.

use domain::{Money, Quantity};

use crate::Lang;

/// Products that are told of by name; a longer message is read by nobody.
const PRODUCTS_MOST: usize = 12;

crate::texts! {
    /// Words of news.
    pub trait NewsTexts;

    news_left(name, unit, left) "{name} ({unit}): còn {left}" / "{name} ({unit}): left {left}";
    news_sold(name, unit, sold, due, left) "{name} ({unit}): bán {sold}, được {due}, còn {left}" / "{name} ({unit}): sold {sold}, brought {due}, left {left}";
    news_ended(ended) "(quá hạn: {ended})" / "(past its date: {ended})";
    news_to_bring(more) ", mang thêm {more}" / ", bring {more} more";
    news_more(count) "Và {count} sản phẩm khác." / "And more products: {count}.";
}

/// What there is to tell of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProductNews<'a> {
    /// Name.
    pub name: &'a str,
    /// Unit or pack.
    pub unit: &'a str,
    /// Sold, less what buyers brought back.
    pub sold: Quantity,
    /// What the producer is owed for it.
    pub due: Money,
    /// What is left and may be sold; below zero when more was sold than came in.
    pub left: Quantity,
    /// What lies on the shelf past its last day.
    pub ended: Quantity,
    /// What to bring so that it lasts.
    pub to_bring: Quantity,
}

impl ProductNews<'_> {
    /// Returns the sentence, or `None` when there is no news: nothing sold and nothing runs out.
    pub fn sentence(&self, lang: Lang) -> Option<String> {
        let Self { name, unit, sold, due, left, ended, to_bring } = *self;
        if sold == Quantity::ZERO && to_bring == Quantity::ZERO {
            return None;
        }
        let left = left.max(Quantity::ZERO);
        let mut words = match sold == Quantity::ZERO {
            true => lang.news_left(name, unit, left),
            false => lang.news_sold(name, unit, sold, due, left),
        };
        if ended > Quantity::ZERO {
            words.push(' ');
            words.push_str(&lang.news_ended(ended));
        }
        if to_bring > Quantity::ZERO {
            words.push_str(&lang.news_to_bring(to_bring));
        }
        words.push('.');
        Some(words)
    }
}

/// Returns the sentences of a message, of which only the first dozen are kept, and how many more there are.
pub fn shortened(lang: Lang, mut sentences: Vec<String>) -> Vec<String> {
    let more = sentences.len().saturating_sub(PRODUCTS_MOST);
    sentences.truncate(PRODUCTS_MOST);
    if more > 0 {
        sentences.push(lang.news_more(more));
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts;

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as NewsTexts>::ALL), Vec::<String>::new());
    }

    #[test]
    fn a_sentence_says_what_is_news_and_nothing_else() {
        let told = |sold, left, to_bring| ProductNews {
            name: "Tỏi đen",
            unit: "hộp",
            sold: Quantity::pieces(sold),
            due: Money::new(2_350_000),
            left: Quantity::pieces(left),
            ended: Quantity::ZERO,
            to_bring: Quantity::pieces(to_bring),
        };
        for (news, words) in [
            (told(14, 3, 9), Some("Tỏi đen (hộp): bán 14, được 2.350.000 ₫, còn 3, mang thêm 9.")),
            (told(14, 30, 0), Some("Tỏi đen (hộp): bán 14, được 2.350.000 ₫, còn 30.")),
            (told(0, -2, 9), Some("Tỏi đen (hộp): còn 0, mang thêm 9.")),
            (told(0, 5, 0), None),
        ] {
            assert_eq!(news.sentence(Lang::Vi).as_deref(), words);
        }
        let ended = ProductNews { ended: Quantity::pieces(5), ..told(14, 0, 14) };
        let words = "Tỏi đen (hộp): bán 14, được 2.350.000 ₫, còn 0 (quá hạn: 5), mang thêm 14.";
        assert_eq!(ended.sentence(Lang::Vi).as_deref(), Some(words));
        let many = (0..15).map(|n| n.to_string()).collect();
        let short = shortened(Lang::Vi, many);
        assert_eq!((short.len(), short[12].as_str()), (13, "Và 3 sản phẩm khác."));
    }
}
