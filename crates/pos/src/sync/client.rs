//! HTTP to central. Whatever is not a signed word of central counts as no answer.

use std::sync::Once;
use std::time::Duration;

use protocol::wire::{
    Ack, BATCH_HEADER, BankNotices, CataloguePage, Enrol, Enrolled, EntriesPage, Head, Journals, PROTOCOL,
    PROTOCOL_HEADER, Problem, READ_HEADER, ReadProof, Transfers,
};
use reqwest::{Response, StatusCode};
use serde::de::DeserializeOwned;

/// The most bytes of an answer; a page of the catalogue is the largest.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(60);
/// Somebody waits at the counter, and it is asked again soon.
const QUESTION: Duration = Duration::from_secs(5);

/// A connection to central.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
}

/// Why there is no usable answer.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Nothing, rubbish, or an answer of somebody else: the outcome is unknown.
    #[error("central does not answer: {0}")]
    NoAnswer(String),
    /// Central refused in so many words.
    #[error("central refused: {}", sentence(.0))]
    Refused(Problem),
}

/// Returns what a refusal means for whoever reads it here.
fn sentence(problem: &Problem) -> String {
    match problem {
        Problem::Unauthorised => "it does not know this computer's key: enrol the computer again".to_owned(),
        Problem::Revoked => "this computer was revoked: ask the department, and keep selling".to_owned(),
        Problem::CorruptBatch { at } => {
            format!("entry {at} is not what it was: run `ocop-pos verify`, and keep selling")
        }
        Problem::Fork { at_seq, .. } => {
            format!(
                "another computer with this key wrote entry {at_seq}: ask the department, and keep selling"
            )
        }
        Problem::Gap { expected } => format!("it lacks entries from {expected} on"),
        Problem::Protocol { .. } => "this program is too old for it: update it, and keep selling".to_owned(),
        Problem::Busy { retry_after_s } => format!("it is busy: try again in {retry_after_s} s"),
        Problem::Resync => "the catalogue has to be pulled from its beginning".to_owned(),
        Problem::EnrolmentCode => {
            "the code is wrong, used or expired: ask the department for a new one".to_owned()
        }
    }
}

impl From<reqwest::Error> for ClientError {
    fn from(error: reqwest::Error) -> Self {
        Self::NoAnswer(error.to_string())
    }
}

