//! What central answered.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use http_body_util::BodyExt;
use protocol::wire::{Ack, Problem};
use serde_json::Value;
use tower::ServiceExt;

/// An answer, read whole.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Sends a request to the router, without a network.
    pub(crate) async fn of(router: &Router, request: Request<Body>) -> Self {
        let response = router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Self { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, String::from_utf8_lossy(&self.body)))
    }

    /// The body as an acknowledgement.
    pub(crate) fn ack(&self) -> Ack {
        assert!(self.status == 200 || self.status == 202, "{} {}", self.status, self.json());
        serde_json::from_value(self.json()).unwrap()
    }

    /// The body as a problem.
    pub(crate) fn problem(&self) -> Problem {
        assert!(self.status >= 400, "{} {}", self.status, self.json());
        let mut json = self.json();
        let said = json.as_object_mut().unwrap().remove("message").unwrap();
        assert!(said.as_str().unwrap().len() > 10, "a sentence for people");
        serde_json::from_value(json).unwrap()
    }
}
