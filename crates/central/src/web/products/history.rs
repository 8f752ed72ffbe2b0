//! Who changed what and when, from the audit log.

use maud::{Markup, html};
use web::Lang;
use web::format::datetime_text;

use super::detail::ActOnProduct;
use super::page::status_words;
use super::words::{level_words, sold_by_words, tax_words};
use crate::web::nomination_texts::NominationTexts;
use crate::web::paper_texts::PaperTexts;
use crate::web::product_form_texts::ProductFormTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::sales::words::category_words;

/// The acts, the latest first; `most` is how many are read at most.
pub fn card(lang: Lang, acts: &[ActOnProduct], most: i64, groups: &[(String, String)]) -> Markup {
    html! {
        section.card {
            h2 { (lang.history_title()) }
            @if acts.is_empty() { p { (lang.history_none()) } } @else {
                div.table { table {
                    thead { tr { th { (lang.column_when()) } th { (lang.column_who()) } th { (lang.column_what()) } } }
                    tbody { @for act in acts {
                        tr {
                            td { (datetime_text(act.at_ms)) }
                            td { (act.actor) }
                            td { (act_words(lang, &act.action)) @for line in lines(lang, act, groups) { small { (line) } } }
                        }
                    } }
                } }
                @if i64::try_from(acts.len()) == Ok(most) { p.mute { (lang.history_cut(most)) } }
            }
        }
    }
}

fn act_words(lang: Lang, action: &str) -> String {
    match action {
        "product.add" | "producer.add" => lang.did_add().to_owned(),
        "producer.same" => lang.did_unite().to_owned(),
        "producer.same_end" => lang.did_part().to_owned(),
        "product.update" | "producer.update" => lang.did_update().to_owned(),
        "product.price" => lang.did_price().to_owned(),
        "product.retire" => lang.did_retire().to_owned(),
        "product.recognise" => lang.did_recognise().to_owned(),
        "product.describe_recognition" => lang.did_describe().to_owned(),
        "product.withdraw_recognition" => lang.did_withdraw().to_owned(),
        "product.confirm" => lang.did_confirm().to_owned(),
        "product.merge" => lang.did_merge().to_owned(),
        "product.group" => lang.did_group().to_owned(),
        "combo.add" => lang.did_combo().to_owned(),
        "product.paper" => lang.did_paper().to_owned(),
        "product.paper_replaced" => lang.did_paper_replaced().to_owned(),
        "product.paper_withdrawn" => lang.did_paper_withdrawn().to_owned(),
        "product.scan" => lang.did_scan().to_owned(),
        "nomination.add" => lang.did_nominate().to_owned(),
        "nomination.pass" => lang.did_nomination_pass().to_owned(),
        "nomination.return" => lang.did_nomination_return().to_owned(),
        "nomination.again" => lang.did_nomination_again().to_owned(),
        "nomination.withdraw" => lang.did_nomination_withdraw().to_owned(),
        "nomination.accept" => lang.did_nomination_accept().to_owned(),
        "nomination.decline" => lang.did_nomination_decline().to_owned(),
        other => lang.did_other(other),
    }
}

/// What changed, in words; of the other acts what is worth a line.
fn lines(lang: Lang, act: &ActOnProduct, groups: &[(String, String)]) -> Vec<String> {
    match act.action.as_str() {
        "product.update" | "product.price" | "product.group" | "producer.update" => {
            act.detail.lines().filter_map(|line| changed(lang, line, groups)).collect()
        }
        "product.paper" | "product.paper_replaced" | "product.paper_withdrawn" => {
            act.detail.lines().map(str::to_owned).collect()
        }
        // An id, which tells a reader nothing, and the name.
        "producer.same" | "producer.same_end" => {
            act.detail.split_once(' ').map(|(_, name)| name.to_owned()).into_iter().collect()
        }
        // The number; the files behind it are for whoever reads the log.
        "product.scan" => act.detail.lines().take(1).map(str::to_owned).collect(),
        action if action.starts_with("nomination.") => act.detail.lines().map(str::to_owned).collect(),
        "product.recognise" | "product.withdraw_recognition" => vec![decision(lang, &act.detail)],
        "product.describe_recognition" => {
            let (first, changes) = act.detail.split_once('\n').unwrap_or((&act.detail, ""));
            let changes = changes.lines().filter_map(|line| changed(lang, line, groups));
            std::iter::once(decision(lang, first)).chain(changes).collect()
        }
        _ => Vec::new(),
    }
}

