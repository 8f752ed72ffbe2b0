//! A delivery while it is typed in: it lives in the page's form until it is received; `goods_draft` keeps its rows meanwhile.

use domain::catalog::SoldBy;
use domain::ids::ProductId;
use domain::{Money, Quantity};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use web::amount;

use super::day;
use super::whose::Whose;
use crate::counter::goods::{LINES_MAX, NewGoods};
use crate::counter::provisional::PRICE_MOST;
use crate::db::announced::Expected;

/// A delivery as its form posts it: a field `line` for each row (a [`DeliveryLine`] as JSON), and the fields of the row
/// that is being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, ToSchema)]
pub struct Delivery {
    /// Whose goods: a producer's id, `store` for goods that the store bought elsewhere, empty for whoever makes them.
    pub producer_id: String,
    /// Products that were not delivered by those who make them, as somebody confirmed.
    pub not_theirs: Vec<Uuid>,
    /// Rows that are ready.
    pub line: Vec<DeliveryLine>,
    /// The product of the row that is being typed.
    pub product_id: Option<Uuid>,
    /// Its quantity, as typed.
    pub quantity: String,
    /// Its last day of sale, as typed.
    pub expires_on: String,
    /// Its lot code.
    pub lot_code: String,
    /// Its quantity by the delivery note, as typed; empty for the same.
    pub noted: String,
    /// What a unit costs that is bought outright, as typed; empty for consigned goods.
    pub cost: String,
    /// The announcement that the row is of.
    pub announced: Option<Uuid>,
    /// Of a product that nobody knew: its name, as typed.
    pub new_name: String,
    /// Its unit.
    pub new_unit: String,
    /// Its price.
    pub new_price: String,
    /// `piece` or `weight`.
    pub new_sold_by: String,
    /// `yes` for food, drink and medicine, which are not sold past their date.
    pub new_is_food: String,
    /// What is on its pack.
    pub new_barcode: String,
    /// The row that is to be dropped.
    pub drop: Option<usize>,
    /// The announcement that is to be taken in.
    pub take: Option<Uuid>,
    /// The request that receives it, the same in every window that shows it; empty for a delivery of its own.
    pub draft: String,
}

/// A row that is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryLine {
    /// What.
    pub product_id: Uuid,
    /// Name on the page.
    pub name: String,
    /// Unit or pack, on the page.
    pub unit: String,
    /// Thousandths of the unit; nothing of goods that the note names and that did not come.
    pub quantity_milli: i64,
    /// Last day of sale, `2027-12-31`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<String>,
    /// What the pack says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lot_code: String,
    /// What the delivery note says, thousandths of the unit; nothing of goods that are not on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted_milli: Option<i64>,
    /// What a unit costs that is bought outright, đồng.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_vnd: Option<i64>,
    /// The announcement that it is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced: Option<Uuid>,
}

/// The field of the row that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongField {
    /// The quantity.
    Quantity,
    /// The last day of sale.
    ExpiresOn,
    /// The last day of sale is over.
    Expired,
    /// The quantity by the delivery note.
    Noted,
    /// The cost.
    Cost,
    /// The quantity is a fraction of what is sold by the piece.
    Fraction,
    /// There is no cost, and the goods are bought outright.
    NoCost,
}

impl Delivery {
    /// Returns the row of goods that were announced: as many as are still to come of what the producer said, to be counted, and kept
    /// beside the count.
    pub fn of(expected: &Expected) -> Self {
        let (product_id, quantity) = (Some(expected.product_id), expected.left().typed());
        let producer_id = expected.producer_id.to_string();
        let (announced, noted) = (Some(expected.delivery_id), quantity.clone());
        Self { producer_id, product_id, quantity, noted, announced, ..Self::default() }
    }

