//! Recognitions: recorded, and withdrawn when they were entered by mistake. What a product counts as from then on follows, and
//! stores are told; what sales froze stays.

use domain::catalog::{Category, Recognition};
use domain::ids::ProductId;
use domain::recognition::{Level, Points};
use time::Date;
use uuid::Uuid;

use super::{Admin, optional};
use crate::db::recognitions::{self, Decision};
use crate::db::{Tx, catalogue, combos, product_facts, products};
use crate::error::{Error, Refusal, Result};

/// A decision to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecognition {
    /// Its identity, drawn by who asks, so that asking twice records one.
    pub id: Uuid,
    /// What was decided, and for which days.
    pub recognition: Recognition,
    /// Number of the decision.
    pub number: String,
    /// Its day.
    pub decided_on: Option<Date>,
    /// Who decided.
    pub issuer: String,
    /// At which level.
    pub level: Option<Level>,
    /// Points of the result.
    pub points: Option<Points>,
    /// The set of criteria that it was scored under.
    pub criteria: String,
    /// The group as it is printed on the certificate.
    pub group_printed: String,
}

/// What the paper of a decision says beside its kind, stars and days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Description {
    /// Number of the decision; may be empty, as may all texts.
    pub number: String,
    /// Its day.
    pub decided_on: Option<Date>,
    /// Who decided.
    pub issuer: String,
    /// At which level.
    pub level: Option<Level>,
    /// Points of the result.
    pub points: Option<Points>,
    /// The set of criteria that it was scored under.
    pub criteria: String,
    /// The group as it is printed on the certificate.
    pub group_printed: String,
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
            number: decision_number.to_owned(),
            decided_on: None,
            issuer: String::new(),
            level: None,
            points: None,
            criteria: String::new(),
            group_printed: String::new(),
        };
        self.add_recognition(product_id, &new).await
    }

    /// Records a decision about a product; recorded before under its id, it stays as it is.
    ///
    /// # Errors
    /// When there is no such product, it is a combo or waits to be taken in, stars stand where none can, or the days are no days.
    pub async fn add_recognition(&self, product_id: ProductId, new: &NewRecognition) -> Result<()> {
        let decision = decision_of(product_id, new)?;
        let mut tx = self.db.begin().await?;
        let product = products::claim(&mut tx, product_id).await?.ok_or(Error::NotFound("product"))?;
        if product.status == "provisional" || !combos::list_parts(&mut tx, product_id).await?.is_empty() {
            return Err(Error::NotFound("product"));
        }
        if !recognitions::insert(&mut tx, &decision).await? {
            return Ok(());
        }
        let category = decision.recognition.category.code();
        let detail = format!("{} {category} {}", product.sku, decision.number);
        self.count_anew(tx, &product, ("product.recognise", &detail)).await
    }

    /// Writes anew what the paper of a decision says beside its kind, stars and days; what the product counts as stays. Nothing is
    /// written when it says the same.
    ///
    /// # Errors
    /// When the product has no such decision that counts, or a text is too long.
    pub async fn describe_recognition(
        &self,
        product_id: ProductId,
        id: Uuid,
        new: &Description,
    ) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let product = products::claim(&mut tx, product_id).await?.ok_or(Error::NotFound("product"))?;
        let mut of_it = recognitions::list(&mut tx, product_id).await?.into_iter();
        let old = of_it.find(|each| each.id == id && !each.is_withdrawn);
        let old = old.ok_or(Error::NotFound("recognition"))?;
        let decision = Decision {
            number: optional("number", &new.number)?,
            decided_on: new.decided_on,
            issuer: optional("issuer", &new.issuer)?,
            level: new.level,
            points: new.points,
            criteria: optional("criteria", &new.criteria)?,
            group_printed: optional("group", &new.group_printed)?,
            ..old.clone()
        };
        if decision == old {
            return Ok(());
        }
        recognitions::describe(&mut tx, &decision).await?;
        let category = old.recognition.category.code();
        let detail = format!("{} {category} {}\n{}", product.sku, old.number, changes(&old, &decision));
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
        let detail = format!("{} {category} {}", product.sku, decision.number);
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
fn changes(old: &Decision, new: &Decision) -> String {
    let fields = |decision: &Decision| {
        [
            ("number", decision.number.clone()),
            ("decided_on", decision.decided_on.map(|day| day.to_string()).unwrap_or_default()),
            ("issuer", decision.issuer.clone()),
            ("level", decision.level.map(|level| level.code().to_owned()).unwrap_or_default()),
            ("points", decision.points.map(|points| points.to_string()).unwrap_or_default()),
            ("criteria", decision.criteria.clone()),
            ("group_printed", decision.group_printed.clone()),
        ]
    };
    let pairs = fields(old).into_iter().zip(fields(new));
    let changed = pairs.filter(|((_, old), (_, new))| old != new);
    changed.map(|((field, old), (_, new))| format!("{field}: {old} → {new}")).collect::<Vec<_>>().join("\n")
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
        number: optional("number", &new.number)?,
        decided_on: new.decided_on,
        issuer: optional("issuer", &new.issuer)?,
        level: new.level,
        points: new.points,
        criteria: optional("criteria", &new.criteria)?,
        group_printed: optional("group", &new.group_printed)?,
        is_withdrawn: false,
        file_id: None,
    })
}
