//! A paper is withdrawn.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Redirect;
use serde::Deserialize;
use uuid::Uuid;
use web::Fault;

use crate::error::{Error, Refusal};
use crate::web::paper_texts::PaperTexts;
use crate::web::visit::Visit;

/// The form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    why: String,
}

/// Withdraws a paper with a reason.
pub async fn withdraw(
    visit: Visit,
    Path((product, paper)): Path<(String, String)>,
    Form(form): Form<Withdrawal>,
) -> Result<Redirect, Fault> {
    let product_id = Uuid::try_parse(&product).map_err(|_| Fault::not_found())?;
    let paper_id = Uuid::try_parse(&paper).map_err(|_| Fault::not_found())?;
    match visit.admin().withdraw_paper(product_id.into(), paper_id, &form.why).await {
        Err(Error::Refused(Refusal::Invalid { what: "paper", .. })) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Fault::new(status, "paper_replaced", |lang| lang.paper_was_replaced()));
        }
        // The form asks for a reason, and for no longer one than fits.
        Err(Error::Refused(_)) => return Err(Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY)),
        done => visit.ok(done)?,
    }
    Ok(Redirect::to(&format!("/products/{product_id}?done=paper_withdrawn#dossier")))
}
