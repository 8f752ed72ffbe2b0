//! A small catalogue: what a store needs to sell, with good defaults.
#![expect(clippy::expect_used, reason = "a set-up that fails is a failed test")]

use domain::name_fold::name_fold;
use pos::counter::approval::Word;
use protocol::wire::{
    CashierRow, CataloguePage, CatalogueRow, Change, ComboPartRow, ComboRow, CommissionTaxRow, InvoiceRow,
    ProducerRow, ProductFactsRow, ProductRow, PromotionOffer, PromotionRow, StoreRow, TaxRateRow, TermsRow,
};
use time::Date;
use time::macros::date;
use uuid::Uuid;

/// Everybody's PIN in tests.
pub const PIN: &str = "402913";
/// The manager of [`Catalogue::usual`].
pub const MANAGER: &str = "Trần Văn Quản";

/// Returns the id of a named thing: the same name gives the same id.
pub fn id_of(name: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes())
}

/// Returns the manager's leave, given by their PIN.
pub fn manager_word() -> Word {
    Word { manager_id: Some(id_of(MANAGER).into()), pin: PIN.to_owned() }
}

/// Rows of a catalogue.
#[derive(Debug, Clone, Default)]
pub struct Catalogue(Vec<CatalogueRow>);

impl Catalogue {
    /// Returns a store with VAT rates, a producer with 12 % commission, two people and three products: tỏi đen (consigned, 4★),
    /// nước mắm (own, 3★) and quế (by weight).
    pub fn usual(store_id: Uuid) -> Self {
        Self::default()
            .row(CatalogueRow::Store(store(store_id)))
            .tax("standard", date!(2009 - 01 - 01), None, 100_000)
            .tax("standard", date!(2025 - 07 - 01), Some(date!(2026 - 12 - 31)), 80_000)
            .producer("Tỏi đen Lý Sơn")
            .terms("Tỏi đen Lý Sơn", 120_000)
            .cashier("Nguyễn Thị Hường", "cashier")
            .cashier(MANAGER, "manager")
            .product("Tỏi đen Lý Sơn hộp 250 g", "8938500000010", 280_000, Some("Tỏi đen Lý Sơn"))
            .facts("Tỏi đen Lý Sơn hộp 250 g", date!(2025 - 01 - 01), &["ocop"], Some(4))
            .product("Nước mắm Sa Huỳnh chai 500 ml", "8938500000027", 95_000, None)
            .facts("Nước mắm Sa Huỳnh chai 500 ml", date!(2025 - 01 - 01), &["ocop"], Some(3))
            .weighed("Quế Trà Bồng", "12", 240_000)
    }

    /// Adds a row.
    #[must_use]
    pub fn row(mut self, row: CatalogueRow) -> Self {
        self.0.push(row);
        self
    }

    /// Adds the store as it is, with settings of e-invoices.
    #[must_use]
    pub fn invoices(self, store_id: Uuid, invoice: InvoiceRow) -> Self {
        self.row(CatalogueRow::Store(StoreRow { invoice: Some(Box::new(invoice)), ..store(store_id) }))
    }

    /// Adds the store as it is, with dated rates of VAT on commission, parts per million.
    #[must_use]
    pub fn commission_taxes(self, store_id: Uuid, dated: &[(Date, u32)]) -> Self {
        let row = |&(valid_from, ppm): &(Date, u32)| CommissionTaxRow { valid_from, ppm };
        let commission_taxes = dated.iter().map(row).collect();
        self.row(CatalogueRow::Store(StoreRow { commission_taxes, ..store(store_id) }))
    }

    /// Adds a VAT rate.
    #[must_use]
    pub fn tax(self, class: &str, valid_from: Date, valid_to: Option<Date>, ppm: u32) -> Self {
        let id = id_of(&format!("tax {class} {valid_from}"));
        self.row(CatalogueRow::TaxRate(TaxRateRow { id, class: class.to_owned(), valid_from, valid_to, ppm }))
    }

    /// Adds a producer.
    #[must_use]
    pub fn producer(self, name: &str) -> Self {
        self.row(CatalogueRow::Producer(ProducerRow {
            id: id_of(name),
            name: name.to_owned(),
            reading_url: None,
        }))
    }

    /// Adds a producer whose papers lead to an address.
    #[must_use]
    pub fn reading(self, name: &str, url: &str) -> Self {
        self.row(CatalogueRow::Producer(ProducerRow {
            id: id_of(name),
            name: name.to_owned(),
            reading_url: Some(url.to_owned()),
        }))
    }

    /// Adds terms for all products of a producer.
    #[must_use]
    pub fn terms(self, producer: &str, commission_ppm: u32) -> Self {
        let id = id_of(&format!("terms {producer}"));
        let of = (id_of(producer), None);
        self.row(CatalogueRow::Terms(TermsRow::plain(id, of, commission_ppm, date!(2025 - 01 - 01))))
    }

    /// Adds a promotion of November 2026 for some products.
    #[must_use]
    pub fn promotion(self, name: &str, offer: PromotionOffer, products: &[&str]) -> Self {
        self.row(CatalogueRow::Promotion(PromotionRow {
            id: id_of(name),
            name: name.to_owned(),
            offer,
            products: products.iter().map(|name| id_of(name)).collect(),
            first_day: date!(2026 - 11 - 01),
            last_day: date!(2026 - 11 - 30),
            minutes: None,
        }))
    }

    /// Adds a person with [`PIN`].
    #[must_use]
    pub fn cashier(self, name: &str, role: &str) -> Self {
        self.row(CatalogueRow::Cashier(CashierRow {
            id: id_of(name),
            name: name.to_owned(),
            role: role.to_owned(),
            pin_hash: PIN_HASH.to_owned(),
            active: true,
        }))
    }