/// Reads code, category and number of a decision.
fn decision(lang: Lang, line: &str) -> String {
    let mut parts = line.splitn(3, ' ').skip(1);
    let category = parts.next().map(|code| category_words(lang, Some(code)).to_owned());
    let number = parts.next().filter(|number| !number.is_empty()).map(str::to_owned);
    category.into_iter().chain(number).collect::<Vec<_>>().join(" · ")
}

/// Reads `name: Tỏi → Tỏi đen`; `None` for a field that nobody knows, as acts of before wrote them.
fn changed(lang: Lang, line: &str, groups: &[(String, String)]) -> Option<String> {
    if line == "phone" {
        return Some(lang.phone_changed().to_owned());
    }
    let (field, words) = line.split_once(": ")?;
    let label = match field {
        "sku" => lang.product_column_code(),
        "name" => lang.field_product_name(),
        "unit" => lang.product_unit(),
        "sold_by" => lang.product_sold_by(),
        "price" => lang.product_column_price(),
        "barcodes" => lang.product_barcodes(),
        "tax_class" => lang.product_tax(),
        "group" => lang.product_group_of(),
        // Ids tell a reader nothing; the page shows whose it is.
        "producer" => return Some(lang.producer_changed().to_owned()),
        "commune" => lang.products_commune(),
        "status" => lang.field_status(),
        "number" => lang.recognise_number(),
        "decided_on" => lang.recognise_decided_on(),
        "issuer" => lang.recognise_issuer(),
        "level" => lang.recognise_level(),
        "points" => lang.recognise_points(),
        "criteria" => lang.recognise_criteria(),
        "group_printed" => lang.recognise_group(),
        _ => return None,
    };
    let in_words = |value: &str| match field {
        "sold_by" => sold_by_words(lang, value).to_owned(),
        "tax_class" => tax_words(lang, value).to_owned(),
        "status" => status_words(lang, value).to_owned(),
        "level" if !value.is_empty() => level_words(lang, value).to_owned(),
        "group" => {
            let named = groups.iter().find(|(code, _)| code == value);
            named.map_or_else(|| value.to_owned(), |(_, name)| name.clone())
        }
        _ if value.is_empty() => lang.nothing_given().to_owned(),
        _ => value.to_owned(),
    };
    let words = match words.split_once(" → ") {
        Some((old, new)) => format!("{} → {}", in_words(old), in_words(new)),
        None => words.to_owned(),
    };
    Some(lang.changed(label, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_in_words() {
        let groups = [("food".to_owned(), "Thực phẩm".to_owned())];
        for (line, expected) in [
            ("name: Tỏi → Tỏi đen", Some("Tên: Tỏi → Tỏi đen")),
            ("group:  → food", Some("Nhóm:  → Thực phẩm")),
            ("status: retired → active", Some("Tình trạng: Ngừng bán → Đang bán")),
            ("status: unpriced → active", Some("Tình trạng: Chưa có giá → Đang bán")),
            ("price:  → 50.000 ₫", Some("Giá bán: chưa có → 50.000 ₫")),
            ("level:  → province", Some("Cấp: chưa có → Cấp tỉnh")),
            ("barcodes:  → 893", Some("Mã vạch: chưa có → 893")),
            ("MUOI 35.000 ₫ version 2", None),
            ("phone", Some("Điện thoại: đổi")),
            ("secret: a → b", None),
        ] {
            assert_eq!(changed(Lang::Vi, line, &groups).as_deref(), expected, "{line}");
        }
    }
}
