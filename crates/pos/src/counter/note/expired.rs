//! The note about goods past their date.

use domain::Quantity;
use domain::stock::Expired;

use super::Note;

impl Note {
    /// Tells that goods may not be sold any more, and how much is left that may.
    pub fn expired(name: String, expired: Expired) -> Self {
        let Expired { expired_on, fresh } = expired;
        let expired_on = web::format::date_text(expired_on);
        match fresh {
            Quantity::ZERO => Self::Expired { name, expired_on },
            fresh => Self::FreshLeft { name, fresh: fresh.to_string(), expired_on },
        }
    }
}
