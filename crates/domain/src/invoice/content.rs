//! What an invoice says of a sale: its lines as the buyer saw them, the totals of each rate, the whole in words.
//!
//! With VAT (form 1) a line shows what it is worth without tax, `net = gross − tax`; the tax is the one of the books, so
//! that the invoice and they never differ by a đồng. Without (form 2) a line shows what the buyer pays.

use rust_decimal::Decimal;

use super::symbol::Form;
use crate::ids::ProductId;
use crate::money::{Money, MoneyError};
use crate::sale::SaleLine;
use crate::tax::TaxClass;
use crate::tender::{Tender, TenderKind};
use crate::words::vnd_in_words;
use crate::{Quantity, Rate};

/// Decimals of a unit price without tax.
const PRICE_DECIMALS: u32 = 6;

/// What stands on an invoice beside seller and buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Its lines.
    pub lines: Vec<Line>,
    /// Totals of each rate, in the order of the lines; none without VAT lines.
    pub rates: Vec<RateTotal>,
    /// Sum of the lines' amounts.
    pub net: Money,
    /// VAT; zero without VAT lines.
    pub tax: Money,
    /// What the buyer paid: net + tax.
    pub total: Money,
    /// The total in words.
    pub words: String,
}

/// A product on an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The product.
    pub product_id: ProductId,
    /// The shop's own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// How much.
    pub quantity: Quantity,
    /// Price of a unit, without tax where the form has VAT lines, up to six decimals.
    pub price: Decimal,
    /// The line's discounts, likewise.
    pub discount: Money,
    /// Quantity × price − discount.
    pub amount: Money,
    /// `8 %`, `KCT`, `KKKNT`; empty without VAT lines.
    pub rate: String,
}

/// The lines of one rate together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateTotal {
    /// As on the lines.
    pub rate: String,
    /// Sum of their amounts.
    pub net: Money,
    /// Sum of their taxes.
    pub tax: Money,
}

/// The lots of one product at one price.
struct Group<'a> {
    first: &'a SaleLine,
    quantity: Quantity,
    gross: Money,
    discount: Money,
    tax: Money,
}

impl Group<'_> {
    fn add(&mut self, line: &SaleLine) -> Result<(), MoneyError> {
        self.quantity = self.quantity.plus(line.quantity).ok_or(MoneyError)?;
        self.gross = self.gross.plus(line.gross)?;
        self.discount = self.discount.plus(line.discount)?;
        self.tax = self.tax.plus(line.tax)?;
        Ok(())
    }

    fn is_of(&self, line: &SaleLine) -> bool {
        let key = |line: &SaleLine| -> (ProductId, Money, TaxClass, Rate) {
            (line.product_id, line.price, line.tax_class, line.tax_rate)
        };
        key(self.first) == key(line)
    }

    fn line(&self, form: Form) -> Result<Line, MoneyError> {
        let paid = self.gross.minus(self.discount)?;
        let (amount, discount) = match form {
            Form::Sales => (paid, self.discount),
            Form::Vat => {
                (paid.minus(self.tax)?, self.discount.minus(self.first.tax_rate.inside(self.discount)?)?)
            }
        };
        let before_discount = Decimal::from(amount.plus(discount)?.vnd());
        let price = before_discount.checked_div(self.quantity.decimal()).unwrap_or_default();
        Ok(Line {
            product_id: self.first.product_id,
            sku: self.first.sku.clone(),
            name: self.first.name.clone(),
            unit: self.first.unit.clone(),
            quantity: self.quantity,
            price: price.round_dp(PRICE_DECIMALS).normalize(),
            discount,
            amount,
            rate: match form {
                Form::Vat => self.first.tax_class.label(self.first.tax_rate),
                Form::Sales => String::new(),
            },
        })
    }
}

