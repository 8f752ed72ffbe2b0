//! Whether a receipt is genuine, without a network: this store's own journals have it, or they do not.

use domain::barcode::Barcode;
use domain::ids::SaleId;
use protocol::{Kind, StreamId};
use sqlx::SqliteConnection;

use super::{Note, Result};
use crate::App;
use crate::db::{deposits, products, refunds, store};

/// What the proof on a receipt begins with.
const PROOF: &str = "OCOP1 ";
/// Bytes of the entry's hash in a proof.
const HASH_BYTES: usize = 16;
/// What the count in an order's number begins with.
const ORDER: &str = "DC";

/// What a receipt says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    /// Its QR: where the entry stands, what was paid, half of the entry's hash.
    Proof { stream: StreamId, seq: i64, total_vnd: i64, hash: Vec<u8> },
    /// A QR of that kind which is not whole.
    Broken,
    /// Its number.
    Number(String),
    /// The number of an order's paper, or its end without store and journal.
    Order(String),
}

/// Tells of a text what receipt of this store it names, or why it names none; `None` for a text that is no receipt's.
///
/// # Errors
/// When the database does not answer.
pub async fn check(app: &App, text: &str) -> Result<Option<Note>> {
    let Some(said) = read(text) else { return Ok(None) };
    let Some(store) = store::find_store(app.db().read()).await? else { return Ok(None) };
    let mut reader = app.db().read().acquire().await?;
    let receipt: String = text.trim().chars().take(40).collect::<String>().to_uppercase();
    match said {
        Said::Broken => Ok(Some(Note::MadeUpReceipt { receipt })),
        Said::Number(number) => {
            if let Some(sale_id) = refunds::find_sale_by_number(&mut reader, &number).await? {
                return Ok(Some(Note::ReceiptFound { sale_id: sale_id.uuid(), receipt: number }));
            }
            let is_ours = number.strip_prefix(&store.code).is_some_and(|rest| rest.starts_with('-'));
            let note = if is_ours { Note::UnknownReceipt { receipt } } else { Note::OtherStore { receipt } };
            Ok(Some(note))
        }
        Said::Order(number) => order(&mut reader, &store.code, number).await,
        Said::Proof { stream, .. } if stream.store_id != store.store_id => {
            Ok(Some(Note::OtherStore { receipt: "QR".to_owned() }))
        }
        Said::Proof { seq, total_vnd, hash, .. } => {
            let Some(entry) = refunds::find_proven(&mut reader, seq, &hash).await? else {
                return Ok(Some(Note::UnknownReceipt { receipt: "QR".to_owned() }));
            };
            let kind = entry.envelope.kind();
            let sale_id = entry.envelope.sale_id.map(SaleId::from_uuid);
            let sold = match sale_id {
                Some(sale_id) => refunds::find_sold(&mut reader, sale_id).await?,
                None => None,
            };
            Ok(Some(match (kind, sale_id, sold) {
                (Kind::Sale, Some(_), Some(sold)) if sold.payable_vnd != total_vnd => {
                    Note::MadeUpReceipt { receipt: sold.receipt_number }
                }
                // A refund's slip leads to the sale that it was against, an order's to what it became.
                (Kind::Sale | Kind::Refund | Kind::Void | Kind::DepositTaken, Some(sale_id), Some(sold)) => {
                    Note::ReceiptFound { sale_id: sale_id.uuid(), receipt: sold.receipt_number }
                }
                (Kind::DepositTaken, Some(sale_id), None) => deposit(&mut reader, sale_id).await?,
                (Kind::Refund, ..) => Note::RefundSlip { receipt: "QR".to_owned() },
                _ => Note::MadeUpReceipt { receipt: "QR".to_owned() },
            }))
        }
    }
}