    /// Reads the posted pairs; a name that the form does not have, or a row that it did not write, is refused.
    pub fn read(pairs: Vec<(String, String)>) -> Option<Self> {
        let mut delivery = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "producer_id" => delivery.producer_id = value,
                "not_theirs" => delivery.not_theirs.push(Uuid::try_parse(&value).ok()?),
                "line" => delivery.line.push(serde_json::from_str(&value).ok()?),
                "product_id" => delivery.product_id = Some(Uuid::try_parse(&value).ok()?),
                "quantity" => delivery.quantity = value,
                "expires_on" => delivery.expires_on = value,
                "lot_code" => delivery.lot_code = value,
                "noted" => delivery.noted = value,
                "cost" => delivery.cost = value,
                "announced" => delivery.announced = Some(Uuid::try_parse(&value).ok()?),
                "new_name" => delivery.new_name = value,
                "new_unit" => delivery.new_unit = value,
                "new_price" => delivery.new_price = value,
                "new_sold_by" => delivery.new_sold_by = value,
                "new_is_food" => delivery.new_is_food = value,
                "new_barcode" => delivery.new_barcode = value,
                "draft" => delivery.draft = value,
                "take" => delivery.take = Some(Uuid::try_parse(&value).ok()?),
                "drop" => delivery.drop = Some(value.parse().ok()?),
                _ => return None,
            }
        }
        let is_short = delivery.line.len() <= LINES_MAX && delivery.not_theirs.len() <= LINES_MAX;
        is_short.then_some(delivery)
    }

    /// Returns the row that is being typed on a day, with the name and unit of its product. Of goods on the note that did not come
    /// nothing else is to be said, and goods that came need not be on it.
    ///
    /// # Errors
    /// The field that cannot be used.
    pub fn typed(
        &self,
        today: Date,
        product_id: Uuid,
        (name, unit, sold_by): (String, String, SoldBy),
    ) -> Result<DeliveryLine, WrongField> {
        let quantity = Quantity::parse_count(&self.quantity).map_err(|_| WrongField::Quantity)?;
        let is_fraction = |quantity: Quantity| sold_by == SoldBy::Piece && !quantity.is_whole();
        if is_fraction(quantity) {
            return Err(WrongField::Fraction);
        }
        let expires_on = match self.expires_on.trim() {
            "" => None,
            text => match day::parse(text).ok_or(WrongField::ExpiresOn)? {
                last if last < today => return Err(WrongField::Expired),
                last => Some(last.to_string()),
            },
        };
        let noted_milli = match self.noted.trim() {
            "" => None,
            text => match Quantity::parse_count(text) {
                Ok(noted) if !is_fraction(noted) => Some(noted.milli()),
                _ => return Err(WrongField::Noted),
            },
        };
        if quantity == Quantity::ZERO {
            let noted_milli = noted_milli.filter(|milli| *milli > 0).ok_or(WrongField::Quantity)?;
            return Ok(self.missing(product_id, (name, unit), noted_milli));
        }
        let cost_vnd = match self.cost.trim() {
            "" => None,
            text => Some(cost(text).ok_or(WrongField::Cost)?.vnd()),
        };
        let lot_code = self.lot_code.trim().to_owned();
        let (quantity_milli, announced) = (quantity.milli(), self.announced);
        Ok(DeliveryLine {
            announced,
            product_id,
            name,
            unit,
            quantity_milli,
            expires_on,
            lot_code,
            noted_milli,
            cost_vnd,
        })
    }

    /// Returns the row of goods that the note names and that did not come.
    fn missing(&self, product_id: Uuid, (name, unit): (String, String), noted_milli: i64) -> DeliveryLine {
        DeliveryLine {
            announced: self.announced,
            product_id,
            name,
            unit,
            quantity_milli: 0,
            expires_on: None,
            lot_code: String::new(),
            noted_milli: Some(noted_milli),
            cost_vnd: None,
        }
    }

    /// Says whether the row that is being typed is of a product that nobody knew.
    pub fn is_new(&self) -> bool {
        self.product_id.is_none() && !self.new_name.trim().is_empty()
    }

    /// Returns the goods, or `None` when a row was written by somebody else.
    pub fn goods(&self) -> Option<Vec<NewGoods>> {
        let producer_id = match Whose::read(&self.producer_id)? {
            // Nobody may say it by saying nothing.
            Whose::Unsaid if !self.line.is_empty() => return None,
            whose => whose.producer_id(),
        };
        let goods = self.line.iter().map(|line| {
            Some(NewGoods {
                product_id: ProductId::from_uuid(line.product_id),
                quantity: line.quantity()?,
                expires_on: line.expires_on()?,
                code: Some(line.lot_code.clone()).filter(|code| !code.is_empty()),
                noted: line.noted_milli.map(Quantity::from_milli),
                cost: line.cost()?,
                producer_id,
            })
        });
        goods.collect()
    }
}

