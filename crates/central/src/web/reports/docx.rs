//! The paper for a word processor: the few parts of Office Open XML (ECMA-376) that it needs. NĐ 30/2020/NĐ-CP, appendix I: A4,
//! Times New Roman 13 and 14, margins 20 mm above and below, 30 mm left, 17 mm right; the number of the page in the middle of the
//! upper margin, from the second page on.

use std::io::{Cursor, Write};

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use zip::ZipWriter;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

use super::columns::{Column, fit};
use super::paper::{Block, KIND, MOTTO, ORDINAL, Paper, RECIPIENTS, STATE, Table, cell_text, is_number};
use super::typeface::length;
use crate::error::{Error, Result};
use crate::web::workbook::Cell;

const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// A4 less its margins, twentieths of a point.
const WIDTH: usize = 9_241;
/// The column of ordinals.
const ORDINAL_WIDTH: usize = 540;
/// What a cell keeps free on each side of its words.
const CELL_MARGIN: usize = 57;
/// The column of the issuing body; the state's name has the rest.
const ISSUER_WIDTH: usize = 3_800;
/// How long a rule is beneath the issuer and the subject, of each hundred of their length: the decree wants from a third to a half.
const RULE_PERCENT: usize = 42;

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>"#;
const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const PARTS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>"#;
const STYLES: &str = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>"#;
const PAGE_NUMBER: &str = r#"<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>"#;
const SECTION: &str = r#"<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="964" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>"#;
const NO_LINES: &str = r#"<w:tblBorders><w:top w:val="nil"/><w:left w:val="nil"/><w:bottom w:val="nil"/><w:right w:val="nil"/><w:insideH w:val="nil"/><w:insideV w:val="nil"/></w:tblBorders>"#;
const LINES: &str = r#"<w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tblBorders>"#;

/// How a paragraph looks.
#[derive(Clone, Copy)]
struct Look {
    /// Half points.
    size: u8,
    is_bold: bool,
    is_italic: bool,
    /// `left`, `right`, `center` or `both`.
    align: &'static str,
    /// The rest of its properties.
    more: &'static str,
}

const BODY: Look = Look {
    size: 28,
    is_bold: false,
    is_italic: false,
    align: "both",
    more: r#"<w:spacing w:before="60" w:after="60"/><w:ind w:firstLine="567"/>"#,
};
const HEAD: Look = Look { size: 26, is_bold: false, is_italic: false, align: "center", more: "" };
/// Nine points: seven columns with amounts of milliards stand beside each other.
const CELL: Look = Look { size: 18, is_bold: false, is_italic: false, align: "left", more: "" };

/// Returns the document; equal papers give equal bytes.
///
/// # Errors
/// When it cannot be packed.
pub fn write(paper: &Paper) -> Result<Vec<u8>> {
    pack(paper).map_err(|error| Error::Program(format!("the document: {error}")))
}

/// Returns an answer that a browser keeps as a file.
pub fn answer(name: &str, bytes: Vec<u8>) -> Response {
    let attachment = HeaderValue::try_from(format!("attachment; filename=\"{name}.docx\""));
    let attachment = attachment.unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE)),
        (header::CONTENT_DISPOSITION, attachment),
    ];
    (headers, bytes).into_response()
}

fn pack(paper: &Paper) -> ZipResult<Vec<u8>> {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    let document = document(paper);
    for (name, part) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("word/document.xml", document.as_str()),
        ("word/_rels/document.xml.rels", PARTS),
        ("word/styles.xml", STYLES),
        ("word/header1.xml", PAGE_NUMBER),
    ] {
        file.start_file(name, SimpleFileOptions::default())?;
        file.write_all(DECLARATION.as_bytes())?;
        file.write_all(part.as_bytes())?;
    }
    Ok(file.finish()?.into_inner())
}

fn document(paper: &Paper) -> String {
    let mut xml = String::from(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#,
    );
    xml.push_str(&above(paper));
    for block in &paper.blocks {
        match block {
            Block::Part(title) => {
                xml.push_str(&format!(
                    r#"<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>"#,
                    escaped(title)
                ));
            }
            Block::Text(text) => xml.push_str(&paragraph(text, BODY)),
            Block::Remark(text) => xml.push_str(&paragraph(text, Look { size: 24, is_italic: true, ..BODY })),
            Block::Table(table) => xml.push_str(&self::table(table)),
        }
    }
    xml.push_str(&below(paper));
    xml.push_str(SECTION);
    xml.push_str("</w:body></w:document>");
    xml
}

