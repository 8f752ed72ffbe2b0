//! Dossiers of products: kinds of papers, papers, and the list of products that lack some.

pub mod kinds;
pub mod list;
pub mod papers;

use domain::catalog::Recognition;
use domain::dossier::{HeldBy, Holding, Standing, standing};
use time::Date;

use super::products::Product;
use super::{Tx, recognitions};
use crate::error::Result;
use kinds::PaperKind;
use papers::Paper;

/// A kind of paper in the dossier of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindHeld {
    /// The kind.
    pub kind: PaperKind,
    /// It is asked of the product's group.
    pub is_asked: bool,
    /// How it stands.
    pub standing: Standing,
    /// Those that count first, then the latest.
    pub papers: Vec<Paper>,
}

impl KindHeld {
    /// True where a paper must be brought.
    pub const fn is_gap(&self) -> bool {
        self.is_asked && self.standing.is_gap()
    }
}

/// Returns the days of a decision.
pub const fn of_recognition(decided: &Recognition) -> Holding {
    Holding { begins_on: Some(decided.valid_from), expires_on: decided.valid_to }
}

/// Reads the dossier of a product on a day: the kinds that are asked of its group, and others of which there are papers.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx, product: &Product, today: Date) -> Result<Vec<KindHeld>> {
    let decided: Vec<Holding> = recognitions::list(tx, product.id)
        .await?
        .iter()
        .filter(|each| !each.is_withdrawn)
        .map(|each| of_recognition(&each.recognition))
        .collect();
    let mut papers = papers::list(tx, product.id, product.producer_id).await?;
    let mut dossier = Vec::new();
    for kind in kinds::list_on(tx, today).await? {
        let (own, others): (Vec<Paper>, _) =
            papers.into_iter().partition(|paper| paper.kind_code == kind.code);
        papers = others;
        let is_asked = kind.is_asked_of(product.group_code.as_deref());
        if !is_asked && own.is_empty() {
            continue;
        }
        let standing = if kind.held_by()? == HeldBy::Recognition {
            standing(&decided, today)
        } else {
            let current = own.iter().filter(|paper| paper.is_current);
            let days = current.map(|paper| Holding { begins_on: None, expires_on: paper.expires_on });
            standing(&days.collect::<Vec<_>>(), today)
        };
        dossier.push(KindHeld { kind, is_asked, standing, papers: own });
    }
    Ok(dossier)
}
