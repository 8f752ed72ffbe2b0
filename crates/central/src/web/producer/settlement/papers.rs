//! Photographs and scans of a settlement: brought by its producer or its operator, given to both.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;
use web::{Fault, Lang};

use super::page::{Told, Typed, View};
use super::{Address, leads_to, load, read};
use crate::admin::Scan;
use crate::app::App;
use crate::db::joint_settlements::Asker;
use crate::db::settlements::PaperId;
use crate::db::{paper_files as kept, settlement_words, settlements};
use crate::error::Result as Found;
use crate::replies;
use crate::web::paper_files;
use crate::web::point_file_texts::PointFileTexts;
use crate::web::producer::{ProducerVisit, Reader};
use crate::web::shell::Place;

/// The address of a photograph or scan.
#[derive(Debug, Deserialize)]
pub struct PaperAddress {
    stream: String,
    seq: String,
    paper: Uuid,
}

impl PaperAddress {
    /// Returns the settlement and the file.
    ///
    /// # Errors
    /// What is no address of a settlement is none of anybody's.
    pub(crate) fn read(&self) -> Result<(PaperId, Uuid), Fault> {
        let id = read(&Address { stream: self.stream.clone(), seq: self.seq.clone() })?;
        Ok((id, self.paper))
    }
}

/// Reads a form with a file and the number that was drawn with it; the words say what is wrong.
pub(crate) async fn taken(
    lang: Lang,
    form: Result<Multipart, MultipartRejection>,
) -> Result<(Uuid, Scan), String> {
    let sent = paper_files::read(lang, form).await;
    let scan = sent.scan?.ok_or_else(|| lang.file_missing().to_owned())?;
    let id = sent.pairs.iter().find(|(field, _)| field == "id").and_then(|(_, id)| Uuid::try_parse(id).ok());
    Ok((id.ok_or_else(|| lang.file_missing().to_owned())?, scan))
}

/// Keeps a photograph or scan that the producer brings.
pub async fn bring(
    State(app): State<App>,
    visit: ProducerVisit,
    Path(address): Path<Address>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    match taken(visit.visit.lang, form).await {
        Ok((op_id, scan)) => {
            let who = (Asker::Producer(visit.scope), visit.visit.user.login.as_str());
            visit.visit.ok(replies::bring(&app, who, read(&address)?, scan, op_id).await)?;
            Ok(leads_to(&address, "attached").into_response())
        }
        Err(wrong) => {
            let reader = Reader::from(visit);
            let report = load(&app, &reader, &address).await?;
            let (typed, csrf) = (Typed::new(app.clock.new_uuid()), reader.csrf());
            let view = View {
                lang: reader.lang,
                csrf,
                report: &report,
                typed: &typed,
                told: Told::Nothing,
                wrong_file: Some(&wrong),
            };
            let page = reader.page(Place::Settlements, "", view.render());
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// Gives a photograph or scan to whoever reads the producer's pages.
pub async fn give(
    State(app): State<App>,
    reader: Reader,
    Path(address): Path<PaperAddress>,
) -> Result<Response, Fault> {
    let (id, file) = address.read()?;
    reader.ok(find(&app, Asker::Producer(reader.scope), id, file).await)?.ok_or_else(Fault::not_found)
}

/// Returns a file that a word about the asker's settlement names.
///
/// # Errors
/// When the database fails.
pub(crate) async fn find(app: &App, asker: Asker, id: PaperId, file: Uuid) -> Found<Option<Response>> {
    let mut tx = app.db.begin_reading().await?;
    if settlements::find_in(&mut tx, asker, id).await?.is_none() {
        return Ok(None);
    }
    let words = settlement_words::list_in(&mut tx, id).await?;
    drop(tx);
    if words.iter().all(|word| word.file_id != Some(file)) {
        return Ok(None);
    }
    Ok(kept::find_content(&app.db, file).await?.map(|found| paper_files::given(file, found)))
}
