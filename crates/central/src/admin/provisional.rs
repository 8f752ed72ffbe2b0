//! Products that stores added at the counter: each becomes a product of the catalogue, or is counted under one.

use domain::ids::ProductId;

use super::catalogue::{check_codes, product_of};
use super::{Admin, NewProduct};
use crate::db::{combos, products, provisional};
use crate::error::{Error, Refusal, Result};

impl Admin {
    /// Takes a product that a store added into the catalogue. It stays the same product: what was sold of it stays its own, and
    /// stores learn its code, price and group.
    ///
    /// # Errors
    /// When it does not wait, a value is missing or wrong, or a code is taken; also when its goods would become another producer's,
    /// or would be sold by something else than they were.
    pub async fn confirm_product(&self, id: ProductId, new: &NewProduct) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let was = provisional::claim(&mut tx, id).await?.ok_or(Error::NotFound("product"))?;
        if was.sold_by != new.sold_by.code() {
            return Err(Refusal::Invalid { what: "sold by", rule: "as the store sold it" }.into());
        }
        if was.producer_id() != new.producer_id {
            return Err(Refusal::Invalid { what: "producer", rule: "whose goods the store sold" }.into());
        }
        check_codes(&mut tx, &new.sku, &new.barcodes, Some(id)).await?;
        let groups = products::list_groups(&mut tx).await?;
        // Tills froze the price that they gave it as its first version.
        let version = if was.price == new.price { 1 } else { 2 };
        let communes = self.communes(&mut tx).await?;
        let product = product_of(id, new, version, (&groups, &communes))?;
        let detail = format!("{} {}", product.sku, product.price);
        self.store_product(tx, &product, &groups, ("product.confirm", &detail)).await
    }

    /// Counts a product that a store added under one of the catalogue, which gets its barcode: reports add them up, and stores sell
    /// the other one from now on. What was sold stays as it was frozen, so no total changes.
    ///
    /// # Errors
    /// When the first does not wait, or the other one is not on sale, is a combo, of another producer, or sold by something else.
    pub async fn merge_product(&self, id: ProductId, into: ProductId) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let was = provisional::claim(&mut tx, id).await?.ok_or(Error::NotFound("product"))?;
        let mut product = products::find_in(&mut tx, into).await?.ok_or(Error::NotFound("product"))?;
        let is_combo = !combos::list_parts(&mut tx, into).await?.is_empty();
        let wrong = |rule| Err(Refusal::Invalid { what: "product", rule }.into());
        if product.status != "active" || is_combo {
            return wrong("one that is on sale, and no combo");
        }
        if product.sold_by.code() != was.sold_by {
            return wrong("sold by the same: by the piece or by weight");
        }
        if product.producer_id != was.producer_id() {
            return wrong("goods of the same producer");
        }
        if !provisional::merge(&mut tx, id, &product).await? {
            return Err(Error::NotFound("product"));
        }
        product.merged.push(id);
        if let Some(code) = was.barcode.filter(|code| !product.barcodes.contains(code))
            && check_codes(&mut tx, &product.sku, std::slice::from_ref(&code), Some(into)).await.is_ok()
        {
            product.barcodes.push(code);
        }
        let groups = products::list_groups(&mut tx).await?;
        self.store_product(tx, &product, &groups, ("product.merge", &id.to_string())).await
    }
}
