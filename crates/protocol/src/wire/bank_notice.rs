//! What banks told central of transfers, for a store that waits for some of them.

use serde::{Deserialize, Serialize};

use crate::keys::{BadSignature, PublicKey, Purpose, SecretKey};
use crate::stream::StreamId;

/// The most references in one question.
pub const REFERENCES_MAX: usize = 20;
/// The most notices that are told of one reference, the first ones that came.
pub const NOTICES_EACH_MAX: i64 = 10;

/// Central's answer to a question about references (`GET /sync/v1/bank-notices`). It turns a till green, so only a signed
/// one counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankNotices {
    /// What is known of the references, in the order in which it came. Nothing known is no row.
    pub notices: Vec<BankNoticeRow>,
    /// Central's clock, UTC milliseconds.
    pub central_time: i64,
    /// By central's key over the question's path with query, the asking stream, and all fields above.
    pub signature: String,
}

/// Money that came to an account of the operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankNoticeRow {
    /// The reference that was asked for; it stands in the words of the transfer.
    pub reference: String,
    /// The provider's own name of the notice: the same one told again has the same.
    pub notice: String,
    /// Đồng, above zero.
    pub amount: i64,
    /// The account that it came to.
    pub account: String,
    /// When the bank booked it, UTC milliseconds.
    pub booked_at: i64,
}

impl BankNotices {
    /// Signs the answer to a question of a stream.
    #[must_use]
    pub fn sign(mut self, key: &SecretKey, path: &str, stream: StreamId) -> Self {
        let fields = self.fields(path, stream);
        let fields: Vec<&[u8]> = fields.iter().map(String::as_bytes).collect();
        self.signature = key.sign(Purpose::Notices, &fields);
        self
    }

    /// Checks that central's key made it, for this question of this stream.
    ///
    /// # Errors
    /// When the signature does not fit.
    pub fn verify(&self, key: &PublicKey, path: &str, stream: StreamId) -> Result<(), BadSignature> {
        let fields = self.fields(path, stream);
        let fields: Vec<&[u8]> = fields.iter().map(String::as_bytes).collect();
        key.verify(Purpose::Notices, &fields, &self.signature)
    }

    fn fields(&self, path: &str, stream: StreamId) -> Vec<String> {
        let head = [path.to_owned(), stream.to_string(), self.central_time.to_string()];
        let notices = self.notices.iter().flat_map(|row| {
            let (amount, booked_at) = (row.amount.to_string(), row.booked_at.to_string());
            [row.reference.clone(), row.notice.clone(), amount, row.account.clone(), booked_at]
        });
        head.into_iter().chain(notices).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::tests::stream;

    #[test]
    fn an_answer_fits_one_question_of_one_stream() {
        let key = SecretKey::from_bytes(&[2; 32]);
        let row = BankNoticeRow {
            reference: "T5CY4TQKFF".to_owned(),
            notice: "92704".to_owned(),
            amount: 655_000,
            account: "0123456789".to_owned(),
            booked_at: 5,
        };
        let answer = BankNotices { notices: vec![row], central_time: 7, signature: String::new() };
        let path = "/sync/v1/bank-notices?references=T5CY4TQKFF";
        let signed = answer.sign(&key, path, stream(1));
        let public = key.public();
        assert_eq!(signed.verify(&public, path, stream(1)), Ok(()));
        assert_eq!(signed.verify(&public, path, stream(2)), Err(BadSignature));
        assert_eq!(signed.verify(&public, "/sync/v1/bank-notices?references=", stream(1)), Err(BadSignature));
        let other = SecretKey::from_bytes(&[3; 32]).public();
        assert_eq!(signed.verify(&other, path, stream(1)), Err(BadSignature));
        let changes: [fn(&mut BankNotices); 5] = [
            |answer| answer.notices[0].amount += 1,
            |answer| answer.notices[0].reference = "T5CY4TQKFG".to_owned(),
            |answer| answer.notices[0].notice = "1".to_owned(),
            |answer| answer.notices.push(answer.notices[0].clone()),
            |answer| answer.central_time += 1,
        ];
        for change in changes {
            let mut changed = signed.clone();
            change(&mut changed);
            assert_eq!(changed.verify(&public, path, stream(1)), Err(BadSignature), "{changed:?}");
        }
    }
}
