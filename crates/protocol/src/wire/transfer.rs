//! What central tells a store of goods on their way between the stores of its operator.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::SharedEntry;
use crate::keys::{BadSignature, PublicKey, Purpose, SecretKey};
use crate::stream::StreamId;

/// The most transfers that are told at once, those that were sent first.
pub const ARRIVING_MAX: i64 = 50;
/// The most stores of an operator that are told.
pub const SISTERS_MAX: i64 = 200;
/// The most transfers of the asking store that are told as taken in, the latest.
pub const TAKEN_MAX: i64 = 200;

/// Central's answer to a store (`GET /sync/v1/transfers`). It makes a till book goods, so only a signed one counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfers {
    /// The other stores of the operator, where goods can be sent.
    pub sisters: Vec<SisterStore>,
    /// The entries that sent goods to this store which no store has taken in: `transfer_out` each.
    pub arriving: Vec<SharedEntry>,
    /// What became of this store's own transfers.
    pub taken: Vec<TakenTransfer>,
    /// Central's clock, UTC milliseconds.
    pub central_time: i64,
    /// By central's key over the question's path, the asking stream, and all fields above.
    pub signature: String,
}

/// Another store of the operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SisterStore {
    /// The store.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A transfer that a store took in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenTransfer {
    /// The number on its paper.
    pub number: String,
    /// The store.
    pub by: Uuid,
    /// What came was what was sent.
    pub complete: bool,
}

impl Transfers {
    /// Signs the answer to a question of a stream.
    #[must_use]
    pub fn sign(mut self, key: &SecretKey, path: &str, stream: StreamId) -> Self {
        let fields = self.fields(path, stream);
        let fields: Vec<&[u8]> = fields.iter().map(String::as_bytes).collect();
        self.signature = key.sign(Purpose::Transfers, &fields);
        self
    }

    /// Checks that central's key made it, for this question of this stream.
    ///
    /// # Errors
    /// When the signature does not fit.
    pub fn verify(&self, key: &PublicKey, path: &str, stream: StreamId) -> Result<(), BadSignature> {
        let fields = self.fields(path, stream);
        let fields: Vec<&[u8]> = fields.iter().map(String::as_bytes).collect();
        key.verify(Purpose::Transfers, &fields, &self.signature)
    }

    /// How many there are of each stands before them, so that none can be read as another.
    fn fields(&self, path: &str, stream: StreamId) -> Vec<String> {
        let mut fields = vec![path.to_owned(), stream.to_string(), self.central_time.to_string()];
        fields.push(self.sisters.len().to_string());
        for SisterStore { id, code, name } in &self.sisters {
            fields.extend([id.to_string(), code.clone(), name.clone()]);
        }
        fields.push(self.arriving.len().to_string());
        for SharedEntry { envelope, shared } in &self.arriving {
            fields.extend([envelope.clone(), shared.clone()]);
        }
        fields.push(self.taken.len().to_string());
        for TakenTransfer { number, by, complete } in &self.taken {
            fields.extend([number.clone(), by.to_string(), complete.to_string()]);
        }
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::tests::{chain, stream};

    #[test]
    fn an_answer_fits_one_question_of_one_stream() {
        let key = SecretKey::from_bytes(&[2; 32]);
        let entry = chain(2, 1).remove(0);
        let answer = Transfers {
            sisters: vec![SisterStore {
                id: Uuid::nil(),
                code: "TK".to_owned(),
                name: "Trà Khúc".to_owned(),
            }],
            arriving: vec![SharedEntry { envelope: entry.envelope_bytes, shared: entry.shared }],
            taken: vec![TakenTransfer { number: "LS-1".to_owned(), by: Uuid::nil(), complete: true }],
            central_time: 7,
            signature: String::new(),
        };
        let path = "/sync/v1/transfers";
        let signed = answer.sign(&key, path, stream(1));
        let public = key.public();
        assert_eq!(signed.verify(&public, path, stream(1)), Ok(()));
        assert_eq!(signed.verify(&public, path, stream(2)), Err(BadSignature));
        assert_eq!(signed.verify(&public, "/sync/v1/other", stream(1)), Err(BadSignature));
        let changes: [fn(&mut Transfers); 6] = [
            |answer| answer.sisters[0].code = "TL".to_owned(),
            |answer| answer.arriving[0].shared.push(' '),
            |answer| answer.arriving.clear(),
            |answer| answer.taken[0].complete = false,
            |answer| answer.taken[0].by = Uuid::max(),
            |answer| answer.central_time += 1,
        ];
        for change in changes {
            let mut changed = signed.clone();
            change(&mut changed);
            assert_eq!(changed.verify(&public, path, stream(1)), Err(BadSignature), "{changed:?}");
        }
    }
}
