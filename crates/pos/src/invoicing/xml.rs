//! The tax authority's data form of an invoice: message 206, data of a cash register (QĐ 1450/QĐ-TCT, QĐ 1510/QĐ-TCT).
//! Its version is a setting. Without a digital signature: an invoice of a cash register has none.

use super::document::{Document, DocumentBuyer, DocumentLine, Outgoing, Replaced};

/// Message type: data of cash registers.
const MESSAGE: &str = "206";
/// Who gets the message when no provider stands in between.
const TAX_AUTHORITY: &str = "TCT";
/// `TChat` of a line: goods.
const GOODS: &str = "1";
/// `TChat` of a line: words alone.
const REMARK: &str = "4";
/// `TCHDon` of a related invoice: this one replaces it.
const REPLACES: &str = "1";
/// `LHDCLQuan`: the related invoice is one of the same data form.
const SAME_DATA_FORM: &str = "1";

/// Writes elements. Texts are escaped, and characters that XML cannot hold become blanks.
struct Xml(String);

impl Xml {
    fn nest(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.0.extend(["<", name, ">"]);
        inside(self);
        self.0.extend(["</", name, ">"]);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.nest(name, |xml| text.chars().for_each(|char| xml.char(char)));
    }

    /// As [`Self::text`], but nothing for an empty text.
    fn some(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.text(name, text);
        }
    }

    fn number(&mut self, name: &str, number: i64) {
        self.text(name, &number.to_string());
    }

    fn char(&mut self, char: char) {
        match char {
            '&' => self.0.push_str("&amp;"),
            '<' => self.0.push_str("&lt;"),
            '>' => self.0.push_str("&gt;"),
            '"' => self.0.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => self.0.push(' '),
            char if char.is_control() => self.0.push(' '),
            char => self.0.push(char),
        }
    }
}

