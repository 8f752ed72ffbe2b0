//! Settings: defaults, then the file, then the environment (`OCOP_CENTRAL_…`, `__` between levels). A key that nobody
//! knows is refused, since a mistyped one would silently mean its default.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use domain::report_period::Cutoff;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Longest silence that a producer can be given.
const SILENCE_DAYS_MAX: u32 = 365;

/// All settings. `config/central.example.toml` explains each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address that people and stores use.
    pub public_url: String,
    /// `sqlite:FILE` or `postgres://…`; empty means `central.sqlite` in the data folder.
    pub database: String,
    /// Folder of the signing key.
    pub data_dir: PathBuf,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Not empty where the figures are invented: every page then says that they are demonstration data.
    pub banner: String,
    /// Signing in.
    pub logins: Logins,
    /// Settlements with producers.
    pub settlements: Settlements,
    /// News for producers.
    pub news: News,
    /// The department's official report.
    pub reports: Reports,
    /// Upper limits.
    pub limits: Limits,
}

/// Signing in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Logins {
    /// Administrators come no further than their own account before they have a second factor.
    pub admins_need_code: bool,
}

/// Settlements with producers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settlements {
    /// A producer who says nothing for so many days agrees.
    pub agreed_after_days: u32,
}

/// News for producers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct News {
    /// Folder from which a gateway takes messages.
    pub folder: PathBuf,
    /// Address of a gateway; with neither there are no news.
    pub url: String,
    /// File of the token that the address wants; empty without one.
    pub token_file: PathBuf,
}

/// Who sends the news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gateway {
    /// Whoever empties a folder.
    Folder(PathBuf),
    /// Whoever listens at an address.
    Address {
        /// The address.
        url: String,
        /// File of its token.
        token_file: Option<PathBuf>,
    },
}

impl News {
    /// Returns who sends them; `None` where no news are made.
    pub fn gateway(&self) -> Option<Gateway> {
        let set = |path: &PathBuf| (!path.as_os_str().is_empty()).then(|| path.clone());
        if self.url.is_empty() {
            return set(&self.folder).map(Gateway::Folder);
        }
        Some(Gateway::Address { url: self.url.clone(), token_file: set(&self.token_file) })
    }

    fn check(&self) -> Result<()> {
        let is_address = self.url.starts_with("http://") || self.url.starts_with("https://");
        if self.url.is_empty() || is_address && self.folder.as_os_str().is_empty() {
            return Ok(());
        }
        let why = "news.url must begin with http:// or https://, and news.folder must then be empty";
        Err(Error::Config(why.to_owned()))
    }
}

/// The department's official report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reports {
    /// Where periods end.
    #[serde(with = "cutoff")]
    pub cutoff: Cutoff,
    /// The body above the one that issues it.
    pub authority: String,
    /// The body that issues it.
    pub issuer: String,
    /// Where it is issued.
    pub place: String,
    /// What stands behind the number.
    pub sign: String,
}

impl Default for Reports {
    fn default() -> Self {
        Self {
            cutoff: Cutoff::default(),
            authority: "UBND TỈNH QUẢNG NGÃI".to_owned(),
            issuer: "SỞ CÔNG THƯƠNG".to_owned(),
            place: "Quảng Ngãi".to_owned(),
            sign: "BC-SCT".to_owned(),
        }
    }
}

mod cutoff {
    use domain::report_period::Cutoff;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(cutoff: &Cutoff, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(cutoff.code())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cutoff, D::Error> {
        let code = String::deserialize(deserializer)?;
        Cutoff::from_code(&code).ok_or_else(|| de::Error::custom("must be decree_09_2019 or calendar"))
    }
}

/// Upper limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Batches at work at the same time.
    pub pushes_at_once: usize,
    /// Requests of one store a minute, on average.
    pub store_requests_per_minute: u32,
    /// Requests of one store in one burst.
    pub store_burst: u32,
    /// Longest time for one request, seconds.
    pub request_s: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: "http://127.0.0.1:8080".to_owned(),
            database: String::new(),
            data_dir: PathBuf::from("central-data"),
            trusted_proxies: Vec::new(),
            banner: String::new(),
            logins: Logins::default(),
            settlements: Settlements::default(),
            news: News::default(),
            reports: Reports::default(),
            limits: Limits::default(),
        }
    }
}

impl Default for Settlements {
    fn default() -> Self {
        Self { agreed_after_days: 15 }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { pushes_at_once: 8, store_requests_per_minute: 240, store_burst: 120, request_s: 30 }
    }
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// When the file is missing, a key is unknown or a value is wrong: the sentence names key and source.
    pub fn load(file: Option<&Path>) -> Result<Self> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(path) = file {
            if !path.is_file() {
                return Err(Error::Config(format!("there is no settings file {}", path.display())));
            }
            figment = figment.merge(Toml::file_exact(path));
        }
        let figment = figment.merge(Env::prefixed("OCOP_CENTRAL_").split("__"));
        let config: Self = figment.extract().map_err(|error| Error::Config(sentence(&error)))?;
        config.check()
    }

    fn check(self) -> Result<Self> {
        let url = self.public_url.as_str();
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err(Error::Config(format!("public_url must begin with http:// or https://, not {url}")));
        }
        if self.limits.pushes_at_once == 0 || self.limits.store_burst == 0 {
            return Err(Error::Config("limits must be above zero".to_owned()));
        }
        if !(1..=SILENCE_DAYS_MAX).contains(&self.settlements.agreed_after_days) {
            return Err(Error::Config("settlements.agreed_after_days must be 1 to 365".to_owned()));
        }
        self.news.check()?;
        Ok(self)
    }

    /// Returns the address of the database.
    pub fn database_url(&self) -> String {
        if self.database.is_empty() {
            format!("sqlite:{}", self.data_dir.join("central.sqlite").display())
        } else {
            self.database.clone()
        }
    }

    /// True where the figures are invented.
    pub fn is_demo(&self) -> bool {
        !self.banner.is_empty()
    }

    /// True when people come by https, so that cookies are marked secure.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn sentence(error: &figment::Error) -> String {
    let mut text = String::new();
    for part in error.clone() {
        if !text.is_empty() {
            text.push_str("; ");
        }
        let source = part.metadata.as_ref().and_then(|metadata| metadata.source.as_ref());
        let name = part.metadata.as_ref().map(|metadata| metadata.name.to_string());
        let source = source.map(ToString::to_string).or(name).unwrap_or_default();
        let key = part.path.join(".");
        // The lines below the first show the place in the file, which its number names as well.
        let what = part.kind.to_string();
        text.push_str(&format!("in {source}: {}", what.lines().next().unwrap_or_default()));
        if !key.is_empty() {
            text.push_str(&format!(" (key {key})"));
        }
    }
    text
}