impl Content {
    /// Returns what an invoice of a form says of a sale's lines. From which lots they came is not the buyer's business.
    ///
    /// # Errors
    /// When an amount does not fit in 64 bits.
    pub fn of(form: Form, sold: &[SaleLine]) -> Result<Self, MoneyError> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for line in sold {
            match groups.iter_mut().find(|group| group.is_of(line)) {
                Some(group) => group.add(line)?,
                None => groups.push(Group {
                    first: line,
                    quantity: line.quantity,
                    gross: line.gross,
                    discount: line.discount,
                    tax: line.tax,
                }),
            }
        }
        let lines = groups.iter().map(|group| group.line(form)).collect::<Result<Vec<_>, _>>()?;
        let mut rates: Vec<RateTotal> = Vec::new();
        if form == Form::Vat {
            for (line, group) in lines.iter().zip(&groups) {
                let (net, tax) = (line.amount, group.tax);
                match rates.iter_mut().find(|total| total.rate == line.rate) {
                    Some(total) => {
                        total.net = total.net.plus(net)?;
                        total.tax = total.tax.plus(tax)?;
                    }
                    None => rates.push(RateTotal { rate: line.rate.clone(), net, tax }),
                }
            }
        }
        let net = Money::sum(lines.iter().map(|line| line.amount))?;
        let tax = Money::sum(rates.iter().map(|total| total.tax))?;
        let total = net.plus(tax)?;
        Ok(Self { lines, rates, net, tax, total, words: vnd_in_words(total) })
    }
}

