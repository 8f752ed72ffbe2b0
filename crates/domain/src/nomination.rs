//! A section of the department nominates a product for points of sale ("đề cử lên điểm"): trade looks at its dossier, then each point
//! accepts or declines. A nomination stops no sale and begins none: it says what a point has agreed to take.

/// Where a nomination stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its dossier waits to be looked at.
    Proposed,
    /// Trade says what is missing.
    Returned,
    /// Trade let it pass: points answer.
    Passed,
    /// Whoever nominated it took it back, or trade did after it had let it pass: nobody is asked any more.
    Withdrawn,
}

/// What somebody does with a nomination. Words say why; they are trimmed by the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// Trade lets it pass, with so many papers missing or lapsed: then words say why it passes all the same.
    Pass(usize, &'a str),
    /// Trade sends it back: words say what is missing.
    Return(&'a str),
    /// The section proposes it again: words say what was done.
    Again(&'a str),
    /// It is taken back: words say why.
    Withdraw(&'a str),
}

/// Why a step or an answer cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NominationRefusal {
    /// It does not follow on where the nomination stands.
    #[error("this does not follow: look at the nomination again")]
    NotNext,
    /// Words are needed.
    #[error("say why")]
    NoWords,
    /// The product is not on sale any more.
    #[error("the product is not on sale any more")]
    NotOnSale,
}

impl Stage {
    /// Every stage, in the order of a list.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::Returned, Self::Passed, Self::Withdrawn];

    /// Returns the name that tables and forms use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Returned => "returned",
            Self::Passed => "passed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Returns the stage of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// True while trade or the section has something to do; a product has one such nomination at most.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Returned)
    }

    /// True while trade may take it back for the section whose it is: trade let it pass, and answers for what points are asked.
    pub const fn is_trades_too(self) -> bool {
        matches!(self, Self::Passed)
    }

    /// Returns where a step leads. What points have answered stays when it is taken back.
    ///
    /// # Errors
    /// When it does not follow, or words are missing.
    pub fn after(self, step: Step<'_>) -> Result<Self, NominationRefusal> {
        let (next, words_needed, words) = match (self, step) {
            (Self::Proposed, Step::Pass(gaps, words)) => (Self::Passed, gaps > 0, words),
            (Self::Proposed, Step::Return(words)) => (Self::Returned, true, words),
            (Self::Returned, Step::Again(words)) => (Self::Proposed, false, words),
            (Self::Proposed | Self::Returned | Self::Passed, Step::Withdraw(words)) => {
                (Self::Withdrawn, true, words)
            }
            _ => return Err(NominationRefusal::NotNext),
        };
        if words_needed && words.is_empty() { Err(NominationRefusal::NoWords) } else { Ok(next) }
    }
}

/// What a point says to a nomination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet.
    Waiting,
    /// It takes the product.
    Accepted,
    /// It does not.
    Declined,
}

impl Answer {
    /// Every answer, in the order of a list.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Accepted, Self::Declined];

    /// Returns the name that tables and forms use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }

    /// Returns the answer of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }

    /// Checks that a point may now say something else: to a nomination that passed, with words when it does not take the product. It
    /// may change its mind, but not fall silent again.
    ///
    /// # Errors
    /// When the nomination has not passed, nothing would change, or words are missing.
    pub fn becomes(self, next: Self, stage: Stage, words: &str) -> Result<(), NominationRefusal> {
        if stage != Stage::Passed || next == Self::Waiting || next == self {
            return Err(NominationRefusal::NotNext);
        }
        if next == Self::Declined && words.is_empty() { Err(NominationRefusal::NoWords) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every stage with every step, with and without words: what is not in the table does not follow.
    #[test]
    fn only_these_steps_follow() {
        use NominationRefusal::{NoWords, NotNext};
        let steps = |words| {
            [
                Step::Pass(0, words),
                Step::Pass(2, words),
                Step::Return(words),
                Step::Again(words),
                Step::Withdraw(words),
            ]
        };
        let none = [Err(NotNext); 5];
        for (stage, bare, worded) in [
            (
                Stage::Proposed,
                [Ok(Stage::Passed), Err(NoWords), Err(NoWords), Err(NotNext), Err(NoWords)],
                [
                    Ok(Stage::Passed),
                    Ok(Stage::Passed),
                    Ok(Stage::Returned),
                    Err(NotNext),
                    Ok(Stage::Withdrawn),
                ],
            ),
            (
                Stage::Returned,
                [Err(NotNext), Err(NotNext), Err(NotNext), Ok(Stage::Proposed), Err(NoWords)],
                [Err(NotNext), Err(NotNext), Err(NotNext), Ok(Stage::Proposed), Ok(Stage::Withdrawn)],
            ),
            (
                Stage::Passed,
                [Err(NotNext), Err(NotNext), Err(NotNext), Err(NotNext), Err(NoWords)],
                [Err(NotNext), Err(NotNext), Err(NotNext), Err(NotNext), Ok(Stage::Withdrawn)],
            ),
            (Stage::Withdrawn, none, none),
        ] {
            assert_eq!(steps("").map(|step| stage.after(step)), bare, "{stage:?}");
            assert_eq!(steps("vì").map(|step| stage.after(step)), worded, "{stage:?}");
        }
    }

    #[test]
    fn a_point_answers_what_passed() {
        use NominationRefusal::{NoWords, NotNext};
        for (before, next, stage, words, expected) in [
            (Answer::Waiting, Answer::Accepted, Stage::Passed, "", Ok(())),
            (Answer::Waiting, Answer::Declined, Stage::Passed, "hết chỗ", Ok(())),
            (Answer::Waiting, Answer::Declined, Stage::Passed, "", Err(NoWords)),
            (Answer::Declined, Answer::Accepted, Stage::Passed, "", Ok(())),
            (Answer::Accepted, Answer::Declined, Stage::Passed, "thôi bán", Ok(())),
            (Answer::Accepted, Answer::Accepted, Stage::Passed, "", Err(NotNext)),
            (Answer::Accepted, Answer::Waiting, Stage::Passed, "x", Err(NotNext)),
            (Answer::Waiting, Answer::Accepted, Stage::Proposed, "", Err(NotNext)),
            (Answer::Waiting, Answer::Accepted, Stage::Withdrawn, "", Err(NotNext)),
        ] {
            assert_eq!(before.becomes(next, stage, words), expected, "{before:?} {next:?} {stage:?}");
        }
    }

    #[test]
    fn codes_are_read_back() {
        assert!(Stage::ALL.into_iter().all(|each| Stage::from_code(each.code()) == Some(each)));
        assert!(Answer::ALL.into_iter().all(|each| Answer::from_code(each.code()) == Some(each)));
        assert_eq!(Stage::ALL.map(Stage::is_open), [true, true, false, false]);
        assert_eq!(Stage::ALL.map(Stage::is_trades_too), [false, false, true, false]);
    }
}
