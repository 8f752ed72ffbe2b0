//! Goods of products that a counter added and that are others of the catalogue, on the page of the shelf.

use axum::extract::Form;
use axum::response::Response;
use domain::Quantity;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::csrf_field;
use web::{Fault, Lang};

use super::page_texts::PageTexts;
use super::refund::done;
use super::stock::STOCK;
use super::transfer_texts::TransferTexts;
use super::visit::{Visit, check_op_id};
use crate::counter::merging;
use crate::db::merged::{self, Merged};

/// The act's address.
pub const MERGE: &str = "/stock/merge";
/// The most products that wait on the page.
const WAITING_MAX: i64 = 50;

/// Whose goods become another product's.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeGoods {
    op_id: String,
    product_id: Uuid,
}

/// Makes the goods what they are.
pub async fn submit(visit: Visit, Form(form): Form<MergeGoods>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let id = form.product_id.into();
    let state = visit.ok(merging::merge_goods(&visit.app, &visit.seat, &op_id, id).await)?;
    done(&visit, state, STOCK)
}

/// Returns the goods that wait, each with its act; nothing when none do.
pub(super) async fn waiting(visit: &Visit) -> crate::db::Result<Markup> {
    let goods = merged::list_waiting(visit.app.db().read(), WAITING_MAX).await?;
    let acts: Vec<(Merged, String)> = goods.into_iter().map(|goods| (goods, visit.new_op_id())).collect();
    Ok(card(visit.lang, &csrf_field(&visit.csrf), &acts))
}

/// The card.
pub fn card(lang: Lang, csrf: &Markup, acts: &[(Merged, String)]) -> Markup {
    html! {
        @if !acts.is_empty() {
            section.card {
                h2 { (lang.merged_goods()) }
                p.hint { (lang.merged_about()) }
                div.table { table {
                    thead { tr {
                        th { (lang.stock_product()) } th.n { (lang.stock_quantity()) } th { (lang.merged_is()) } th { (lang.merge_goods()) }
                    } }
                    tbody { @for (goods, op_id) in acts { (row(lang, csrf, goods, op_id)) } }
                } }
            }
        }
    }
}

fn row(lang: Lang, csrf: &Markup, goods: &Merged, op_id: &str) -> Markup {
    html! {
        tr {
            td { (goods.name) small { (goods.unit) } }
            td.n { (Quantity::from_milli(goods.quantity_milli)) }
            td { (goods.into_name) }
            td {
                form method="post" action=(MERGE) {
                    (csrf)
                    input type="hidden" name="op_id" value=(op_id);
                    input type="hidden" name="product_id" value=(goods.product_id);
                    button aria-label=(lang.merge_goods_to(&goods.into_name)) { (lang.merge_goods()) }
                }
            }
        }
    }
}
