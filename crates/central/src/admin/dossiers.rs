//! Dossiers of products: papers entered, replaced and withdrawn, scans of decisions, and the kinds of papers that are asked for.

use domain::dossier::HeldBy;
use domain::ids::ProductId;
use domain::name_fold::name_fold;
use domain::paper_file::FileKind;
use protocol::Hash;
use time::Date;
use uuid::Uuid;
use web::format::{date_text, local_date};

use super::points::words;
use super::{Admin, needed, optional};
use crate::db::dossiers::kinds::{self, PaperKind};
use crate::db::dossiers::papers::{self, End, Paper};
use crate::db::paper_files::{self, FILE_BYTES_MAX, PaperFile};
use crate::db::products::{self, Product};
use crate::db::{Tx, combos, producers, recognitions};
use crate::error::{Error, Refusal, Result};

/// The most papers that one product, or one producer, ever has.
const PAPERS_MAX: usize = 500;
/// The most rows of kinds.
const KINDS_MAX: usize = 200;
/// The longest code of a kind.
const CODE_MAX: usize = 60;

/// A photograph or a scan: what its content says it is, and the content.
pub type Scan = (FileKind, Vec<u8>);

/// A paper to enter.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPaper {
    /// Drawn with the form, so that a form sent twice enters one.
    pub id: Uuid,
    /// Code of its kind.
    pub kind_code: String,
    /// Its number.
    pub number: String,
    /// Who wrote it.
    pub issuer: String,
    /// Its day, not after today.
    pub issued_on: Option<Date>,
    /// Its last day, not before the first; `None` when nothing ends it.
    pub expires_on: Option<Date>,
    /// Words about it.
    pub note: String,
    /// The one of the same kind whose place it takes.
    pub replaces: Option<Uuid>,
    /// Its scan.
    pub scan: Option<Scan>,
}

/// A kind of paper as it is to be from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPaperKind {
    /// Its code; `None` makes one of the name.
    pub code: Option<String>,
    /// In Vietnamese.
    pub name_vi: String,
    /// In English; without one the Vietnamese name stands there.
    pub name_en: String,
    /// Whose paper counts; of a kind that is there it stays.
    pub held_by: HeldBy,
    /// Codes of the groups that it is asked of.
    pub asked_of: Vec<String>,
    /// The first day.
    pub valid_from: Date,
    /// What asks for it.
    pub source: String,
}

impl Admin {
    /// Enters a paper of a product, or of its producer where the kind is one of producers; entered before under its id, it stays as it
    /// is. A paper that it replaces ends with it.
    ///
    /// # Errors
    /// When there is no such product, it is a combo or waits to be taken in, there is no such kind today, the one that it replaces
    /// is not there or ended already, or a value is wrong.
    pub async fn add_paper(&self, product_id: ProductId, new: NewPaper) -> Result<()> {
        let today = local_date(self.clock.now_ms());
        let (mut tx, product) = self.with_dossier(product_id).await?;
        let kinds = kinds::list_on(&mut tx, today).await?;
        let kind = kinds.iter().find(|kind| kind.code == new.kind_code).ok_or(Error::NotFound("kind"))?;
        let mut paper = self.paper_of(&new, today)?;
        match owner(&mut tx, &product, kind.held_by()?).await? {
            HeldBy::Producer => paper.producer_id = product.producer_id.map(Into::into),
            HeldBy::Product => paper.product_id = Some(product_id.uuid()),
            HeldBy::Recognition => return Err(Error::NotFound("kind")),
        }
        let of_it = papers::list(&mut tx, product_id, product.producer_id).await?;
        if of_it.iter().any(|each| each.id == new.id) {
            return Ok(());
        }
        if of_it.len() >= PAPERS_MAX {
            return Err(Refusal::Invalid { what: "papers", rule: "at most 500" }.into());
        }
        let replaced = match new.replaces {
            Some(id) => Some(replaceable(&of_it, id, &new.kind_code)?),
            None => None,
        };
        if let Some((kind, content)) = new.scan {
            paper.file_id = Some(self.keep_scan(&mut tx, (kind, content)).await?);
        }
        // Another product's paper has this id.
        if !papers::insert(&mut tx, &paper).await? {
            return Err(Error::NotFound("paper"));
        }
        if let Some(old) = replaced {
            let end = (self.actor.as_str(), self.clock.now_ms());
            if !papers::end(&mut tx, old.id, End::Replaced(paper.id), end).await? {
                return Err(Error::NotFound("paper"));
            }
        }
        let detail = match replaced {
            Some(old) => format!("{}: {} → {}", kind.name_vi, told(old), told(&paper)),
            None => format!("{}: {}", kind.name_vi, told(&paper)),
        };
        let action = if replaced.is_some() { "product.paper_replaced" } else { "product.paper" };
        self.finish(tx, action, &product_id.to_string(), &detail).await
    }