/// Reads what a unit costs: above zero, and no more than any price.
fn cost(text: &str) -> Option<Money> {
    amount::parse(text).filter(|cost| (Money::new(1)..=PRICE_MOST).contains(cost))
}

impl DeliveryLine {
    /// Says that the note names these goods and that they did not come.
    pub fn is_missing(&self) -> bool {
        self.quantity_milli == 0 && self.noted_milli.is_some_and(|noted| noted > 0)
    }

    /// Returns how much came; `None` for what no line can hold.
    fn quantity(&self) -> Option<Quantity> {
        if self.is_missing() {
            return Some(Quantity::ZERO);
        }
        Quantity::from_milli(self.quantity_milli).sellable().ok()
    }

    /// Returns what a unit costs: `Some(None)` when nobody typed it, `None` for what no price can be.
    fn cost(&self) -> Option<Option<Money>> {
        let Some(vnd) = self.cost_vnd else { return Some(None) };
        let cost = Money::new(vnd);
        (Money::new(1)..=PRICE_MOST).contains(&cost).then_some(Some(cost))
    }

    /// Returns the last day of sale: `Some(None)` when the pack has none, `None` when it cannot be read.
    pub fn expires_on(&self) -> Option<Option<Date>> {
        match &self.expires_on {
            None => Some(None),
            Some(text) => day::parse(text).map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Option<Delivery> {
        Delivery::read(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    const TODAY: Date = time::macros::date!(2026 - 11 - 23);
    const LINE: &str = r#"{"product_id":"019a0000-0000-7000-8000-000000000001","name":"Tỏi","unit":"kg","quantity_milli":1250,"expires_on":"2027-12-31"}"#;

    #[test]
    fn a_form_is_read_whole_or_not_at_all() {
        let delivery = read(&[("producer_id", "store"), ("line", LINE), ("line", LINE)]).unwrap();
        let goods = delivery.goods().unwrap();
        assert_eq!(goods.len(), 2);
        assert_eq!((goods[0].quantity.milli(), goods[0].producer_id), (1_250, None));
        assert_eq!(goods[0].expires_on.unwrap().to_string(), "2027-12-31");
        for wrong in [("price", "1"), ("line", "{}"), ("product_id", "toi"), ("drop", "-1")] {
            assert_eq!(read(&[wrong]), None, "{wrong:?}");
        }
        let many: Vec<_> = (0..=LINES_MAX).map(|_| ("line", LINE)).collect();
        assert_eq!(read(&many), None);
    }

    #[test]
    fn what_nobody_typed_here_is_no_goods() {
        for (from, to) in
            [("1250", "0"), ("1250", "-5"), ("2027-12-31", "soon"), ("1250", "1250,\"cost_vnd\":0")]
        {
            let delivery = read(&[("producer_id", "store"), ("line", &LINE.replace(from, to))]).unwrap();
            assert_eq!(delivery.goods(), None, "{to}");
        }
        for whose in ["Phú Sinh", ""] {
            assert_eq!(read(&[("producer_id", whose), ("line", LINE)]).unwrap().goods(), None, "{whose:?}");
        }
    }

    #[test]
    fn a_row_as_typed() {
        let typed = |quantity: &str, expires_on: &str| {
            let fields = [("quantity", quantity), ("expires_on", expires_on), ("lot_code", " L1 ")];
            let line = read(&fields).unwrap().typed(
                TODAY,
                Uuid::nil(),
                ("Tỏi".to_owned(), "kg".to_owned(), SoldBy::Weight),
            )?;
            Ok((line.quantity_milli, line.expires_on, line.lot_code))
        };
        let lot = "L1".to_owned();
        assert_eq!(typed("1,25", ""), Ok((1_250, None, lot.clone())));
        assert_eq!(typed("12", "31/12/27"), Ok((12_000, Some("2027-12-31".to_owned()), lot)));
        assert_eq!(typed("", ""), Err(WrongField::Quantity));
        assert_eq!(typed("0", ""), Err(WrongField::Quantity), "nothing, and no note that says otherwise");
        assert_eq!(typed("1", "tomorrow"), Err(WrongField::ExpiresOn));
        // The last day itself is still one of sale.
        assert_eq!(typed("1", "23/11/26"), Ok((1_000, Some("2026-11-23".to_owned()), "L1".to_owned())));
        assert_eq!(typed("1", "22/11/26"), Err(WrongField::Expired));
        let pieces = |quantity: &str, noted: &str| {
            let fields = [("quantity", quantity), ("noted", noted)];
            let goods = (String::new(), String::new(), SoldBy::Piece);
            read(&fields).unwrap().typed(TODAY, Uuid::nil(), goods).map(|line| line.quantity_milli)
        };
        assert_eq!(
            pieces("1,5", ""),
            Err(WrongField::Fraction),
            "half a box can neither be sold nor given back"
        );
        assert_eq!(pieces("2", "2,5"), Err(WrongField::Noted));
        assert_eq!(pieces("2", "3"), Ok(2_000));
        let noted = |text| {
            let fields = [("quantity", "2"), ("noted", text)];
            let line = read(&fields).unwrap().typed(
                TODAY,
                Uuid::nil(),
                (String::new(), String::new(), SoldBy::Weight),
            )?;
            Ok(line.noted_milli)
        };
        assert_eq!((noted(""), noted("2,5")), (Ok(None), Ok(Some(2_500))));
        assert_eq!(noted("0"), Ok(Some(0)), "it is not on the note");
        assert_eq!(noted("nhiều"), Err(WrongField::Noted));
        let cost = |text| {
            let fields = [("quantity", "2"), ("cost", text)];
            let line = read(&fields).unwrap().typed(
                TODAY,
                Uuid::nil(),
                (String::new(), String::new(), SoldBy::Weight),
            )?;
            Ok(line.cost_vnd)
        };
        assert_eq!((cost(""), cost("120.000")), (Ok(None), Ok(Some(120_000))));
        for wrong in ["0", "-5", "rẻ", "9.000.000.000"] {
            assert_eq!(cost(wrong), Err(WrongField::Cost), "{wrong}");
        }
    }

    /// The largest differences of all: nothing came of what the note says, and what came is not on it.
    #[test]
    fn nothing_may_come_of_what_the_note_says() {
        let typed = |fields: &[(&str, &str)]| {
            let goods = ("Tỏi".to_owned(), "hộp".to_owned(), SoldBy::Piece);
            read(fields).unwrap().typed(TODAY, Uuid::nil(), goods)
        };
        let row =
            typed(&[("quantity", "0"), ("noted", "24"), ("lot_code", "L1"), ("cost", "5.000")]).unwrap();
        assert_eq!((row.quantity_milli, row.noted_milli, row.is_missing()), (0, Some(24_000), true));
        assert_eq!((row.lot_code.as_str(), row.cost_vnd), ("", None), "there is no lot of it");
        assert_eq!(typed(&[("quantity", "0"), ("noted", "0")]), Err(WrongField::Quantity));
        assert_eq!(typed(&[("quantity", "0"), ("noted", "1,5")]), Err(WrongField::Noted));
        let row = typed(&[("quantity", "5"), ("noted", "0")]).unwrap();
        assert_eq!((row.quantity_milli, row.noted_milli, row.is_missing()), (5_000, Some(0), false));
        let goods = |noted: &str| {
            let line = LINE.replace("1250", &format!("0,\"noted_milli\":{noted}"));
            let goods = read(&[("producer_id", "store"), ("line", &line)]).unwrap().goods();
            goods.map(|goods| (goods[0].quantity, goods[0].noted))
        };
        assert_eq!(goods("24000"), Some((Quantity::ZERO, Some(Quantity::pieces(24)))));
        assert_eq!((goods("0"), goods("-5")), (None, None));
    }
}
