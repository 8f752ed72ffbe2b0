//! A settlement over several stores as its operator and its producer read it: what each store recorded, and all of it together.

pub mod file;
pub mod page;
pub mod report;

use axum::extract::{Path, State};
use axum::response::Response;
use uuid::Uuid;
use web::{Fault, Lang};

use super::joint_texts::JointTexts;
use super::producer::Reader;
use super::shell::{self, Frame, Place};
use super::texts::CentralTexts;
use super::visit::Visit;
use super::workbook;
use crate::app::App;
use crate::db::joint_settlements::Asker;
use crate::db::users::Scope;
use crate::error::Result;
use report::JointReport;

/// How the address of its file ends.
const FILE_END: &str = ".xlsx";

/// The last piece of its address.
struct Address {
    id: Uuid,
    is_file: bool,
}

/// What is no address of one is none of the asker's.
fn read(piece: &str) -> Result<Address, Fault> {
    let (id, is_file) = match piece.strip_suffix(FILE_END) {
        Some(id) => (id, true),
        None => (piece, false),
    };
    Ok(Address { id: id.parse().map_err(|_| Fault::not_found())?, is_file })
}

/// A settlement over several stores: a page, or the same as JSON; with `.xlsx` at its end as a file for a spreadsheet.
#[utoipa::path(
    get, path = "/shops/joint/{joint}", tag = "reports",
    params(("joint" = String, Path, description = "the settlement; with `.xlsx` behind it for a file")),
    responses(
        (status = 200, description = "the settlement; JSON by `Accept: application/json`", body = JointReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not an operator"),
        (status = 404, description = "no such settlement of this operator"),
    ),
)]
pub async fn of_operator(
    State(app): State<App>,
    visit: Visit,
    Path(piece): Path<String>,
) -> Result<Response, Fault> {
    let Scope::Operator(scope) = visit.user.scope() else { return Err(Fault::forbidden()) };
    let address = read(&piece)?;
    let report = visit.ok(report::load(&app, Asker::Operator(scope), (address.id, None)).await)?;
    if address.is_file {
        return visit.ok(file(&app, visit.lang, &report).await);
    }
    let frame = Frame { place: Place::Owed, brand: visit.lang.brand(), query: "" };
    Ok(visit.answer(&report, |report| {
        let file = format!("/shops/joint/{}{FILE_END}", report.joint.id);
        shell::page(&visit, &frame, page::main(visit.lang, report, &file))
    }))
}

/// The same for its producer.
#[utoipa::path(
    get, path = "/me/joint/{joint}", tag = "producer",
    params(("joint" = String, Path, description = "the settlement; with `.xlsx` behind it for a file")),
    responses(
        (status = 200, description = "the settlement; JSON by `Accept: application/json`", body = JointReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not a producer"),
        (status = 404, description = "no such settlement of this producer"),
    ),
)]
pub async fn of_producer(
    State(app): State<App>,
    reader: Reader,
    Path(pieces): Path<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let piece = pieces.iter().find(|(name, _)| name == "joint").ok_or_else(Fault::not_found)?;
    let address = read(&piece.1)?;
    let asker = Asker::Producer(reader.scope);
    let report = reader.ok(report::load(&app, asker, (address.id, Some(&reader.root))).await)?;
    if address.is_file {
        return reader.ok(file(&app, reader.lang, &report).await);
    }
    Ok(reader.answer(Place::Settlements, "", &report, |report| {
        page::main(reader.lang, report, &format!("{}/joint/{}{FILE_END}", reader.root, report.joint.id))
    }))
}

async fn file(app: &App, lang: Lang, report: &JointReport) -> Result<Response> {
    let bytes = workbook::write(file::sheets(lang, report), app.clock.now_ms()).await?;
    Ok(workbook::answer(&format!("{}-{}", lang.file_joint(), report.joint.number), bytes))
}
