//! Recognitions: recorded, and withdrawn when they were entered by mistake. What a product counts as from then on follows, and
//! stores are told; what sales froze stays.

use domain::catalog::{Category, Recognition};
use domain::ids::ProductId;
use domain::recognition::DecisionPaper;
use domain::standards::Misdated;
use time::Date;
use uuid::Uuid;

use super::{Admin, optional};
use crate::db::recognitions::{self, Decision};
use crate::db::{Tx, catalogue, combos, product_facts, products, standards};
use crate::error::{Error, Refusal, Result};

/// A decision to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecognition {
    /// Its identity, drawn by who asks, so that asking twice records one.
    pub id: Uuid,
    /// What was decided, and for which days.
    pub recognition: Recognition,
    /// What its paper says beside that.
    pub paper: DecisionPaper,
}

impl Admin {
    /// Records a decision about a product of which only its number and days are known.
    ///
    /// # Errors
    /// As [`Self::add_recognition`].
    pub async fn recognise(
        &self,
        product_id: ProductId,
        recognition: &Recognition,
        decision_number: &str,
    ) -> Result<()> {
        let new = NewRecognition {
            id: self.clock.new_uuid(),
            recognition: *recognition,
            paper: DecisionPaper { number: decision_number.to_owned(), ..DecisionPaper::default() },
        };
        self.add_recognition(product_id, &new).await
    }

    /// Records a decision about a product; recorded before under its id, it stays as it is.
    ///
    /// # Errors
    /// When there is no such product, it is a combo or waits to be taken in, stars stand where none can, the days are no days, or the paper
    /// names a level that did not decide on its day or criteria that came after it.
    pub async fn add_recognition(&self, product_id: ProductId, new: &NewRecognition) -> Result<()> {
        let decision = decision_of(product_id, new)?;
        let mut tx = self.db.begin().await?;
        let product = products::claim(&mut tx, product_id).await?.ok_or(Error::NotFound("product"))?;
        if product.status == "provisional" || !combos::list_parts(&mut tx, product_id).await?.is_empty() {
            return Err(Error::NotFound("product"));
        }
        check_dated(&mut tx, &decision.paper, decision.recognition.valid_from).await?;
        if !recognitions::insert(&mut tx, &decision).await? {
            return Ok(());
        }
        let category = decision.recognition.category.code();
        let detail = format!("{} {category} {}", product.sku, decision.paper.number);
        self.count_anew(tx, &product, ("product.recognise", &detail)).await
    }

    /// Writes anew what the paper of a decision says beside its kind, stars and days; what the product counts as stays. Nothing is
    /// written when it says the same.
    ///
    /// # Errors
    /// When the product has no such decision that counts, a text is too long, or another level or other criteria than were there do not fit
    /// the day.
    pub async fn describe_recognition(
        &self,
        product_id: ProductId,
        id: Uuid,
        new: &DecisionPaper,
    ) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let product = products::claim(&mut tx, product_id).await?.ok_or(Error::NotFound("product"))?;
        let mut of_it = recognitions::list(&mut tx, product_id).await?.into_iter();
        let old = of_it.find(|each| each.id == id && !each.is_withdrawn);
        let old = old.ok_or(Error::NotFound("recognition"))?;
        let decision = Decision { paper: checked(new)?, ..old.clone() };
        if decision == old {
            return Ok(());
        }
        let dated = |paper: &DecisionPaper| (paper.level, paper.criteria.clone(), paper.decided_on);
        if dated(&decision.paper) != dated(&old.paper) {
            check_dated(&mut tx, &decision.paper, old.recognition.valid_from).await?;
        }
        recognitions::describe(&mut tx, &decision).await?;
        let category = old.recognition.category.code();
        let detail = format!(
            "{} {category} {}\n{}",
            product.sku,
            old.paper.number,
            changes(&old.paper, &decision.paper)
        );
        self.finish(tx, "product.describe_recognition", &product_id.to_string(), &detail).await
    }

    /// Withdraws a decision that was entered by mistake: from now on the product counts as if it had never been. Withdrawn before,
    /// it stays so.
    ///
    /// # Errors
    /// When the product has no such decision.
    pub async fn withdraw_recognition(&self, product_id: ProductId, id: Uuid) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let product = products::claim(&mut tx, product_id).await?.ok_or(Error::NotFound("product"))?;
        let of_it = recognitions::list(&mut tx, product_id).await?;
        let decision = of_it.into_iter().find(|each| each.id == id).ok_or(Error::NotFound("recognition"))?;
        if !recognitions::withdraw(&mut tx, product_id, id).await? {
            // Pressed twice.
            return Ok(());
        }
        let category = decision.recognition.category.code();
        let detail = format!("{} {category} {}", product.sku, decision.paper.number);
        self.count_anew(tx, &product, ("product.withdraw_recognition", &detail)).await
    }

    async fn count_anew(
        &self,
        mut tx: Tx,
        product: &products::Product,
        (action, detail): (&str, &str),
    ) -> Result<()> {
        let news = product_facts::refresh(&mut tx, std::slice::from_ref(product), &self.clock).await?;
        catalogue::publish(&mut tx, news, self.clock.now_ms()).await?;
        self.finish(tx, action, &product.id.to_string(), detail).await
    }
}

