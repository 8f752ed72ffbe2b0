//! What the department does with its report: writes into it, seals it, and gives it number and date. Each act is one transaction with its row in the audit log.

use domain::report_period::ReportPeriod;
use protocol::Hash;

use crate::app::App;
use crate::db::audit::{self, Act};
use crate::db::reports::{SavedTemplate, Seal, Signature, Words, find_seal, find_signature};
use crate::db::reports::{insert_seal, insert_signature, insert_template, save_words};
use crate::db::users::DepartmentScope;
use crate::error::{Error, Refusal, Result};
use crate::web::reports::template::Template;

/// Keeps what somebody wrote for a period.
///
/// # Errors
/// [`Refusal::Sealed`] when the report of the period is sealed; when the database fails.
pub async fn keep_words(
    app: &App,
    (_, login): (DepartmentScope, &str),
    period: ReportPeriod,
    words: Words,
) -> Result<()> {
    let (code, now_ms) = (period.code(), app.clock.now_ms());
    let mut tx = app.db.begin().await?;
    if find_seal(&mut tx, &code).await?.is_some() {
        return Err(Refusal::Sealed.into());
    }
    let words = Words { saved_at_ms: now_ms, saved_by: login.to_owned(), ..words };
    save_words(&mut tx, &code, &words).await?;
    let detail = Hash::of(&[words.difficulties.as_bytes(), b"\0", words.proposals.as_bytes()]).to_string();
    let act = Act { at_ms: now_ms, actor: login, action: "report.words", subject: &code, detail: &detail };
    audit::commit(tx, &act).await
}

/// Seals a report as it stands: it never changes again. One that is sealed stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn seal(
    app: &App,
    (_, login): (DepartmentScope, &str),
    period: ReportPeriod,
    body: String,
) -> Result<()> {
    let (period, sealed_at_ms) = (period.code(), app.clock.now_ms());
    let hash = Hash::of(&[body.as_bytes()]);
    let mut tx = app.db.begin().await?;
    let seal =
        Seal { period, body, sha256: hash.bytes().to_vec(), sealed_at_ms, sealed_by: login.to_owned() };
    if !insert_seal(&mut tx, &seal).await? {
        // Pressed twice.
        return Ok(());
    }
    let detail = hash.to_string();
    let act = Act {
        at_ms: sealed_at_ms,
        actor: login,
        action: "report.seal",
        subject: &seal.period,
        detail: &detail,
    };
    audit::commit(tx, &act).await
}

/// Gives a sealed report its number, date and signer, once: what was sealed stays as it is. The same again changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when the report is not sealed; [`Refusal::Signed`] when it has others already; when the database fails.
pub async fn sign(
    app: &App,
    (_, login): (DepartmentScope, &str),
    period: ReportPeriod,
    signature: Signature,
) -> Result<()> {
    let (code, now_ms) = (period.code(), app.clock.now_ms());
    let signature = Signature { recorded_at_ms: now_ms, recorded_by: login.to_owned(), ..signature };
    let mut tx = app.db.begin().await?;
    if find_seal(&mut tx, &code).await?.is_none() {
        return Err(Error::NotFound("sealed report"));
    }
    if !insert_signature(&mut tx, &code, &signature).await? {
        let there = find_signature(&mut tx, &code).await?;
        let is_same = there.is_some_and(|there| there.is_as(&signature));
        return if is_same { Ok(()) } else { Err(Refusal::Signed.into()) };
    }
    let detail = format!("{} · {} · {}", signature.number, signature.signed_on, signature.signer_name);
    let act = Act { at_ms: now_ms, actor: login, action: "report.sign", subject: &code, detail: &detail };
    audit::commit(tx, &act).await
}

/// Returns the fixed words that hold now.
///
/// # Errors
/// When the database fails or what was saved is damaged.
pub async fn template(app: &App) -> Result<Template> {
    let mut tx = app.db.begin_reading().await?;
    Template::in_force(&mut tx, &app.config.reports).await
}

/// Keeps fixed words that have no [`faults`](Template::faults), from today on; `None` goes back to those of the program. Sealed reports
/// keep theirs.
///
/// # Errors
/// When the database fails.
pub async fn keep_template(
    app: &App,
    (_, login): (DepartmentScope, &str),
    template: Option<&Template>,
) -> Result<()> {
    let body = template.map_or_else(|| Ok(String::new()), serde_json::to_string);
    let body = body.map_err(|error| Error::Program(format!("the words of the report: {error}")))?;
    let (saved_at_ms, detail) = (app.clock.now_ms(), Hash::of(&[body.as_bytes()]).to_string());
    let saved = SavedTemplate { saved_at_ms, saved_by: login.to_owned(), body };
    let mut tx = app.db.begin().await?;
    insert_template(&mut tx, &saved).await?;
    let action = if template.is_some() { "report.template" } else { "report.template_reset" };
    let act = Act { at_ms: saved_at_ms, actor: login, action, subject: "template", detail: &detail };
    audit::commit(tx, &act).await
}