    /// Withdraws a paper that counts for a product, for a reason; withdrawn before, it stays so.
    ///
    /// # Errors
    /// When it is none of the product's, a newer one has taken its place, or the reason is missing or too long.
    pub async fn withdraw_paper(&self, product_id: ProductId, id: Uuid, why: &str) -> Result<()> {
        let why = needed("reason", why)?;
        let (mut tx, product) = self.with_dossier(product_id).await?;
        let of_it = papers::list(&mut tx, product_id, product.producer_id).await?;
        let paper = of_it.iter().find(|each| each.id == id).ok_or(Error::NotFound("paper"))?;
        let end = (self.actor.as_str(), self.clock.now_ms());
        if !papers::end(&mut tx, id, End::Withdrawn(&why), end).await? {
            // Read again: a producer's paper may have been replaced at another of its products meanwhile.
            let now = papers::list(&mut tx, product_id, product.producer_id).await?;
            if now.iter().any(|each| each.id == id && each.replaced_by.is_some()) {
                let rule = "a newer one has taken its place";
                return Err(Refusal::Invalid { what: "paper", rule }.into());
            }
            return Ok(());
        }
        let kinds = kinds::list(&mut tx).await?;
        let kind = kinds.iter().rev().find(|kind| kind.code == paper.kind_code);
        let name = kind.map_or(paper.kind_code.as_str(), |kind| &kind.name_vi);
        let detail = format!("{name}: {}\n{why}", told(paper));
        self.finish(tx, "product.paper_withdrawn", &product_id.to_string(), &detail).await
    }

    /// Gives a decision about a product the scan of its paper, in place of one that it has: the older file stays in the store, and
    /// the log names it. The same content again changes nothing.
    ///
    /// # Errors
    /// When the product has no such decision that counts, or the file is too large.
    pub async fn scan_recognition(&self, product_id: ProductId, id: Uuid, scan: Scan) -> Result<()> {
        let mut tx = self.db.begin().await?;
        products::claim(&mut tx, product_id).await?.ok_or(Error::NotFound("product"))?;
        let of_it = recognitions::list(&mut tx, product_id).await?;
        let decision = of_it.into_iter().find(|each| each.id == id && !each.is_withdrawn);
        let decision = decision.ok_or(Error::NotFound("recognition"))?;
        let before = match decision.file_id {
            Some(file_id) => paper_files::find_sha256(&mut tx, file_id).await?,
            None => None,
        };
        if before.as_deref() == Some(Hash::of(&[&scan.1]).bytes()) {
            return Ok(());
        }
        let file_id = self.keep_scan(&mut tx, scan).await?;
        if !recognitions::set_file(&mut tx, product_id, id, file_id).await? {
            return Err(Error::NotFound("recognition"));
        }
        let detail = match decision.file_id {
            Some(old) => format!("{}\n{old} → {file_id}", decision.paper.number),
            None => decision.paper.number,
        };
        self.finish(tx, "product.scan", &product_id.to_string(), &detail).await
    }

    /// Writes a kind of paper as it is to be from a day on. Without a code its name gives one. What was to begin later, but has not yet,
    /// was a mistake: the new row takes its place, and the log tells what it said.
    ///
    /// # Errors
    /// When a text is missing or too long, a name has no letter, a group is unknown, there is a kind of that name, or a row that began
    /// later.
    pub async fn set_paper_kind(&self, new: &NewPaperKind) -> Result<()> {
        let name_vi = needed("name", &new.name_vi)?;
        let name_en = optional("name", &new.name_en)?;
        let mut tx = self.db.begin().await?;
        kinds::claim(&mut tx).await?;
        let all = kinds::list(&mut tx).await?;
        let code: String = match &new.code {
            Some(code) => code.clone(),
            None => code_of(&name_vi)?,
        };
        let before = all.iter().rev().find(|kind| kind.code == code);
        match (before, &new.code) {
            (Some(_), None) => return Err(Refusal::Taken { what: "kind", value: name_vi }.into()),
            (None, Some(_)) => return Err(Error::NotFound("kind")),
            _ => {}
        }
        let is_later = |kind: &&PaperKind| kind.code == code && kind.valid_from > new.valid_from;
        let later: Vec<&PaperKind> = all.iter().rev().filter(is_later).collect();
        let today = local_date(self.clock.now_ms());
        if later.iter().any(|kind| kind.valid_from <= today) {
            let rule = "not before the one that is there";
            return Err(Refusal::Invalid { what: "first day", rule }.into());
        }
        if all.len() >= KINDS_MAX {
            return Err(Refusal::Invalid { what: "kinds", rule: "at most 200" }.into());
        }
        let groups = products::list_groups(&mut tx).await?;
        if new.asked_of.iter().any(|code| groups.iter().all(|group| group.code != *code)) {
            return Err(Refusal::Invalid { what: "group", rule: "one of the product groups" }.into());
        }
        let held_by = match before {
            Some(kind) => kind.held_by()?,
            None if new.held_by == HeldBy::Recognition => return Err(Error::NotFound("kind")),
            None => new.held_by,
        };
        let kind = PaperKind {
            code: code.clone(),
            valid_from: new.valid_from,
            valid_to: None,
            name_en: if name_en.is_empty() { name_vi.clone() } else { name_en },
            name_vi,
            held_by: held_by.code().to_owned(),
            asked_of: new.asked_of.join(" "),
            source: optional("source", &new.source)?,
            set_by: self.actor.clone(),
        };
        let line = |kind: &PaperKind| format!("{} {}: {}", kind.valid_from, kind.name_vi, kind.asked_of);
        let mut detail = line(&kind);
        for old in later {
            kinds::take_back(&mut tx, &old.code, old.valid_from).await?;
            detail.push_str(&format!("\n← {}", line(old)));
        }
        kinds::set(&mut tx, &kind).await?;
        self.finish(tx, "dossier.kind", &kind.code, &detail).await
    }