/// An order by its number. The end alone is enough where it means one order that waits, and no goods of the shop.
async fn order(reader: &mut SqliteConnection, store_code: &str, number: String) -> Result<Option<Note>> {
    if !number.contains('-') {
        let code = Barcode::parse(&number).ok();
        let goods = match &code {
            Some(code) => products::find_by_code(reader, code).await?,
            None => None,
        };
        let found = deposits::list_by_end(reader, &number).await?;
        return Ok(match (goods, found.as_slice()) {
            (None, [only]) => Some(Note::DepositFound { sale_id: only.sale_id, number: only.number.clone() }),
            _ => None,
        });
    }
    let Some(sale_id) = deposits::find_sale_by_number(reader, &number).await? else {
        let is_ours = number.strip_prefix(store_code).is_some_and(|rest| rest.starts_with('-'));
        let receipt = number;
        return Ok(Some(if is_ours {
            Note::UnknownReceipt { receipt }
        } else {
            Note::OtherStore { receipt }
        }));
    };
    Ok(Some(match refunds::find_sold(reader, sale_id).await? {
        Some(sold) => Note::ReceiptFound { sale_id: sale_id.uuid(), receipt: sold.receipt_number },
        None => deposit(reader, sale_id).await?,
    }))
}

/// An order whose goods were not handed over.
async fn deposit(reader: &mut SqliteConnection, sale_id: SaleId) -> Result<Note> {
    let found = deposits::find_left(reader, sale_id).await?;
    Ok(found
        .map_or(Note::NoDeposit, |found| Note::DepositFound { sale_id: found.sale_id, number: found.number }))
}

fn read(text: &str) -> Option<Said> {
    let text = text.trim().to_uppercase();
    match text.strip_prefix(PROOF) {
        Some(proof) => Some(read_proof(proof).unwrap_or(Said::Broken)),
        None if is_number(&text) => Some(Said::Number(text)),
        None => is_order(&text).then_some(Said::Order(text)),
    }
}

fn read_proof(proof: &str) -> Option<Said> {
    let parts: Vec<&str> = proof.split(' ').collect();
    let &[stream, seq, total, hash] = parts.as_slice() else { return None };
    let hash = hex::decode(hash).ok().filter(|hash| hash.len() == HASH_BYTES)?;
    let stream = stream.to_lowercase().parse().ok()?;
    Some(Said::Proof { stream, seq: seq.parse().ok()?, total_vnd: total.parse().ok()?, hash })
}

/// `LS-7Q3F-000123`: a store's code, four characters of the journal, six digits or more.
fn is_number(text: &str) -> bool {
    let mut parts = text.rsplitn(3, '-');
    let (Some(count), Some(journal), Some(code)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    count.len() >= 6
        && count.bytes().all(|byte| byte.is_ascii_digit())
        && journal.len() == 4
        && journal.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && !code.is_empty()
}

/// `LS-7Q3F-DC0012`, or `DC0012` alone.
fn is_order(text: &str) -> bool {
    let mut parts = text.rsplitn(3, '-');
    let is_count = |count: &str| count.len() >= 4 && count.bytes().all(|byte| byte.is_ascii_digit());
    let ends_so = parts.next().and_then(|end| end.strip_prefix(ORDER)).is_some_and(is_count);
    match (parts.next(), parts.next()) {
        (None, None) => ends_so,
        (Some(journal), Some(code)) => ends_so && journal.len() == 4 && !code.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_receipt_says_is_read_and_nothing_else() {
        let proof = "ocop1 019A2B3C-4D5E-7000-8000-000000010001.000102030405060708090A0B0C0D0E01 7 655000 \
            0123456789ABCDEF0123456789ABCDEF";
        assert!(matches!(read(proof), Some(Said::Proof { seq: 7, total_vnd: 655_000, .. })));
        assert_eq!(read("OCOP1 7"), Some(Said::Broken));
        assert_eq!(read(&proof[..80]), Some(Said::Broken));
        assert_eq!(read(" ls-7q3f-000123 "), Some(Said::Number("LS-7Q3F-000123".to_owned())));
        for number in ["LS-7Q3F-DC0012", " dc0012 ", "LS-7Q3F-DC12345"] {
            assert_eq!(read(number), Some(Said::Order(number.trim().to_uppercase())));
        }
        for text in ["DC12", "DC-0012", "LS-7Q3F-HC0012", "LS-7Q3-DC0012", "-7Q3F-DC0012"] {
            assert_eq!(read(text), None, "{text}");
        }
        for text in ["8938500000010", "tỏi đen", "TD-004", "LS-7Q3F-12", "LS-7Q3F-00012A", "-7Q3F-000123", ""]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
