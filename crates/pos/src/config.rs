//! Settings of a store's client: defaults, then the file, then the environment (`OCOP_POS_…`). Unknown keys are refused,
//! so that a misspelt one is not silently without effect.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use domain::barcode::InStorePrefix;
use domain::cash_step::CashStep;
use domain::mask::{Mask, MaskValue, Masks};
use domain::pack_link::LinkHost;
use figment::Figment;
use figment::providers::{Env, Format, Toml};
use serde::Deserialize;

use crate::invoicing::Taker;

mod labels;
mod printers;

pub use labels::LabelsConfig;
pub use printers::PrinterSetUp;

/// What a file may set; `config/pos.example.toml` explains each key.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Folder of the database, the marker and the backups.
    pub data_dir: PathBuf,
    /// Folder of the signing key; never inside a backup.
    pub key_dir: Option<PathBuf>,
    /// Where the counter pages are served.
    pub listen: SocketAddr,
    /// Where a till for practising is served; none for none.
    pub training_listen: Option<SocketAddr>,
    /// Set for that till itself: where the real one is served.
    #[serde(skip)]
    pub training_of: Option<SocketAddr>,
    /// Names, beside its address, under which browsers may call this service.
    pub allowed_hosts: Vec<String>,
    /// Where central is reached.
    pub central_url: String,
    /// The printer: `file:DIR`, `tcp:HOST:PORT`, `device:PATH`, `serial:PORT?baud=…`; empty for none.
    pub printer: String,
    /// Counters with a printer of their own, by name; empty for none.
    pub printers: BTreeMap<String, String>,
    /// Width of the paper in dots: 384, 512 or 576.
    pub paper_dots: u16,
    /// The largest part of the goods that a cashier may take off without a manager, in percent.
    pub cashier_discount_percent: u8,
    /// What is paid in cash alone is rounded to multiples of this, đồng: 0, 500 or 1 000.
    pub cash_step_vnd: i64,
    /// Codes of the shop's scale.
    pub scale_codes: Vec<ScaleCode>,
    /// Host of the links on the shop's own pack labels, `https://` before it or not; empty for none.
    pub label_host: String,
    /// Text of the banner on every page; empty for none.
    pub banner: String,
    /// A counter that nobody touches for so many minutes asks for the PIN; 0: never.
    pub lock_after_minutes: u32,
    /// The printer of labels.
    pub labels: LabelsConfig,
    /// How drawers are counted and emptied.
    pub drawer: DrawerConfig,
    /// Who may buy now and pay later.
    pub credit: CreditConfig,
    /// Presents that are packed at the counter.
    pub gifts: GiftsConfig,
    /// How e-invoices leave.
    pub invoices: InvoicesConfig,
}

/// How drawers are counted and emptied.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DrawerConfig {
    /// A cashier counts without being told what the drawer should hold.
    pub blind_count: bool,
    /// The most that a cashier takes out alone, đồng.
    pub cash_out_most_vnd: i64,
}

impl Default for DrawerConfig {
    fn default() -> Self {
        Self { blind_count: true, cash_out_most_vnd: 500_000 }
    }
}

/// Who may buy now and pay later.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CreditConfig {
    /// The most that one person may owe in all, đồng; beyond it a manager allows it. 0: nobody buys on credit.
    pub most_vnd: i64,
}

/// Presents that are packed at the counter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GiftsConfig {
    /// Own codes of the products that are wrappings, in the order in which they are offered; at most six count.
    pub wrapping_skus: Vec<String>,
}

/// How e-invoices leave. Whether there are any is decided by the operator's legal form, not here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InvoicesConfig {
    /// `folder:DIR`, `http:URL`, or empty: then they wait.
    pub adapter: String,
    /// File with the token of the provider.
    pub token_file: Option<PathBuf>,
}

/// A layout of in-store codes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleCode {
    /// First two digits, 20 to 29.
    pub prefix: u8,
    /// Layout such as `PP IIIII VVVVV C`.
    pub layout: String,
    /// What the value counts: `grams`, `vnd`, `ten_vnd`, `hundred_vnd`.
    pub value: String,
    /// Whether the scale writes a right check digit.
    #[serde(default = "yes")]
    pub check_digit: bool,
}

const fn yes() -> bool {
    true
}

