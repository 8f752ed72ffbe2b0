//! An operator agrees with a producer: a version of the terms, told to the operator's stores with the catalogue. A contract is followed
//! by a newer one, or ended; what was sold before stays as it was.

use domain::consignment::Terms;
use web::format::local_date;

use crate::admin::Admin;
use crate::app::App;
use crate::db::products;
use crate::db::users::OperatorScope;
use crate::error::{Error, Refusal, Result};

/// Makes a contract in the name of a login. It takes the place of those made earlier that begin on the same day. The same from one form
/// again is made once.
///
/// # Errors
/// [`Refusal::Invalid`] for a first day that has passed, or days that no contract has; [`Error::NotFound`] for no producer, and for a
/// product that is not the producer's. When the database fails.
pub async fn agree(app: &App, (scope, login): (OperatorScope, &str), terms: Terms) -> Result<()> {
    if terms.valid_from < local_date(app.clock.now_ms()) {
        return Err(Refusal::Invalid { what: "day", rule: "today, or later" }.into());
    }
    if let Some(id) = terms.product_id {
        let mut tx = app.db.begin_reading().await?;
        let product = products::find_in(&mut tx, id).await?;
        if product.and_then(|product| product.producer_id) != Some(terms.producer_id) {
            return Err(Error::NotFound("product"));
        }
    }
    Admin::new(app, login).agree(scope.operator_id(), &terms).await.map(|_| ())
}