fn above(paper: &Paper) -> String {
    let head = &paper.head;
    let bold = Look { is_bold: true, ..HEAD };
    let left = [
        paragraph(&head.authority, HEAD),
        paragraph(&head.issuer, bold),
        rule(&head.issuer, (bold.size, ISSUER_WIDTH - 2 * CELL_MARGIN)),
        paragraph(&head.number, HEAD),
    ];
    let subject = Look { size: 28, ..bold };
    let right = [
        paragraph(STATE, Look { size: 24, ..bold }),
        // The motto's rule is as long as its words.
        underlined(MOTTO, Look { more: r#"<w:spacing w:after="120"/>"#, ..bold }),
        paragraph(&head.place_and_date, Look { is_italic: true, ..HEAD }),
    ];
    let title = Look { size: 28, is_bold: true, more: r#"<w:spacing w:before="240"/>"#, ..HEAD };
    [
        columns([(ISSUER_WIDTH, left.concat()), (WIDTH - ISSUER_WIDTH, right.concat())]),
        paragraph(KIND, title),
        paragraph(&head.subject, subject),
        rule(&head.subject, (subject.size, WIDTH)),
        paragraph(&head.days, Look { is_italic: true, more: r#"<w:spacing w:after="160"/>"#, ..HEAD }),
    ]
    .concat()
}

fn below(paper: &Paper) -> String {
    let foot = &paper.foot;
    let small = Look { size: 22, align: "left", ..HEAD };
    let mut left = paragraph(RECIPIENTS, Look { size: 24, is_bold: true, is_italic: true, ..small });
    for line in &foot.recipients {
        left.push_str(&paragraph(&format!("- {line}"), small));
    }
    let signer = Look { size: 28, is_bold: true, ..HEAD };
    // Room for the signature and the stamp.
    let name = Look { more: r#"<w:spacing w:before="1700"/>"#, ..signer };
    let right = [paragraph(&foot.signer_title, signer), paragraph(&foot.signer_name, name)].concat();
    let gap = paragraph("", CELL);
    [gap, columns([(4_600, left), (WIDTH - 4_600, right)]), paragraph("", CELL)].concat()
}

/// Two columns without lines.
fn columns(columns: [(usize, String); 2]) -> String {
    let grid: String = columns.iter().map(|(width, _)| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
    let cell = |(width, content): &(usize, String)| {
        format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>"#)
    };
    let cells: String = columns.iter().map(cell).collect();
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/>{NO_LINES}<w:tblLayout w:type="fixed"/>{}</w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"#,
        cell_margins()
    )
}

fn cell_margins() -> String {
    format!(
        r#"<w:tblCellMar><w:left w:w="{CELL_MARGIN}" w:type="dxa"/><w:right w:w="{CELL_MARGIN}" w:type="dxa"/></w:tblCellMar>"#
    )
}

/// A rule below bold words, in the middle of a column; beneath words of several lines it is measured by the column.
fn rule(words: &str, (size, column): (u8, usize)) -> String {
    let rule = length(words, size).min(column) * RULE_PERCENT / 100;
    let side = (column - rule) / 2;
    format!(
        r#"<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr><w:spacing w:line="140" w:lineRule="exact"/><w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>"#
    )
}

/// A table without rows is no table.
fn table(table: &Table) -> String {
    let (rows, rest) = table.on_paper();
    if rows.is_empty() {
        return String::new();
    }
    let names = table.head_on_paper();
    let widths = widths(&names, rows.iter().chain(&rest).chain(&table.total));
    let title = Look {
        size: 26,
        is_bold: true,
        align: "left",
        more: r#"<w:keepNext/><w:spacing w:before="160" w:after="60"/>"#,
        ..HEAD
    };
    let bold = Look { is_bold: true, ..CELL };
    let head = names.into_iter().map(|words| (words, "center"));
    let head = std::iter::once((ORDINAL.to_owned(), "center")).chain(head).collect::<Vec<_>>();
    let mut xml = paragraph(&table.title, title);
    let grid: String = widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
    xml.push_str(&format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/>{LINES}<w:tblLayout w:type="fixed"/>{}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"#,
        cell_margins()
    ));
    xml.push_str(&row(&head, &widths, (bold, "<w:tblHeader/>")));
    for (cells, ordinal) in rows.iter().zip(1..) {
        xml.push_str(&row(&texts(Some(ordinal), cells), &widths, (CELL, "")));
    }
    if let Some(rest) = rest {
        xml.push_str(&row(&texts(None, &rest), &widths, (CELL, "")));
    }
    if let Some(total) = &table.total {
        xml.push_str(&row(&texts(None, total), &widths, (bold, "")));
    }
    xml.push_str("</w:tbl>");
    xml
}

/// Returns the widths of the columns by what stands in them, behind that of the ordinals.
fn widths<'t>(names: &[String], rows: impl Iterator<Item = &'t Vec<Cell>>) -> Vec<usize> {
    let mut columns: Vec<Column> = names.iter().map(|name| Column::named(name, CELL.size)).collect();
    for row in rows {
        for (column, cell) in columns.iter_mut().zip(row) {
            column.holds(&cell_text(cell), (CELL.size, is_number(cell)));
        }
    }
    let widths = fit(&columns, (WIDTH - ORDINAL_WIDTH, 2 * CELL_MARGIN));
    std::iter::once(ORDINAL_WIDTH).chain(widths).collect()
}

fn texts(ordinal: Option<usize>, cells: &[Cell]) -> Vec<(String, &'static str)> {
    let ordinal = (ordinal.map(|ordinal| ordinal.to_string()).unwrap_or_default(), "center");
    let cell = |cell: &Cell| (cell_text(cell), if is_number(cell) { "right" } else { "left" });
    std::iter::once(ordinal).chain(cells.iter().map(cell)).collect()
}

fn row(cells: &[(String, &'static str)], widths: &[usize], (look, more): (Look, &str)) -> String {
    let mut xml = format!("<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>");
    for ((text, align), width) in cells.iter().zip(widths) {
        let text = paragraph(text, Look { align, ..look });
        xml.push_str(&format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{text}</w:tc>"#));
    }
    xml.push_str("</w:tr>");
    xml
}

fn paragraph(text: &str, look: Look) -> String {
    run(text, look, "")
}

fn underlined(text: &str, look: Look) -> String {
    run(text, look, r#"<w:u w:val="single"/>"#)
}

fn run(text: &str, look: Look, underline: &str) -> String {
    let Look { size, align, more, .. } = look;
    let bold = if look.is_bold { "<w:b/>" } else { "" };
    let italic = if look.is_italic { "<w:i/>" } else { "" };
    let text = escaped(text);
    format!(
        r#"<w:p><w:pPr>{more}<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>{bold}{italic}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{underline}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#
    )
}

/// Writes text as XML; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            letter => xml.push(letter),
        }
    }
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("a < b & \u{1}c > \"d\""), "a &lt; b &amp; c &gt; \"d\"");
    }

    #[test]
    fn amounts_of_seven_columns_stay_whole() {
        let names = [
            "Điểm bán",
            "Giao dịch",
            "Doanh số kỳ này (₫)",
            "Kỳ trước (₫)",
            "So kỳ trước",
            "Cùng kỳ năm trước (₫)",
            "So cùng kỳ",
        ];
        let names = names.map(str::to_owned);
        for vnd in [0, 408_700_000, 98_765_432_100, -98_765_432_100] {
            let name = Cell::text("Điểm giới thiệu và bán sản phẩm OCOP, đặc khu Lý Sơn");
            let row = vec![
                name,
                Cell::Count(123_456),
                Cell::Vnd(vnd),
                Cell::Vnd(vnd),
                Cell::Share(-1_234),
                Cell::Vnd(vnd),
                Cell::Share(98_765),
            ];
            let widths = widths(&names, [&row].into_iter());
            assert_eq!((widths.len(), widths.iter().sum::<usize>()), (8, WIDTH), "{widths:?}");
            for (cell, width) in row.iter().zip(&widths[1..]).filter(|(cell, _)| is_number(cell)) {
                // As the typeface measures nine points.
                let letter = |letter| match letter {
                    '0'..='9' => 90,
                    '%' => 180,
                    '-' => 60,
                    _ => 45,
                };
                let long: usize = cell_text(cell).chars().map(letter).sum();
                assert!(long + 2 * CELL_MARGIN <= *width, "{} in {width}", cell_text(cell));
            }
        }
    }

    #[test]
    fn the_rule_is_from_a_third_to_a_half_of_its_words() {
        let side = |xml: &str| -> usize {
            let (_, rest) = xml.split_once("w:left=\"").unwrap();
            rest.split_once('"').unwrap().0.parse().unwrap()
        };
        // As the typeface measures them: SỞ CÔNG THƯƠNG in bold 13 points is 2 412 twentieths of a point long.
        for (words, long, (size, column)) in [("SỞ CÔNG THƯƠNG", 2_412, (26, 3_686)), ("x", 130, (26, 3_686))]
        {
            let rule = column - 2 * side(&rule(words, (size, column)));
            assert!(rule * 3 >= long && rule * 2 <= long, "{words}: {rule} of {long}");
        }
        let rule = WIDTH - 2 * side(&rule(&"Tình hình hoạt động ".repeat(20), (28, WIDTH)));
        assert!(rule * 3 >= WIDTH && rule * 2 <= WIDTH, "more than a line: {rule}");
    }
}