    /// Adds a product sold by the piece.
    #[must_use]
    pub fn product(self, name: &str, barcode: &str, price: i64, producer: Option<&str>) -> Self {
        self.row(CatalogueRow::Product(product(name, barcode, price, producer)))
    }

    /// Adds a piece of craft: no food, so it may be sold past its date when a manager allows it.
    #[must_use]
    pub fn craft(self, name: &str, barcode: &str, price: i64) -> Self {
        let group = "Thủ công".to_owned();
        let row = ProductRow { refuse_expired: false, group, ..product(name, barcode, price, None) };
        self.row(CatalogueRow::Product(row))
    }

    /// Adds a product sold by weight, with the item number of the shop's scale.
    #[must_use]
    pub fn weighed(self, name: &str, item: &str, price: i64) -> Self {
        let row = ProductRow {
            sku: item.to_owned(),
            barcodes: Vec::new(),
            unit: "kg".to_owned(),
            sold_by: "weight".to_owned(),
            ..product(name, "", price, None)
        };
        self.row(CatalogueRow::Product(row))
    }

    /// Adds a combo of products, sold by the piece: each with thousandths of its unit.
    #[must_use]
    pub fn combo(self, name: &str, barcode: &str, price: i64, parts: &[(&str, i64)]) -> Self {
        let part =
            |(name, quantity): &(&str, i64)| ComboPartRow { product: id_of(name), quantity: *quantity };
        let product = ProductRow { unit: "Bộ".to_owned(), ..product(name, barcode, price, None) };
        self.row(CatalogueRow::Combo(ComboRow { product, parts: parts.iter().map(part).collect() }))
    }

    /// Adds what a product counts as.
    #[must_use]
    pub fn facts(self, product: &str, valid_from: Date, categories: &[&str], stars: Option<u8>) -> Self {
        self.row(CatalogueRow::ProductFacts(ProductFactsRow {
            id: id_of(&format!("facts {product} {valid_from}")),
            product: id_of(product),
            valid_from,
            categories: categories.iter().map(|&category| category.to_owned()).collect(),
            stars,
        }))
    }

    /// Returns the rows as central would send them.
    pub fn page(&self) -> CataloguePage {
        let changes: Vec<Change> =
            (1..).zip(&self.0).map(|(change_seq, row)| change(change_seq, row)).collect();
        let next = changes.last().map_or(0, |change| change.change_seq);
        CataloguePage { central_epoch: id_of("central"), changes, next, more: false }
    }
}

/// Returns settings of e-invoices: a co-operative that deducts VAT, numbers 1 to 9.999.999.
pub fn invoice_row() -> InvoiceRow {
    let text = str::to_owned;
    InvoiceRow {
        legal_status: text("cooperative"),
        duty: text("by_legal_form"),
        seller: text("Hợp tác xã Lý Sơn"),
        symbol: text("1C26MAA"),
        authority_chars: text("VZQYY"),
        number_first: 1,
        number_last: 9_999_999,
        form_version: text("2.0.1"),
        cutoff_min: 1_435,
        provider: text("Nhà cung cấp"),
        provider_tax_number: text("0100109106"),
        lookup_url: text("https://tracuu.example"),
    }
}

/// argon2id of [`PIN`] with small parameters, so that tests are quick.
const PIN_HASH: &str =
    "$argon2id$v=19$m=64,t=1,p=1$dGVzdHNhbHR0ZXN0c2FsdA$lFY8NW+RUTIN+HUDSaj6Ia+MPaf3vDccUF5+h7b48nQ";

fn store(id: Uuid) -> StoreRow {
    StoreRow {
        id,
        code: "LS".to_owned(),
        name: "Điểm OCOP Lý Sơn".to_owned(),
        receipt_title: "ĐIỂM GIỚI THIỆU VÀ BÁN SẢN PHẨM OCOP LÝ SƠN".to_owned(),
        address: "Thôn Đông An Vĩnh, đặc khu Lý Sơn, tỉnh Quảng Ngãi".to_owned(),
        phone: "0255 000 000".to_owned(),
        tax_number: "4300000000".to_owned(),
        bank_bin: "970436".to_owned(),
        bank_account: "1023456789".to_owned(),
        commission_tax_ppm: 80_000,
        receipt_footer: "Cảm ơn quý khách. Hẹn gặp lại!".to_owned(),
        invoice: None,
        commission_taxes: Vec::new(),
    }
}

fn product(name: &str, barcode: &str, price: i64, producer: Option<&str>) -> ProductRow {
    ProductRow {
        id: id_of(name),
        sku: name_fold(name).replace(' ', "-").to_uppercase().chars().take(20).collect(),
        barcodes: vec![barcode.to_owned()],
        name: name.to_owned(),
        unit: "Hộp".to_owned(),
        sold_by: "piece".to_owned(),
        price,
        price_version: 1,
        tax_class: "standard".to_owned(),
        refuse_expired: true,
        group: "Thực phẩm".to_owned(),
        producer: producer.map(id_of),
        merged: Vec::new(),
    }
}

fn change(change_seq: i64, row: &CatalogueRow) -> Change {
    let value = serde_json::to_value(row).expect("a catalogue row is JSON");
    let id = value["body"]["id"].as_str().expect("every row has an id").to_owned();
    let kind = value["kind"].as_str().expect("every row has a kind").to_owned();
    Change { change_seq, kind, id, body: Some(value["body"].clone()) }
}
