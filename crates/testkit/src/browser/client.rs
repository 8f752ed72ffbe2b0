//! HTTP to a ChromeDriver on this machine: a connection per command, no TLS and so no choice of its provider.

use std::io::{Error, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use thirtyfour::error::{WebDriverError, WebDriverResult};
use thirtyfour::session::http::{Body, HttpClient};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::http1;

/// Longest that ChromeDriver may take for one command; a page that hangs fails here.
const COMMAND_S_MAX: u64 = 60;

pub(super) struct LoopbackClient;

#[async_trait::async_trait]
impl HttpClient for LoopbackClient {
    async fn send(&self, request: Request<Body<'_>>) -> WebDriverResult<Response<Bytes>> {
        let authority = request.uri().authority().map(ToString::to_string).unwrap_or_default();
        let message = written(&request, &authority);
        let answer = tokio::time::timeout(Duration::from_secs(COMMAND_S_MAX), exchange(&authority, &message));
        let answer = answer.await.map_err(|_| failed("no answer in time"))?.map_err(failed)?;
        parsed(answer).ok_or_else(|| failed("not an HTTP answer"))
    }

    async fn new(&self) -> Arc<dyn HttpClient> {
        Arc::new(Self)
    }
}

fn failed(reason: impl ToString) -> WebDriverError {
    WebDriverError::RequestFailed(format!("ChromeDriver: {}", reason.to_string()))
}

fn written(request: &Request<Body<'_>>, authority: &str) -> Vec<u8> {
    let body = match request.body() {
        Body::Empty => String::new(),
        Body::Json(json) => json.to_string(),
    };
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let (method, length) = (request.method(), body.len());
    format!(
        "{method} {target} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n\
         content-type: application/json; charset=utf-8\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

async fn exchange(authority: &str, message: &[u8]) -> Result<Vec<u8>, Error> {
    let mut stream = TcpStream::connect(authority).await?;
    stream.set_nodelay(true)?;
    stream.write_all(message).await?;
    // By its length: ChromeDriver says that it closes, and leaves that to us.
    http1::read_message(&mut stream).await?.ok_or_else(|| ErrorKind::UnexpectedEof.into())
}

fn parsed(answer: Vec<u8>) -> Option<Response<Bytes>> {
    let start = http1::body_start(&answer)?;
    let status: u16 = std::str::from_utf8(&answer[..start]).ok()?.split(' ').nth(1)?.parse().ok()?;
    Response::builder().status(status).body(Bytes::from(answer).slice(start..)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_split_into_status_and_body() {
        let answer = parsed(b"HTTP/1.1 404 Not Found\r\nx: y\r\n\r\n{}".to_vec()).expect("an answer");
        assert_eq!((answer.status().as_u16(), answer.body().as_ref()), (404, &b"{}"[..]));
        assert!(parsed(b"HTTP/1.1 200 OK\r\n".to_vec()).is_none());
        assert!(parsed(b"nonsense\r\n\r\n".to_vec()).is_none());
    }

    #[test]
    fn a_command_has_path_length_and_body() {
        let json = serde_json::json!({"url": "đ"});
        let request =
            Request::post("http://127.0.0.1:9/session/1/url").body(Body::Json(&json)).expect("a request");
        let written = String::from_utf8(written(&request, "127.0.0.1:9")).expect("text");
        assert!(written.starts_with("POST /session/1/url HTTP/1.1\r\nhost: 127.0.0.1:9\r\n"), "{written}");
        assert!(written.ends_with("content-length: 12\r\n\r\n{\"url\":\"đ\"}"), "{written}");
    }
}