/// Returns the message that carries one invoice.
pub(crate) fn message(outgoing: &Outgoing) -> String {
    let document = &outgoing.invoice;
    let mut xml = Xml(String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    xml.nest("TDiep", |xml| {
        xml.nest("TTChung", |xml| head(xml, outgoing));
        xml.nest("DLieu", |xml| {
            xml.nest("HDon", |xml| {
                xml.nest("DLHDon", |xml| {
                    xml.nest("TTChung", |xml| about(xml, outgoing));
                    xml.nest("NDHDon", |xml| content(xml, document, outgoing.buyer.as_ref()));
                });
                xml.text("MCCQT", &outgoing.code);
            });
        });
    });
    xml.0.push('\n');
    xml.0
}

fn head(xml: &mut Xml, outgoing: &Outgoing) {
    let document = &outgoing.invoice;
    let provider = &document.provider_tax_number;
    xml.text("PBan", &document.form_version);
    xml.text("MNGui", &document.seller.tax_number);
    xml.text("MNNhan", if provider.is_empty() { TAX_AUTHORITY } else { provider });
    xml.text("MLTDiep", MESSAGE);
    let id = outgoing.id.simple().to_string().to_uppercase();
    xml.text("MTDiep", &format!("{}{id}", document.seller.tax_number));
    xml.text("MST", &document.seller.tax_number);
    xml.number("SLuong", 1);
}

fn about(xml: &mut Xml, outgoing: &Outgoing) {
    let document = &outgoing.invoice;
    xml.text("PBan", &document.form_version);
    xml.text("THDon", &document.title);
    xml.number("KHMSHDon", document.form.into());
    xml.text("KHHDon", &document.symbol);
    if let Some(number) = outgoing.number {
        xml.number("SHDon", number);
    }
    xml.text("NLap", &document.date.to_string());
    xml.text("DVTTe", "VND");
    xml.number("TGia", 1);
    xml.text("HTToan", &document.means_of_payment);
    xml.some("MSTTCGP", &document.provider_tax_number);
    if let Some(replaced) = &document.replaces {
        xml.nest("TTHDLQuan", |xml| related(xml, replaced, &document.note));
    }
}

fn related(xml: &mut Xml, replaced: &Replaced, note: &str) {
    xml.text("TCHDon", REPLACES);
    xml.text("LHDCLQuan", SAME_DATA_FORM);
    xml.number("KHMSHDCLQuan", replaced.form.into());
    xml.text("KHHDCLQuan", &replaced.symbol);
    if let Some(number) = replaced.number {
        xml.number("SHDCLQuan", number);
    }
    xml.text("NLHDCLQuan", &replaced.date.to_string());
    let why = if note.is_empty() { String::new() } else { format!(". {note}") };
    xml.text("GChu", &format!("Thay thế hóa đơn mã CQT {}{why}", replaced.code));
}

fn content(xml: &mut Xml, document: &Document, named: Option<&DocumentBuyer>) {
    let seller = &document.seller;
    xml.nest("NBan", |xml| {
        xml.text("Ten", &seller.name);
        xml.text("MST", &seller.tax_number);
        xml.text("DChi", &seller.address);
        xml.some("SDThoai", &seller.phone);
    });
    xml.nest("NMua", |xml| buyer(xml, named));
    xml.nest("DSHHDVu", |xml| {
        for (place, line) in (1..).zip(&document.lines) {
            xml.nest("HHDVu", |xml| goods(xml, place, line));
        }
        if document.lines.is_empty() {
            xml.nest("HHDVu", |xml| remark(xml, &document.note));
        }
    });
    xml.nest("TToan", |xml| totals(xml, document));
}

/// An anonymous buyer has a name alone: no tax number, no personal number, no address.
fn buyer(xml: &mut Xml, named: Option<&DocumentBuyer>) {
    let Some(buyer) = named else { return xml.text("Ten", domain::invoice::buyer::ANONYMOUS) };
    xml.text("Ten", &buyer.name);
    match buyer.kind.as_str() {
        "organisation" => xml.text("MST", &buyer.number),
        "person" => xml.text("CCCDan", &buyer.number),
        _ => xml.text("SHChieu", &buyer.number),
    }
    xml.some("DChi", &buyer.address);
}

fn goods(xml: &mut Xml, place: i64, line: &DocumentLine) {
    xml.text("TChat", GOODS);
    xml.number("STT", place);
    xml.some("MHHDVu", &line.sku);
    xml.text("THHDVu", &line.name);
    xml.some("DVTinh", &line.unit);
    xml.text("SLuong", &line.quantity);
    xml.text("DGia", &line.price);
    if line.discount_vnd != 0 {
        xml.number("STCKhau", line.discount_vnd);
    }
    xml.number("ThTien", line.amount_vnd);
    xml.some("TSuat", &rate(&line.rate));
}

/// All goods came back: a line of words alone says so, since there has to be one.
fn remark(xml: &mut Xml, note: &str) {
    xml.text("TChat", REMARK);
    xml.number("STT", 1);
    xml.text("THHDVu", note);
}

fn totals(xml: &mut Xml, document: &Document) {
    if !document.rates.is_empty() {
        xml.nest("THTTLTSuat", |xml| {
            for total in &document.rates {
                xml.nest("LTSuat", |xml| {
                    xml.text("TSuat", &rate(&total.rate));
                    xml.number("ThTien", total.net_vnd);
                    xml.number("TThue", total.tax_vnd);
                });
            }
        });
        xml.number("TgTCThue", document.net_vnd);
        xml.number("TgTThue", document.tax_vnd);
    }
    xml.number("TgTTTBSo", document.total_vnd);
    xml.text("TgTTTBChu", &document.total_in_words);
}

/// Returns a rate as the data form writes it: `8%`, `KCT`, `KHAC:12.5%`.
fn rate(label: &str) -> String {
    let written = label.replace(' ', "").replace(',', ".");
    let is_listed = ["", "0%", "5%", "8%", "10%", "KCT", "KKKNT"].contains(&written.as_str());
    if is_listed { written } else { format!("KHAC:{written}") }
}

#[cfg(test)]
mod tests {
    use super::{Xml, rate};

    #[test]
    fn texts_cannot_break_out() {
        let mut xml = Xml(String::new());
        xml.text("Ten", "A & B <b>\"'\u{0}\u{1b}\u{ffff}ộ");
        assert_eq!(xml.0, "<Ten>A &amp; B &lt;b&gt;&quot;'   ộ</Ten>");
    }

    #[test]
    fn rates_are_written_as_listed() {
        for (label, expected) in [
            ("8 %", "8%"),
            ("10 %", "10%"),
            ("KCT", "KCT"),
            ("KKKNT", "KKKNT"),
            ("12,5 %", "KHAC:12.5%"),
            ("", ""),
        ] {
            assert_eq!(rate(label), expected);
        }
    }
}
