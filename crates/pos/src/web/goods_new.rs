//! A product that nobody knew, typed in with the row of the delivery that brought it.

use axum::extract::Form;
use axum::response::{IntoResponse, Response};
use domain::Money;
use domain::catalog::SoldBy;
use maud::{Markup, html};
use uuid::Uuid;
use web::form::{Field, select};
use web::{Fault, Lang, amount};

use super::delivery::{Delivery, WrongField};
use super::goods_texts::GoodsTexts;
use super::page_texts::PageTexts;
use super::products::{YES, food_tick};
use super::visit::Visit;
use super::whose::Whose;
use super::{goods_draft, note};
use crate::counter::provisional::{self, NewProduct};

/// Offers the fields of a new product, in place of those of a known one; what was typed of it already stays. Most of what farmers bring
/// is food, so the fields begin with that.
pub async fn blank(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let is_fresh = !pairs.iter().any(|(name, _)| name == "new_name");
    let mut typed = Delivery { product_id: None, ..super::goods::read_form(pairs)? };
    if is_fresh {
        typed.new_is_food = YES.to_owned();
    }
    let markup = html! { (note::none()) (fields(visit.lang, &typed, None, "")) };
    Ok(markup.into_response())
}

/// Adds the typed product; answers the field that is wrong instead.
pub(super) async fn add(
    visit: &Visit,
    typed: &Delivery,
) -> Result<Result<(Uuid, String, String), String>, Fault> {
    let new = NewProduct {
        barcode: Some(typed.new_barcode.clone()),
        name: typed.new_name.clone(),
        unit: typed.new_unit.clone(),
        // What cannot be read is refused as a price of nothing.
        price: amount::parse(&typed.new_price).unwrap_or(Money::ZERO),
        sold_by: SoldBy::from_code(&typed.new_sold_by).unwrap_or(SoldBy::Piece),
        producer_id: Whose::read(&typed.producer_id).and_then(Whose::producer_id),
        refuse_expired: typed.new_is_food == YES,
    };
    let delivery = goods_draft::op_id(visit, typed)?;
    visit.ok(provisional::add_without_cart(&visit.app, &visit.seat, &delivery, &new).await)
}

/// `#picked` of a product that is not known yet; `wrong` is the field of the product that cannot be used.
pub fn fields(lang: Lang, typed: &Delivery, row: Option<WrongField>, wrong: &str) -> Markup {
    let error = |field: &str, words: &'static str| (wrong == field).then_some(words);
    let has_focus = row.is_none();
    html! {
        section #picked.card.form {
            h2.whole { (lang.new_goods()) }
            p.hint.whole { (lang.new_goods_about()) }
            (Field { value: &typed.new_name, error: error("name", lang.bad_name()), has_focus, ..Field::new("new_name", lang.name()) }.render())
            (Field { value: &typed.new_unit, error: error("unit", lang.bad_unit()), hint: Some(lang.unit_hint()), ..Field::new("new_unit", lang.unit()) }.render())
            (Field { value: &typed.new_price, error: error("price", lang.bad_price()), hint: Some(lang.price_hint()), inputmode: "numeric",
                ..Field::new("new_price", lang.price()) }.render())
            (select("new_sold_by", lang.sold_by(), &[("piece", lang.by_piece()), ("weight", lang.by_weight())], &typed.new_sold_by, None))
            (Field { value: &typed.new_barcode, error: error("barcode", lang.bad_barcode()), hint: Some(lang.barcode_hint()), is_required: false,
                ..Field::new("new_barcode", lang.barcode()) }.render())
            (food_tick(lang, "new_is_food", typed.new_is_food == YES))
            (super::goods::row_fields(lang, typed, row, !has_focus))
        }
    }
}