/// A setting that cannot be used; the sentence names it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file or the environment.
    #[error("{}", sentence(.0))]
    Read(Box<figment::Error>),
    /// A value that is not what its key needs.
    #[error("{key}: {why}")]
    Value {
        /// The key.
        key: &'static str,
        /// What is wrong and what would be right.
        why: String,
    },
}

/// Returns what is wrong, in which key and of which source, on one line.
fn sentence(error: &figment::Error) -> String {
    let parts = error.clone().into_iter().map(|part| {
        let source = part.metadata.as_ref().map(|metadata| match &metadata.source {
            Some(source) => source.to_string(),
            None => metadata.name.to_string(),
        });
        // The lines below the first show the place in the file, which its number names as well.
        let what = part.kind.to_string();
        let what = what.lines().next().unwrap_or_default();
        let key = part.path.join(".");
        let key = if key.is_empty() { key } else { format!(" (key {key})") };
        format!("in {}: {what}{key}", source.unwrap_or_default())
    });
    parts.collect::<Vec<_>>().join("; ")
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data_dir: PathBuf::from("data"),
            key_dir: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8091)),
            training_listen: None,
            training_of: None,
            allowed_hosts: Vec::new(),
            central_url: "http://127.0.0.1:8080".to_owned(),
            printer: String::new(),
            printers: BTreeMap::new(),
            paper_dots: 576,
            cashier_discount_percent: 10,
            cash_step_vnd: 0,
            scale_codes: Vec::new(),
            label_host: String::new(),
            banner: String::new(),
            lock_after_minutes: 10,
            labels: LabelsConfig::default(),
            drawer: DrawerConfig::default(),
            credit: CreditConfig::default(),
            gifts: GiftsConfig::default(),
            invoices: InvoicesConfig::default(),
        }
    }
}