/// Returns how an invoice names the way of paying: `TM` for cash, `CK` for transfer and card, `TM/CK` for both, for what is
/// still owed, and for what was paid before, in whatever way.
pub fn means_of_payment(tendered: &[Tender]) -> &'static str {
    let is_cash = |tender: &Tender| tender.kind == TenderKind::Cash;
    let may_be_cash = |tender: &Tender| {
        matches!(tender.kind, TenderKind::Cash | TenderKind::Credit) || tender.kind.is_cover()
    };
    match (tendered.iter().any(may_be_cash), tendered.iter().all(is_cash)) {
        (_, true) => "TM",
        (true, false) => "TM/CK",
        (false, false) => "CK",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::ids::LotId;

    fn line(product: u128, price: i64, milli: i64, discount: i64, class: TaxClass, percent: u8) -> SaleLine {
        let (price, quantity, rate) =
            (Money::new(price), Quantity::from_milli(milli), Rate::percent(percent));
        let gross = price.for_quantity(quantity).unwrap();
        let discount = Money::new(discount.min(gross.vnd()));
        let id = Uuid::from_u128(product);
        SaleLine {
            product_id: id.into(),
            facts_id: None,
            sku: format!("SP-{product}"),
            name: format!("Sản phẩm {product}"),
            unit: "hộp".to_owned(),
            price,
            price_version: 1,
            quantity,
            gross,
            discount,
            promotion: None,
            list_price: None,
            combo: None,
            tax_class: class,
            tax_rate: rate,
            tax: rate.inside(gross.minus(discount).unwrap()).unwrap(),
            lot_id: LotId::from_uuid(id),
            unreceived: false,
            in_programme: true,
            terms: None,
        }
    }

    fn standard(product: u128, price: i64, milli: i64, discount: i64) -> SaleLine {
        line(product, price, milli, discount, TaxClass::Standard, 8)
    }

    fn price(line: &Line) -> String {
        line.price.to_string()
    }

    #[test]
    fn with_vat_lines_a_line_is_worth_its_net() {
        let sold = [
            standard(1, 280_000, 2_000, 0),
            line(2, 95_000, 1_000, 0, TaxClass::Exempt, 0),
            line(3, 21_000, 500, 0, TaxClass::Reduced, 5),
        ];
        let content = Content::of(Form::Vat, &sold).unwrap();
        // 560.000 contains 41.481 at 8 %; 10.500 contains 500 at 5 %.
        assert_eq!(content.lines.iter().map(price).collect::<Vec<_>>(), ["259259.5", "95000", "20000"]);
        let rates: Vec<_> = content
            .rates
            .iter()
            .map(|total| (total.rate.as_str(), total.net.vnd(), total.tax.vnd()))
            .collect();
        assert_eq!(rates, [("8 %", 518_519, 41_481), ("KCT", 95_000, 0), ("5 %", 10_000, 500)]);
        assert_eq!((content.net.vnd(), content.tax.vnd(), content.total.vnd()), (623_519, 41_981, 665_500));
        assert_eq!(content.words, "Sáu trăm sáu mươi lăm nghìn năm trăm đồng");
    }

    #[test]
    fn with_vat_lines_a_discount_is_without_tax_too() {
        let content = Content::of(Form::Vat, &[standard(1, 280_000, 2_000, 10_000)]).unwrap();
        let only = &content.lines[0];
        // 10.000 contains 741, 550.000 contains 40.741.
        assert_eq!(
            (only.discount.vnd(), only.amount.vnd(), price(only)),
            (9_259, 509_259, "259259".to_owned())
        );
        assert_eq!((content.tax.vnd(), content.total.vnd()), (40_741, 550_000));
    }

    #[test]
    fn without_vat_lines_a_line_is_what_was_paid() {
        let content = Content::of(Form::Sales, &[standard(1, 280_000, 2_000, 10_000)]).unwrap();
        let only = &content.lines[0];
        assert_eq!(
            (price(only), only.discount.vnd(), only.amount.vnd()),
            ("280000".to_owned(), 10_000, 550_000)
        );
        assert_eq!((only.rate.as_str(), content.rates.len(), content.tax), ("", 0, Money::ZERO));
        assert_eq!(content.total.vnd(), 550_000);
    }

    #[test]
    fn lots_are_not_the_buyers_business() {
        let mut second = standard(1, 280_000, 1_000, 0);
        second.lot_id = LotId::from_uuid(Uuid::from_u128(77));
        let sold = [
            standard(1, 280_000, 2_000, 0),
            standard(2, 95_000, 1_000, 0),
            second,
            standard(1, 250_000, 1_000, 0),
        ];
        let content = Content::of(Form::Vat, &sold).unwrap();
        let seen: Vec<_> =
            content.lines.iter().map(|line| (line.sku.as_str(), line.quantity.milli())).collect();
        assert_eq!(
            seen,
            [("SP-1", 3_000), ("SP-2", 1_000), ("SP-1", 1_000)],
            "another price is another line"
        );
    }

    #[test]
    fn the_way_of_paying_is_named() {
        let tender = |kind| Tender { kind, amount: Money::new(1) };
        let [cash, transfer, card] = [TenderKind::Cash, TenderKind::VietQr, TenderKind::Card].map(tender);
        let [claimed, credit] = [TenderKind::Claimed, TenderKind::Credit].map(tender);
        let [exchange, deposit] = [TenderKind::Exchange, TenderKind::Deposit].map(tender);
        for (tendered, expected) in [
            (vec![cash], "TM"),
            (vec![transfer], "CK"),
            (vec![card, transfer], "CK"),
            (vec![cash, card], "TM/CK"),
            (vec![claimed], "CK"),
            (vec![credit], "TM/CK"),
            (vec![exchange], "TM/CK"),
            (vec![deposit, transfer], "TM/CK"),
        ] {
            assert_eq!(means_of_payment(&tendered), expected);
        }
    }

    fn any_line() -> impl Strategy<Value = SaleLine> {
        let rate = prop_oneof![
            Just((TaxClass::Standard, 8)),
            Just((TaxClass::StandardUncut, 10)),
            Just((TaxClass::Reduced, 5)),
            Just((TaxClass::Exempt, 0)),
            Just((TaxClass::Undeclared, 0)),
        ];
        (1_u128..5, 500_i64..5_000_000, 1_i64..20_000, 0_i64..50_000, rate).prop_map(
            |(product, price, milli, discount, (class, percent))| {
                line(product, price, milli, discount, class, percent)
            },
        )
    }

    proptest! {
        /// The invoice says what the sale says: to the đồng, in either form, and its parts add up.
        #[test]
        fn an_invoice_adds_up_to_its_sale(sold in prop::collection::vec(any_line(), 1..30)) {
            let payable = Money::sum(sold.iter().map(|line| line.total().unwrap())).unwrap();
            let booked_tax = Money::sum(sold.iter().map(|line| line.tax)).unwrap();
            for form in [Form::Vat, Form::Sales] {
                let content = Content::of(form, &sold).unwrap();
                prop_assert_eq!(content.total, payable);
                prop_assert_eq!(content.tax, if form == Form::Vat { booked_tax } else { Money::ZERO });
                let milli = |lines: Vec<i64>| lines.into_iter().sum::<i64>();
                prop_assert_eq!(
                    milli(content.lines.iter().map(|line| line.quantity.milli()).collect()),
                    milli(sold.iter().map(|line| line.quantity.milli()).collect())
                );
                if form == Form::Vat {
                    prop_assert_eq!(Money::sum(content.rates.iter().map(|total| total.net)).unwrap(), content.net);
                }
                for line in &content.lines {
                    let computed = line.price * line.quantity.decimal() - Decimal::from(line.discount.vnd());
                    let off = (computed - Decimal::from(line.amount.vnd())).abs();
                    prop_assert!(off < Decimal::new(5, 1), "{line:?}: {computed}");
                }
            }
        }
    }
}
