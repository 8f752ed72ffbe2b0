//! A contract that is made at the shop: a manager and a producer agree on terms, without a network. An entry tells them, the
//! next sale freezes them, and central hands them to the operator's other shops. Ending one goes the same way.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::agreement::AgreementSlip;
use domain::consignment::Terms;
use domain::contract::{ending, id_after};
use domain::ids::{ProducerId, TermsId};
use protocol::Kind;
use protocol::payload::TermsAgreed;
use sqlx::SqliteConnection;
use web::Lang;

use super::approval::{Approved, Word, approve};
use super::note::Contracting;
use super::slip::{Head, Issue, issue, number};
use super::stocktake::{Step, or_tell};
use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::{producers, products, terms};
use crate::journal::Draft;

/// What was agreed on, and who says so.
#[derive(Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The version, under an id that is drawn for it; of one that ends a contract its goods and its day are enough.
    pub terms: Terms,
    /// Language of the paper.
    pub language: Language,
    /// A manager's word.
    pub word: Word,
}

/// Keeps a version of the terms: an entry and a paper to sign. All of it, or nothing.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn agree(app: &App, seat: &Seat, op_id: &str, agreement: &Agreement) -> Result<CounterState> {
    let approved = or_tell!(app, seat, approve(app, seat, &agreement.word).await?);
    let mut step = or_tell!(app, seat, Step::begin(app, seat, op_id).await?);
    let new = agreement.terms;
    let bad = |field: &str| Note::BadField { field: field.to_owned() };
    let Some(producer) = producers::find_name(&mut step.tx, new.producer_id).await? else {
        return state::load(app, seat, bad("producer_id"), None).await;
    };
    let product = match new.product_id {
        None => None,
        Some(id) => match products::find_name(&mut step.tx, id).await? {
            Some((name, _)) => Some(name),
            None => return state::load(app, seat, bad("product_id"), None).await,
        },
    };
    if !new.clauses.is_sane() {
        return state::load(app, seat, bad("days"), None).await;
    }
    if new.valid_from < step.business_date {
        let day = web::format::date_text(step.business_date);
        return state::load(app, seat, Contracting::TermsTooEarly { day }.into(), None).await;
    }
    let known = terms::list_of_producer(&mut step.tx, new.producer_id).await?;
    let new = if new.clauses.ends {
        let Some(end) = ending(&known, &new) else {
            return state::load(app, seat, Contracting::NothingToEnd.into(), None).await;
        };
        end
    } else {
        new
    };
    let key = (new.producer_id, new.product_id, new.valid_from);
    let replaces = known.iter().any(|terms| (terms.producer_id, terms.product_id, terms.valid_from) == key);
    let terms = Terms { id: id_after(new.id, &known, key), ..new };
    let voucher = append(app, &mut step, seat, (&terms, &approved)).await?;
    let body = paper(agreement.language, &terms, (producer, product), approved.name);
    let place = Head { settings: step.settings.as_ref(), business_date: step.business_date };
    let slip = place.slip(app, seat, (voucher.clone(), agreement.language), body);
    issue(app, &mut step.tx, &slip, Issue::default()).await?;
    step.tx.commit().await?;
    app.tell_appended();
    app.tell_printable();
    app.tell_changed();
    let done = if terms.clauses.ends {
        Contracting::TermsEnded { voucher }
    } else {
        Contracting::TermsAgreed { voucher, replaces }
    };
    state::load(app, seat, done.into(), None).await
}

/// Appends the entry; returns the number of its paper.
async fn append(
    app: &App,
    step: &mut Step,
    seat: &Seat,
    (terms, approved): (&Terms, &Approved),
) -> Result<String> {
    // The entry's own number: nothing has to be counted, and no two papers share one.
    let counts = format_args!("HD{}", step.head.at.seq + 1).to_string();
    let voucher = number(&step.store, &step.head.stream, counts);
    let shared = TermsAgreed {
        voucher: voucher.clone(),
        terms: terms.into(),
        cashier: seat.cashier_id.uuid(),
        approved_by: approved.manager_id.uuid(),
    };
    let writer = app.writer_of(step.store.store_id);
    let draft = Draft::new(Kind::Terms, step.business_date, &shared, writer.salt())?;
    writer.append_at(&mut step.tx, step.head.clone(), draft).await?;
    Ok(voucher)
}

fn paper(
    language: Language,
    terms: &Terms,
    (producer, product): (String, Option<String>),
    approved_by: String,
) -> SlipBody {
    let lang = match language {
        Language::Vi => Lang::Vi,
        Language::En => Lang::En,
    };
    SlipBody::Agreement(AgreementSlip {
        producer,
        product: product.unwrap_or_default(),
        valid_from: web::format::date_text(terms.valid_from),
        clauses: web::contract::clauses(lang, terms),
        approved_by,
    })
}

/// A version with what its page says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The version.
    pub terms: Terms,
    /// The single product's name; none for all of them.
    pub product: Option<String>,
    /// A later one begins on the same day and holds instead.
    pub is_replaced: bool,
}

/// Returns all versions of a producer's terms, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(connection: &mut SqliteConnection, producer_id: ProducerId) -> Result<Vec<Version>> {
    let known = terms::list_of_producer(connection, producer_id).await?;
    let mut versions = Vec::with_capacity(known.len());
    for terms in &known {
        let product = match terms.product_id {
            Some(id) => products::find_name(connection, id).await?.map(|(name, _)| name),
            None => None,
        };
        let is_replaced = known.iter().any(|other| is_instead(other, terms, terms.id));
        versions.push(Version { terms: *terms, product, is_replaced });
    }
    Ok(versions)
}

fn is_instead(other: &Terms, terms: &Terms, id: TermsId) -> bool {
    (other.product_id, other.valid_from) == (terms.product_id, terms.valid_from) && other.id > id
}