/// Returns what differs, a line for each field, as [`super::catalogue::changes`] does.
fn changes(old: &DecisionPaper, new: &DecisionPaper) -> String {
    let fields = |paper: &DecisionPaper| {
        [
            ("number", paper.number.clone()),
            ("decided_on", paper.decided_on.map(|day| day.to_string()).unwrap_or_default()),
            ("issuer", paper.issuer.clone()),
            ("level", paper.level.map(|level| level.code().to_owned()).unwrap_or_default()),
            ("points", paper.points.map(|points| points.to_string()).unwrap_or_default()),
            ("criteria", paper.criteria.clone()),
            ("group_printed", paper.group_printed.clone()),
        ]
    };
    let pairs = fields(old).into_iter().zip(fields(new));
    let changed = pairs.filter(|((_, old), (_, new))| old != new);
    changed.map(|((field, old), (_, new))| format!("{field}: {old} → {new}")).collect::<Vec<_>>().join("\n")
}

/// Refuses a level that did not decide on the day of the decision, and criteria that came after it; `first_day` where the paper has none.
async fn check_dated(tx: &mut Tx, paper: &DecisionPaper, first_day: Date) -> Result<()> {
    let day = paper.decided_on.unwrap_or(first_day);
    let (what, rule) = match standards::load(tx).await?.misdated(paper, day) {
        Some(Misdated::Level) => ("level", "one that decided on that day"),
        Some(Misdated::Criteria) => ("criteria", "none that came after the decision"),
        None => return Ok(()),
    };
    Err(Refusal::Invalid { what, rule }.into())
}

/// Returns what a paper says, trimmed.
fn checked(paper: &DecisionPaper) -> Result<DecisionPaper> {
    Ok(DecisionPaper {
        number: optional("number", &paper.number)?,
        issuer: optional("issuer", &paper.issuer)?,
        criteria: optional("criteria", &paper.criteria)?,
        group_printed: optional("group", &paper.group_printed)?,
        ..paper.clone()
    })
}

fn decision_of(product_id: ProductId, new: &NewRecognition) -> Result<Decision> {
    let wrong = |what, rule| Err(Refusal::Invalid { what, rule }.into());
    let recognition = new.recognition;
    if recognition.stars.is_some() != (recognition.category == Category::Ocop) {
        return wrong("stars", "OCOP results have stars, others have none");
    }
    if recognition.valid_to.is_some_and(|last| last < recognition.valid_from) {
        return wrong("last day", "not before the first one");
    }
    Ok(Decision {
        id: new.id,
        product_id,
        recognition,
        paper: checked(&new.paper)?,
        is_withdrawn: false,
        file_id: None,
    })
}