impl Config {
    /// Reads a file, if one is named, and the environment.
    ///
    /// # Errors
    /// When the file is missing or broken, or a key is unknown or unusable.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let mut figment = Figment::new();
        if let Some(file) = file {
            figment = figment.merge(Toml::file_exact(file));
        }
        let config: Self = figment
            .merge(Env::prefixed("OCOP_POS_").split("__"))
            .extract()
            .map_err(|error| ConfigError::Read(Box::new(error)))?;
        config.masks()?;
        config.check_discount()?;
        config.cash_step()?;
        config.invoice_taker()?;
        config.own_host()?;
        config.labels.printer()?;
        for counter in config.printers.keys().map(String::as_str).chain([""]) {
            config.printer_of(counter)?;
        }
        Ok(config)
    }

    fn check_discount(&self) -> Result<(), ConfigError> {
        if self.cashier_discount_percent <= 100 {
            return Ok(());
        }
        let why = format!("{} is not between 0 and 100", self.cashier_discount_percent);
        Err(ConfigError::Value { key: "cashier_discount_percent", why })
    }

    /// Returns the step of cash rounding.
    ///
    /// # Errors
    /// When it is none.
    pub fn cash_step(&self) -> Result<CashStep, ConfigError> {
        CashStep::new(self.cash_step_vnd).ok_or_else(|| {
            let why = format!("{} is not 0, 500 or 1000", self.cash_step_vnd);
            ConfigError::Value { key: "cash_step_vnd", why }
        })
    }

    /// Says whether this is the till for practising.
    pub const fn is_training(&self) -> bool {
        self.training_of.is_some()
    }

    /// Returns the folder of the signing key.
    pub fn key_dir(&self) -> PathBuf {
        self.key_dir.clone().unwrap_or_else(|| self.data_dir.join("key"))
    }

    /// Returns who takes e-invoices, or `None` when they wait.
    ///
    /// # Errors
    /// When the adapter is none.
    pub fn invoice_taker(&self) -> Result<Option<Taker>, ConfigError> {
        let InvoicesConfig { adapter, token_file } = &self.invoices;
        Ok(match adapter.split_once(':') {
            None if adapter.is_empty() => None,
            Some(("folder", folder)) if !folder.is_empty() => Some(Taker::Folder(PathBuf::from(folder))),
            // The scheme of an address stands in front of its own colon: http:https://… and http://… alike.
            Some(("http", rest)) if rest.starts_with("http") => {
                Some(Taker::Provider { url: rest.to_owned(), token_file: token_file.clone() })
            }
            Some(("http" | "https", rest)) if rest.starts_with("//") => {
                Some(Taker::Provider { url: adapter.clone(), token_file: token_file.clone() })
            }
            _ => {
                let why = format!("{adapter} is not folder:DIR, http:URL or empty");
                return Err(ConfigError::Value { key: "invoices.adapter", why });
            }
        })
    }

    /// Returns the host of the shop's own links, or `None` when it has none.
    ///
    /// # Errors
    /// When it is no host.
    pub fn own_host(&self) -> Result<Option<LinkHost>, ConfigError> {
        let host = self.label_host.trim_start_matches("https://").trim_end_matches('/');
        if host.is_empty() {
            return Ok(None);
        }
        let host = LinkHost::new(host)
            .map_err(|error| ConfigError::Value { key: "label_host", why: error.to_string() })?;
        Ok(Some(host))
    }

    /// Returns the layouts of the shop's scale.
    ///
    /// # Errors
    /// When one is unusable.
    pub fn masks(&self) -> Result<Masks, ConfigError> {
        let wrong = |why: String| ConfigError::Value { key: "scale_codes", why };
        let masks = self.scale_codes.iter().map(|code| {
            let prefix = InStorePrefix::new(code.prefix)
                .ok_or_else(|| wrong(format!("prefix {} is not 20 to 29", code.prefix)))?;
            let value = match code.value.as_str() {
                "grams" => MaskValue::Grams,
                "vnd" => MaskValue::Vnd,
                "ten_vnd" => MaskValue::TenVnd,
                "hundred_vnd" => MaskValue::HundredVnd,
                other => {
                    return Err(wrong(format!("value {other} is not grams, vnd, ten_vnd or hundred_vnd")));
                }
            };
            Mask::parse(prefix, &code.layout, value, code.check_digit)
                .map_err(|error| wrong(error.to_string()))
        });
        Masks::new(masks.collect::<Result<_, _>>()?).map_err(|error| wrong(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pos.toml");
        std::fs::write(&file, text).unwrap();
        Config::load(Some(&file)).map_err(|error| error.to_string())
    }

    #[test]
    fn unknown_and_unusable_keys_are_named() {
        for (text, expected) in [
            ("listn = \"127.0.0.1:1\"", "listn"),
            ("paper_dots = 400", "paper_dots"),
            ("printer = \"fax:1\"", "printer"),
            ("listen = \"here\"", "listen"),
            ("cashier_discount_percent = 101", "cashier_discount_percent"),
            ("cash_step_vnd = 200", "cash_step_vnd"),
            ("[[scale_codes]]\nprefix = 30\nlayout = \"PP IIIII VVVVV C\"\nvalue = \"grams\"", "scale_codes"),
            ("label_host = \"https://a b.vn\"", "label_host"),
            ("[labels]\nprinter = \"fax:1\"", "labels.printer"),
            ("[labels]\nwidth_mm = 5", "labels"),
            ("[labels]\nlanguage = \"zpl\"", "labels.language"),
            ("listen = ", "TOML"),
            ("[invoices]\nadapter = \"fax:1\"", "invoices.adapter"),
            ("[invoices]\nadapter = \"folder:\"", "invoices.adapter"),
            ("[invoices]\nadaptor = \"\"", "adaptor"),
        ] {
            let error = load(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn an_adapter_names_who_takes_invoices() {
        let provider = |url: &str| Some(Taker::Provider { url: url.to_owned(), token_file: None });
        for (adapter, expected) in [
            ("", None),
            ("folder:out/invoices", Some(Taker::Folder(PathBuf::from("out/invoices")))),
            ("http:https://provider.example/v1", provider("https://provider.example/v1")),
            ("http://127.0.0.1:9", provider("http://127.0.0.1:9")),
            ("https://provider.example", provider("https://provider.example")),
        ] {
            let invoices = InvoicesConfig { adapter: adapter.to_owned(), token_file: None };
            let config = Config { invoices, ..Config::default() };
            assert_eq!(config.invoice_taker().unwrap(), expected, "{adapter}");
        }
    }

    #[test]
    fn the_example_file_is_what_it_says() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/pos.example.toml");
        let config = Config::load(Some(Path::new(file))).unwrap();
        assert_eq!(config.listen, Config::default().listen);
        assert_eq!(config.drawer, DrawerConfig::default());
        assert_eq!(config.credit, CreditConfig::default());
        assert_eq!(config.cash_step_vnd, Config::default().cash_step_vnd);
        assert_eq!(config.labels, LabelsConfig::default());
        assert_eq!(config.lock_after_minutes, Config::default().lock_after_minutes);
    }
}