    /// Ends a kind of paper with a last day; papers of it stay.
    ///
    /// # Errors
    /// When there is none that goes on, or it begins later.
    pub async fn end_paper_kind(&self, code: &str, last: Date) -> Result<()> {
        let mut tx = self.db.begin().await?;
        kinds::claim(&mut tx).await?;
        if !kinds::end(&mut tx, code, last).await? {
            return Err(Error::NotFound("kind"));
        }
        self.finish(tx, "dossier.kind_end", code, &last.to_string()).await
    }

    /// Keeps a scan, and returns the file.
    pub(super) async fn keep_scan(&self, tx: &mut Tx, (kind, content): Scan) -> Result<Uuid> {
        if content.is_empty() || content.len() > FILE_BYTES_MAX {
            return Err(Refusal::Invalid { what: "file", rule: "1 byte to 5 MB" }.into());
        }
        let id = self.clock.new_uuid();
        let file = PaperFile::of(id, (kind, &content), &self.actor, self.clock.now_ms());
        paper_files::insert(tx, &file, content).await?;
        Ok(id)
    }

    /// Holds a product that can have papers until the transaction ends.
    async fn with_dossier(&self, id: ProductId) -> Result<(Tx, Product)> {
        let mut tx = self.db.begin().await?;
        let product = products::claim(&mut tx, id).await?.ok_or(Error::NotFound("product"))?;
        if product.status == "provisional" || !combos::list_parts(&mut tx, id).await?.is_empty() {
            return Err(Error::NotFound("product"));
        }
        Ok((tx, product))
    }

    fn paper_of(&self, new: &NewPaper, today: Date) -> Result<Paper> {
        let wrong = |what, rule| Err(Refusal::Invalid { what, rule }.into());
        if new.issued_on.is_some_and(|day| day > today) {
            return wrong("day", "not after today");
        }
        if new.expires_on.zip(new.issued_on).is_some_and(|(last, first)| last < first) {
            return wrong("last day", "not before the first one");
        }
        Ok(Paper {
            id: new.id,
            kind_code: new.kind_code.clone(),
            product_id: None,
            producer_id: None,
            number: optional("number", &new.number)?,
            issuer: optional("issuer", &new.issuer)?,
            issued_on: new.issued_on,
            expires_on: new.expires_on,
            note: words("note", &new.note)?,
            file_id: None,
            added_by: self.actor.clone(),
            added_at_ms: self.clock.now_ms(),
            is_current: true,
            replaced_by: None,
            withdrawn_why: String::new(),
            ended_by: String::new(),
            ended_at_ms: None,
        })
    }
}

/// A producer's paper of goods that are nobody's, or whose producer no row tells of, is the product's.
async fn owner(tx: &mut Tx, product: &Product, held_by: HeldBy) -> Result<HeldBy> {
    if held_by != HeldBy::Producer {
        return Ok(held_by);
    }
    let Some(id) = product.producer_id else { return Ok(HeldBy::Product) };
    let is_known = producers::find_in(tx, id).await?.is_some();
    Ok(if is_known { HeldBy::Producer } else { HeldBy::Product })
}

/// A code that goes into addresses as it is: small letters, digits and `_`.
fn code_of(name: &str) -> Result<String> {
    let folded = name_fold(name);
    let words = folded.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let code: String = words.collect::<Vec<_>>().join("_").chars().take(CODE_MAX).collect();
    if code.is_empty() {
        return Err(Refusal::Invalid { what: "name", rule: "with letters or digits" }.into());
    }
    Ok(code)
}

fn replaceable<'a>(papers: &'a [Paper], id: Uuid, kind_code: &str) -> Result<&'a Paper> {
    let found = papers.iter().find(|each| each.id == id && each.is_current && each.kind_code == kind_code);
    found.ok_or(Error::NotFound("paper"))
}

/// A paper in a line of the log: its number and last day.
fn told(paper: &Paper) -> String {
    let number = if paper.number.is_empty() { "–" } else { &paper.number };
    match paper.expires_on {
        Some(day) => format!("{number} ({})", date_text(day)),
        None => number.to_owned(),
    }
}
