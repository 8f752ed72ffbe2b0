//! A notice as SePay sends it (<https://docs.sepay.vn/tich-hop-webhooks.html>): JSON by POST, with the header
//! `Authorization: Apikey KEY`. Providers with another form get another file beside this one.
//!
//! Read are `id`, `transactionDate` (Vietnam's time), `accountNumber` or, of a virtual account, `subAccount`,
//! `transferType`, `transferAmount`, and of `code` and `content` what may be a payment reference. Whatever else is in it,
//! such as the payer's words, is forgotten with the request.

use std::collections::BTreeSet;

use domain::Money;
use domain::payment_reference::PaymentReference;
use serde::Deserialize;
use time::PrimitiveDateTime;
use time::macros::{format_description, offset};

use super::plain_account;
use crate::db::bank_notices::BankNotice;
use crate::error::{Refusal, Result};

/// The most of one transfer, đồng: more than any bank moves at once for a shop.
const AMOUNT_MOST_VND: i64 = 100_000_000_000;
/// The longest words of a transfer; banks take about 200 characters.
const WORDS_MOST: usize = 1_000;
/// The longest number or name of a notice, and of an account.
const NAME_MOST: usize = 40;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    id: Id,
    transaction_date: String,
    account_number: String,
    sub_account: Option<String>,
    code: Option<String>,
    content: Option<String>,
    transfer_type: String,
    transfer_amount: i64,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Number(u64),
    Text(String),
}

/// Reads a notice; `None` for money that went out.
///
/// # Errors
/// When it cannot be read, or a value cannot be.
pub fn read(body: &[u8]) -> Result<Option<BankNotice>> {
    let wrong = |what, rule| Refusal::Invalid { what, rule };
    let told: Told = serde_json::from_slice(body).map_err(|_| {
        wrong(
            "notice",
            "JSON with id, transactionDate, accountNumber, transferType and transferAmount is needed",
        )
    })?;
    match told.transfer_type.as_str() {
        "in" => {}
        "out" => return Ok(None),
        _ => return Err(wrong("transferType", "in or out").into()),
    }
    let notice = match &told.id {
        Id::Number(number) => number.to_string(),
        Id::Text(text) => text.clone(),
    };
    if notice.is_empty() || notice.len() > NAME_MOST || !notice.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(wrong("id", "1 to 40 characters without blanks").into());
    }
    if !(1..=AMOUNT_MOST_VND).contains(&told.transfer_amount) {
        return Err(wrong("transferAmount", "whole đồng, from 1 to 100.000.000.000").into());
    }
    let booked_at_ms = read_moment(&told.transaction_date)
        .ok_or_else(|| wrong("transactionDate", "like 2026-11-23 14:02:37"))?;
    let account = account(&told).ok_or_else(|| wrong("accountNumber", "1 to 40 letters and digits"))?;
    let words = [told.code.as_deref(), told.content.as_deref()];
    let amount = Money::new(told.transfer_amount);
    Ok(Some(BankNotice { notice, amount, account, booked_at_ms, references: references(words)? }))
}

/// A virtual account is what the code on the counter names.
fn account(told: &Told) -> Option<String> {
    let named = told.sub_account.as_deref().filter(|account| !account.trim().is_empty());
    let account = plain_account(named.unwrap_or(&told.account_number));
    (1..=NAME_MOST).contains(&account.len()).then_some(account)
}

fn references(words: [Option<&str>; 2]) -> Result<BTreeSet<PaymentReference>> {
    let mut found = BTreeSet::new();
    for words in words.into_iter().flatten() {
        if words.chars().count() > WORDS_MOST {
            return Err(Refusal::Invalid { what: "content", rule: "at most 1000 characters" }.into());
        }
        found.extend(PaymentReference::all_in(words));
    }
    Ok(found)
}

/// Returns the instant of a Vietnamese clock's time.
fn read_moment(text: &str) -> Option<i64> {
    let form = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    let moment = PrimitiveDateTime::parse(text.trim(), form).ok()?.assume_offset(offset!(+7));
    moment.unix_timestamp().checked_mul(1_000)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn usual() -> Value {
        json!({
            "id": 92704,
            "gateway": "Vietcombank",
            "transactionDate": "2026-11-23 14:02:37",
            "accountNumber": "0123 456 789",
            "code": null,
            "content": "MBVCB.4820193.t5cy4 tqkff.CT tu NGUYEN VAN A",
            "transferType": "in",
            "transferAmount": 655_000,
            "accumulated": 19_077_000,
            "subAccount": null,
            "referenceCode": "MBVCB.3278907687",
            "description": "",
            "somethingNew": {"deep": [1, 2]},
        })
    }

    fn with(field: &str, value: Value) -> Result<Option<BankNotice>> {
        let mut told = usual();
        told[field] = value;
        read(told.to_string().as_bytes())
    }

    #[test]
    fn a_notice_is_read() {
        let notice = with("gateway", json!("BIDV")).unwrap().unwrap();
        assert_eq!((notice.notice.as_str(), notice.account.as_str()), ("92704", "0123456789"));
        assert_eq!((notice.amount.vnd(), notice.booked_at_ms), (655_000, 1_795_417_357_000));
        assert!(notice.references.contains(&PaymentReference::parse("T5CY4TQKFF").unwrap()));
        let virtual_account = with("subAccount", json!("VA0001")).unwrap().unwrap();
        assert_eq!(virtual_account.account, "VA0001");
        assert_eq!(with("id", json!("FT-1")).unwrap().unwrap().notice, "FT-1");
        let in_code = with("code", json!("T5CY4TQKFG")).unwrap().unwrap();
        assert!(in_code.references.contains(&PaymentReference::parse("T5CY4TQKFG").unwrap()));
        assert_eq!(with("content", json!(null)).unwrap().unwrap().references, BTreeSet::new());
    }

    #[test]
    fn what_goes_out_is_no_notice() {
        assert_eq!(with("transferType", json!("out")).unwrap(), None);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for (field, value) in [
            ("id", json!(-1)),
            ("id", json!("")),
            ("id", json!("a b")),
            ("id", json!("9".repeat(41))),
            ("id", json!(null)),
            ("transactionDate", json!("23/11/2026 14:02")),
            ("transactionDate", json!("2026-13-01 00:00:00")),
            ("transactionDate", json!(1_795_417_357)),
            ("accountNumber", json!("")),
            ("accountNumber", json!("1".repeat(41))),
            ("transferType", json!("IN")),
            ("transferType", json!("refund")),
            ("transferAmount", json!(0)),
            ("transferAmount", json!(-655_000)),
            ("transferAmount", json!(655_000.5)),
            ("transferAmount", json!("655000")),
            ("transferAmount", json!(1e12)),
            ("transferAmount", json!(100_000_000_001_i64)),
            ("transferAmount", json!(null)),
            ("content", json!("a".repeat(1_001))),
            ("content", json!(["T5CY4TQKFF"])),
        ] {
            assert!(with(field, value.clone()).is_err(), "{field} {value}");
        }
        for body in [&b""[..], b"[]", b"{}", b"\xff", b"null", br#"{"id":1,"id":2}"#] {
            assert!(read(body).is_err(), "{body:?}");
        }
    }
}
