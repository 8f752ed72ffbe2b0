//! A contract in words, as a producer and the people of a shop say it: the same sentences at central and at the till.

use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::Mode;

use crate::Lang;

crate::texts! {
    /// What contracts say.
    pub trait ContractTexts;

    terms_ended_all() "Hợp đồng cho mọi sản phẩm kết thúc từ ngày này" / "The contract for all products ends on this day";
    terms_ended_one() "Hợp đồng riêng cho sản phẩm này kết thúc từ ngày này; từ đó theo hợp đồng cho mọi sản phẩm, nếu có" / "The contract for this product alone ends on this day; from then on the one for all products holds, if there is one";
    terms_bought() "Mua đứt: nhận hàng xong là hàng của cửa hàng" / "Bought outright: the goods are the store's when they come in";
    terms_no_commission() "Ký gửi, cửa hàng không lấy hoa hồng" / "Consigned, without commission";
    terms_of_gross(rate) "Hoa hồng {rate} trên giá niêm yết" / "Commission of {rate} on the list price";
    terms_of_net(rate) "Hoa hồng {rate} trên tiền khách trả" / "Commission of {rate} on what the buyer pays";
    terms_discount_store() "Cửa hàng chịu phần giảm giá" / "The store bears discounts";
    terms_discount_producer() "Chủ thể chịu phần giảm giá" / "The producer bears discounts";
    terms_loss_store() "Cửa hàng chịu hao hụt" / "The store bears losses";
    terms_loss_producer() "Chủ thể chịu hao hụt" / "The producer bears losses";
    terms_loss_store_beyond(rate) "Trong mỗi kỳ quyết toán, hàng hỏng, mất đến {rate} số đã bán do chủ thể chịu; phần vượt do cửa hàng chịu" / "Within each settlement period, damaged and missing goods up to {rate} of what was sold are the producer's; the store bears what is beyond";
    terms_expiry_store() "Cửa hàng chịu hàng hết hạn" / "The store bears goods past their date";
    terms_expiry_producer() "Chủ thể chịu hàng hết hạn" / "The producer bears goods past their date";
    terms_returns_none() "Khách chỉ trả lại được trong ngày mua" / "Buyers bring goods back on the day of the sale only";
    terms_returns(days) "Khách trả lại được trong {days} ngày" / "Buyers may bring goods back for {days} days";
    terms_silence(days) "Im lặng {days} ngày là đồng ý" / "Silence for {days} days is consent";
}

/// Returns what a version says, a clause each; what it leaves open is not said.
pub fn clauses(lang: Lang, terms: &Terms) -> Vec<String> {
    let clauses = terms.clauses;
    if clauses.ends {
        let words = terms.product_id.map_or_else(|| lang.terms_ended_all(), |_| lang.terms_ended_one());
        return vec![words.to_owned()];
    }
    let mut said: Vec<String> = Vec::new();
    if clauses.mode == Mode::Bought {
        said.push(lang.terms_bought().to_owned());
    } else {
        said.push(match terms.basis {
            _ if terms.commission.ppm() == 0 => lang.terms_no_commission().to_owned(),
            Basis::Gross => lang.terms_of_gross(terms.commission),
            Basis::Net => lang.terms_of_net(terms.commission),
        });
        let discount = match terms.discount_bearer {
            Bearer::Store => lang.terms_discount_store(),
            Bearer::Producer => lang.terms_discount_producer(),
        };
        said.push(discount.to_owned());
        said.extend(clauses.loss_bearer.map(|bearer| match bearer {
            Bearer::Producer => lang.terms_loss_producer().to_owned(),
            Bearer::Store if clauses.shrinkage.ppm() == 0 => lang.terms_loss_store().to_owned(),
            Bearer::Store => lang.terms_loss_store_beyond(clauses.shrinkage),
        }));
        said.extend(clauses.expiry_bearer.map(|bearer| match bearer {
            Bearer::Store => lang.terms_expiry_store().to_owned(),
            Bearer::Producer => lang.terms_expiry_producer().to_owned(),
        }));
    }
    said.extend(clauses.return_days.map(|days| match days {
        0 => lang.terms_returns_none().to_owned(),
        days => lang.terms_returns(days),
    }));
    if clauses.mode == Mode::Consigned {
        said.extend(clauses.agreed_after_days.map(|days| lang.terms_silence(days)));
    }
    said
}

/// Returns what a version says in one line.
pub fn sentence(lang: Lang, terms: &Terms) -> String {
    clauses(lang, terms).join(" · ")
}

#[cfg(test)]
mod tests {
    use domain::Rate;
    use domain::contract::Clauses;
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    fn terms(percent: u8, clauses: Clauses) -> Terms {
        Terms {
            id: Uuid::nil().into(),
            producer_id: Uuid::nil().into(),
            product_id: None,
            commission: Rate::percent(percent),
            basis: Basis::Gross,
            discount_bearer: Bearer::Store,
            valid_from: date!(2026 - 11 - 23),
            clauses,
        }
    }

    #[test]
    fn a_contract_is_said_as_people_say_it() {
        let plain = Clauses::default();
        let shop = Some(Bearer::Store);
        let full = Clauses {
            return_days: Some(3),
            loss_bearer: shop,
            expiry_bearer: Some(Bearer::Producer),
            agreed_after_days: Some(7),
            ..plain
        };
        for (terms, expected) in [
            (terms(12, plain), "Hoa hồng 12 % trên giá niêm yết · Cửa hàng chịu phần giảm giá"),
            (
                Terms { basis: Basis::Net, discount_bearer: Bearer::Producer, ..terms(12, full) },
                "Hoa hồng 12 % trên tiền khách trả · Chủ thể chịu phần giảm giá · Cửa hàng chịu hao hụt · Chủ thể chịu hàng hết hạn · Khách trả lại được trong 3 ngày · Im lặng 7 ngày là đồng ý",
            ),
            (
                terms(
                    0,
                    Clauses { loss_bearer: shop, shrinkage: Rate::percent(2), return_days: Some(0), ..plain },
                ),
                "Ký gửi, cửa hàng không lấy hoa hồng · Cửa hàng chịu phần giảm giá · Trong mỗi kỳ quyết toán, hàng hỏng, mất đến 2 % số đã bán do chủ thể chịu; phần vượt do cửa hàng chịu · Khách chỉ trả lại được trong ngày mua",
            ),
            (terms(12, Clauses { ends: true, ..full }), "Hợp đồng cho mọi sản phẩm kết thúc từ ngày này"),
            (
                Terms { product_id: Some(Uuid::nil().into()), ..terms(12, Clauses { ends: true, ..plain }) },
                "Hợp đồng riêng cho sản phẩm này kết thúc từ ngày này; từ đó theo hợp đồng cho mọi sản phẩm, nếu có",
            ),
            (
                terms(12, Clauses { mode: Mode::Bought, ..full }),
                "Mua đứt: nhận hàng xong là hàng của cửa hàng · Khách trả lại được trong 3 ngày",
            ),
        ] {
            assert_eq!(sentence(Lang::Vi, &terms), expected);
        }
    }

    #[test]
    fn every_text_is_sound() {
        assert_eq!(crate::texts::faults(<Lang as ContractTexts>::ALL), Vec::<String>::new());
    }
}