impl Client {
    /// Returns a client for central's address.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(base: &str) -> Result<Self, ClientError> {
        let http = http()?;
        Ok(Self { http, base: base.trim_end_matches('/').to_owned() })
    }

    /// Sends a batch and returns central's word, whose signature the caller checks.
    ///
    /// # Errors
    /// When central does not answer or refuses.
    pub async fn push(&self, path: &str, header: &str, body: Vec<u8>) -> Result<Ack, ClientError> {
        let request = self
            .http
            .post(format!("{}{path}", self.base))
            .header(PROTOCOL_HEADER, PROTOCOL)
            .header(BATCH_HEADER, header)
            .header("content-type", "application/zstd")
            .body(body);
        answer(request.send().await?).await
    }

    /// Asks where central stands with a stream.
    ///
    /// # Errors
    /// When central does not answer or refuses.
    pub async fn head(&self, path: &str, proof: &ReadProof) -> Result<Head, ClientError> {
        answer(self.get(path, proof).send().await?).await
    }

    /// Asks for a page of the catalogue.
    ///
    /// # Errors
    /// When central does not answer or refuses.
    pub async fn catalogue(&self, path: &str, proof: &ReadProof) -> Result<CataloguePage, ClientError> {
        answer(self.get(path, proof).header("accept-encoding", "zstd").send().await?).await
    }

    /// Asks which other journals of the store central counts, and how far.
    ///
    /// # Errors
    /// When central does not answer or refuses.
    pub async fn journals(&self, path: &str, proof: &ReadProof) -> Result<Journals, ClientError> {
        answer(self.get(path, proof).send().await?).await
    }

    /// Asks for a page of a journal.
    ///
    /// # Errors
    /// When central does not answer or refuses.
    pub async fn entries(&self, path: &str, proof: &ReadProof) -> Result<EntriesPage, ClientError> {
        answer(self.get(path, proof).header("accept-encoding", "zstd").send().await?).await
    }

    /// Asks what banks told of references; the caller checks whose word it is.
    ///
    /// # Errors
    /// When central does not answer or refuses.
    pub async fn bank_notices(&self, path: &str, proof: &ReadProof) -> Result<BankNotices, ClientError> {
        answer(self.get(path, proof).timeout(QUESTION).send().await?).await
    }

    /// Asks for goods on their way between stores; the caller checks whose word it is.
    ///
    /// # Errors
    /// When central does not answer or refuses.
    pub async fn transfers(&self, path: &str, proof: &ReadProof) -> Result<Transfers, ClientError> {
        answer(self.get(path, proof).send().await?).await
    }

    /// Tells how this computer stands.
    ///
    /// # Errors
    /// When central does not take it.
    pub async fn tell(&self, path: &str, proof: &ReadProof, body: Vec<u8>) -> Result<(), ClientError> {
        let proof = serde_json::to_string(proof).unwrap_or_default();
        let request = self
            .http
            .post(format!("{}{path}", self.base))
            .header(PROTOCOL_HEADER, PROTOCOL)
            .header(READ_HEADER, proof)
            .header("content-type", "application/json")
            .body(body);
        let status = request.send().await?.status();
        if status.is_success() { Ok(()) } else { Err(ClientError::NoAnswer(status.to_string())) }
    }

    /// Asks to become a stream.
    ///
    /// # Errors
    /// When central does not answer or refuses.
    pub async fn enrol(&self, request: &Enrol) -> Result<Enrolled, ClientError> {
        let body = serde_json::to_vec(request).map_err(|error| ClientError::NoAnswer(error.to_string()))?;
        let request = self
            .http
            .post(format!("{}/sync/v1/enrol", self.base))
            .header(PROTOCOL_HEADER, PROTOCOL)
            .header("content-type", "application/json")
            .body(body);
        answer(request.send().await?).await
    }

    fn get(&self, path: &str, proof: &ReadProof) -> reqwest::RequestBuilder {
        let proof = serde_json::to_string(proof).unwrap_or_default();
        self.http
            .get(format!("{}{path}", self.base))
            .header(PROTOCOL_HEADER, PROTOCOL)
            .header(READ_HEADER, proof)
    }
}

/// Returns a client with our limits; used for central and for the provider of invoices.
///
/// # Errors
/// When TLS cannot be set up.
pub(crate) fn http() -> reqwest::Result<reqwest::Client> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error means that one is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    reqwest::Client::builder()
        .connect_timeout(CONNECT)
        .timeout(WHOLE)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("ocop-pos/", env!("CARGO_PKG_VERSION")))
        .build()
}

async fn answer<T: DeserializeOwned>(response: Response) -> Result<T, ClientError> {
    let status = response.status();
    let zstd = response.headers().get("content-encoding").is_some_and(|value| value == "zstd");
    let mut body = read(response).await?;
    if zstd {
        body = unpack(&body)?;
    }
    let rubbish = |error: serde_json::Error| ClientError::NoAnswer(format!("{status}: {error}"));
    if status == StatusCode::OK || status == StatusCode::ACCEPTED {
        return serde_json::from_slice(&body).map_err(rubbish);
    }
    Err(ClientError::Refused(serde_json::from_slice(&body).map_err(rubbish)?))
}

/// Reads an answer up to a limit.
///
/// # Errors
/// When it breaks off or is too large.
pub(crate) async fn read(mut response: Response) -> Result<Vec<u8>, ClientError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(ClientError::NoAnswer("the answer is too large".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn unpack(body: &[u8]) -> Result<Vec<u8>, ClientError> {
    protocol::batch::unpack_limited(body, ANSWER_BYTES_MAX)
        .map_err(|_| ClientError::NoAnswer("the answer cannot be unpacked".to_owned()))
}
