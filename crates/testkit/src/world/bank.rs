//! A bank whose provider tells central of money that came, over HTTP as it would.

use central::db::bank_keys::BankKey;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::World;
use crate::http1::read_message;

/// Returns money that came to the account of the test stores, as SePay tells it.
pub fn transfer(id: u64, words: &str, vnd: i64) -> Value {
    json!({
        "id": id,
        "gateway": "Vietcombank",
        "transactionDate": "2026-11-23 08:02:37",
        "accountNumber": "1023456789",
        "code": null,
        "content": format!("MBVCB.4820193.{words}.CT tu 0099 NGUYEN VAN A"),
        "transferType": "in",
        "transferAmount": vnd,
        "accumulated": 19_077_000,
        "subAccount": null,
        "referenceCode": "MBVCB.3278907687",
        "description": "",
    })
}

impl World {
    /// Gives the stores' operator a key for its provider; the one before stops.
    pub async fn bank_key(&self) -> BankKey {
        self.admin().make_bank_key(self.operator).await.expect("a key")
    }

    /// Lets the provider tell of a transfer with a key; returns the status of the answer.
    pub async fn tell_bank(&self, key: &str, told: &Value) -> u16 {
        let body = told.to_string();
        let head = format!(
            "POST /bank-notices/v1/sepay HTTP/1.1\r\nhost: {}\r\nauthorization: Apikey {key}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            self.address(),
            body.len()
        );
        let mut stream = TcpStream::connect(self.address()).await.expect("central listens");
        stream.write_all(format!("{head}{body}").as_bytes()).await.expect("a request");
        let answer = read_message(&mut stream).await.expect("an answer").expect("a whole one");
        let head = String::from_utf8_lossy(&answer).into_owned();
        head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
    }
}
