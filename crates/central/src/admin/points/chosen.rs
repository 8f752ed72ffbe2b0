//! Which products a point is meant to carry.

use domain::ids::{PointId, ProductId};

use crate::admin::Admin;
use crate::db::Tx;
use crate::db::points::{self, chosen};
use crate::error::{Error, Refusal, Result};

/// The most products of one choice.
pub const CHOSEN_MAX: usize = 5_000;
/// The most codes that the log names of one choice.
const CODES_MAX: i64 = 20;

impl Admin {
    /// Chooses products for a point and takes others off; returns of how many that changed something. Combos and what is not on sale are
    /// not chosen: their parts are, and what is on sale.
    ///
    /// # Errors
    /// When there is no such point, or there are more than [`CHOSEN_MAX`].
    pub async fn choose_point_products(
        &self,
        id: PointId,
        on: &[ProductId],
        off: &[ProductId],
    ) -> Result<usize> {
        if on.len().saturating_add(off.len()) > CHOSEN_MAX {
            return Err(Refusal::Invalid { what: "products", rule: "at most 5,000" }.into());
        }
        let mut tx = self.claimed(id).await?;
        let more = chosen::add(&mut tx, id, on, (&self.actor, self.clock.now_ms())).await?;
        let fewer = chosen::remove(&mut tx, id, off).await?;
        self.note_chosen(tx, id, Vec::new(), (&more, &fewer)).await
    }

    /// Chooses for a point what another one has: what is chosen for that one, and what stands on its shelf. Returns how many it did not
    /// have; what it has stays.
    ///
    /// # Errors
    /// When there is no such point.
    pub async fn take_over_point_products(&self, id: PointId, other: PointId) -> Result<usize> {
        let mut tx = self.claimed(id).await?;
        let other = points::find_in(&mut tx, other).await?.ok_or(Error::NotFound("point"))?;
        let more = chosen::take_over(&mut tx, id, other.id, (&self.actor, self.clock.now_ms())).await?;
        self.note_chosen(tx, id, vec![other.name], (&more, &[])).await
    }

    async fn note_chosen(
        &self,
        mut tx: Tx,
        id: PointId,
        mut lines: Vec<String>,
        (more, fewer): (&[ProductId], &[ProductId]),
    ) -> Result<usize> {
        if more.is_empty() && fewer.is_empty() {
            return Ok(0);
        }
        for (sign, ids) in [("+", more), ("−", fewer)].into_iter().filter(|(_, ids)| !ids.is_empty()) {
            let mut codes = chosen::list_codes(&mut tx, ids, CODES_MAX).await?;
            if codes.len() < ids.len() {
                codes.push("…".to_owned());
            }
            lines.push(format!("{sign}{}: {}", ids.len(), codes.join(", ")));
        }
        self.finish(tx, "point.products", &id.to_string(), &lines.join("\n")).await?;
        Ok(more.len() + fewer.len())
    }
}
