//! How the papers of products stand, for pages, files and programs.

use std::collections::BTreeMap;

use domain::dossier::{HeldBy, Holding, Standing, standing};
use domain::ids::ProductId;
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Lang;

use crate::db::dossiers::kinds::{self, PaperKind};
use crate::db::dossiers::list::{self, Listed, Picked, State};
use crate::db::dossiers::papers::{self, Paper};
use crate::db::dossiers::{KindHeld, of_recognition};
use crate::db::engine::Db;
use crate::db::keyset::From;
use crate::db::recognitions;
use crate::error::Result;
use crate::web::sales::report::iso_maybe;

/// Products whose papers are as was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DossiersReport {
    /// A page of those that are picked.
    pub products: Vec<DossierOfList>,
    /// How many are picked.
    pub product_count: i64,
    /// For the page before: the field `before` of its address.
    pub page_before: Option<Uuid>,
    /// For the page behind: the field `after` of its address.
    pub page_after: Option<Uuid>,
}

/// A product of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DossierOfList {
    /// The product.
    pub product_id: Uuid,
    /// The shops' own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Code of the group.
    pub group: Option<String>,
    /// Whose goods.
    pub producer: Option<String>,
    /// The papers that were asked for.
    pub papers: Vec<KindOfList>,
}

/// How one kind of paper stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KindOfList {
    /// Code of the kind.
    pub kind: String,
    /// In Vietnamese.
    pub name_vi: String,
    /// In English.
    pub name_en: String,
    /// `missing`, `lapsed`, `lapsing` or `held`.
    pub state: String,
    /// The last day, past or to come; none when there is none.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Days left, 0 on the last one.
    pub days_left: Option<i64>,
}

impl KindOfList {
    fn new(kind: &PaperKind, standing: Standing, today: Date) -> Self {
        Self {
            kind: kind.code.clone(),
            name_vi: kind.name_vi.clone(),
            name_en: kind.name_en.clone(),
            state: standing.code().to_owned(),
            until: standing.until(),
            days_left: standing.days_left(today),
        }
    }

    /// Returns its name.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.name_vi,
            Lang::En => &self.name_en,
        }
    }

    /// True where a paper must be brought.
    pub fn is_gap(&self) -> bool {
        self.state == "missing" || self.state == "lapsed"
    }
}

/// A kind of paper in the dossier of one product, with the papers of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KindOfDossier {
    /// How it stands.
    #[serde(flatten)]
    pub standing: KindOfList,
    /// `product`, `producer` or `recognition`.
    pub held_by: String,
    /// It is asked of the product's group.
    pub is_asked: bool,
    /// Those that count first, then the latest.
    pub papers: Vec<PaperOfDossier>,
}

/// A paper of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PaperOfDossier {
    /// The paper.
    pub paper_id: Uuid,
    /// Its number.
    pub number: String,
    /// Who wrote it.
    pub issuer: String,
    /// Its day.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub issued_on: Option<Date>,
    /// Its last day; none when nothing ends it.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Words about it.
    pub note: String,
    /// Its scan is kept.
    pub has_scan: bool,
    /// Who entered it.
    pub added_by: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Neither replaced nor withdrawn.
    pub is_current: bool,
    /// Why it was withdrawn; empty otherwise.
    pub withdrawn_why: String,
    /// Who replaced or withdrew it.
    pub ended_by: String,
    /// When, UTC milliseconds.
    pub ended_at_ms: Option<i64>,
}

impl std::convert::From<Paper> for PaperOfDossier {
    fn from(paper: Paper) -> Self {
        Self {
            paper_id: paper.id,
            number: paper.number,
            issuer: paper.issuer,
            issued_on: paper.issued_on,
            until: paper.expires_on,
            note: paper.note,
            has_scan: paper.file_id.is_some(),
            added_by: paper.added_by,
            at_ms: paper.added_at_ms,
            is_current: paper.is_current,
            withdrawn_why: paper.withdrawn_why,
            ended_by: paper.ended_by,
            ended_at_ms: paper.ended_at_ms,
        }
    }
}

impl KindOfDossier {
    /// Returns a kind as it is told on a day.
    pub fn of(held: KindHeld, today: Date) -> Self {
        Self {
            standing: KindOfList::new(&held.kind, held.standing, today),
            held_by: held.kind.held_by,
            is_asked: held.is_asked,
            papers: held.papers.into_iter().map(Into::into).collect(),
        }
    }
}

/// Reads a page of the products that are picked.
///
/// # Errors
/// When the database fails.
pub async fn load(
    db: &Db,
    picked: &Picked,
    today: Date,
    from: &From,
    limit: usize,
) -> Result<DossiersReport> {
    let page = list::page(db, picked, today, from, limit).await?;
    let product_count = list::count(db, picked, today).await?;
    let (first, last) =
        (page.rows.first().map(|row| row.id.uuid()), page.rows.last().map(|row| row.id.uuid()));
    Ok(DossiersReport {
        products: rows(db, page.rows, picked, today).await?,
        product_count,
        page_before: first.filter(|_| page.has_before),
        page_after: last.filter(|_| page.has_after),
    })
}

/// Reads how the papers of products stand; of each those that were asked for.
///
/// # Errors
/// When the database fails.
pub async fn rows(db: &Db, listed: Vec<Listed>, picked: &Picked, today: Date) -> Result<Vec<DossierOfList>> {
    let ids: Vec<ProductId> = listed.iter().map(|row| row.id).collect();
    let kinds = kinds::list_on(&mut db.begin_reading().await?, today).await?;
    let mut held: BTreeMap<(ProductId, String), Vec<Holding>> = BTreeMap::new();
    for (product, kind, holding) in papers::list_holdings(db, &ids).await? {
        held.entry((product, kind)).or_default().push(holding);
    }
    let decided_kind = kinds.iter().find(|kind| kind.held_by == HeldBy::Recognition.code());
    if let Some(kind) = decided_kind {
        for (product, decided) in recognitions::list_among(db, &ids).await? {
            held.entry((product, kind.code.clone())).or_default().push(of_recognition(&decided));
        }
    }
    let row = |row: Listed| {
        let of_it = kinds.iter().filter(|kind| kind.is_asked_of(row.group_code.as_deref()));
        let of_it = of_it.filter(|kind| picked.kind_code.as_ref().is_none_or(|code| kind.code == *code));
        let stands = of_it.map(|kind| {
            let holdings = held.get(&(row.id, kind.code.clone())).map_or(&[][..], Vec::as_slice);
            (kind, standing(holdings, today))
        });
        let shown = stands.filter(|(_, standing)| is_shown(*standing, picked.state, today));
        DossierOfList {
            product_id: row.id.uuid(),
            papers: shown.map(|(kind, standing)| KindOfList::new(kind, standing, today)).collect(),
            sku: row.sku,
            name: row.name,
            group: row.group_code,
            producer: row.producer,
        }
    };
    Ok(listed.into_iter().map(row).collect())
}

/// The same rule as that by which the products are found.
fn is_shown(standing: Standing, state: State, today: Date) -> bool {
    match state {
        State::Any => true,
        State::Gap => standing.is_gap(),
        State::Missing => standing == Standing::Missing,
        State::Lapsed => matches!(standing, Standing::Lapsed(_)),
        State::Lapsing(days) => standing.days_left(today).is_some_and(|left| left <= days),
    }
}
