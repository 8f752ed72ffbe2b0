//! Passwords and PINs: what may be one, and how they are kept (ASVS 6.2, 11.4.2).
//!
//! Kept as argon2id in PHC text, `$argon2id$v=19$m=19456,t=2,p=1$…`. Each hash takes 19 MiB and some 30 ms of a core on
//! purpose, so only [`PARALLEL`] run at once and never on a thread that answers requests.

use std::panic::resume_unwind;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::name_fold::name_fold;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::Lang;
use crate::words::WebTexts;
use clock::Clock;

/// Hashes that may run at once: 2 × 19 MiB, and a core is left for the counter on a small PC.
pub const PARALLEL: usize = 2;

/// Fewest characters of a password (ASVS 6.2.1). No rule says which (6.2.5).
pub const PASSWORD_CHARACTERS_MIN: usize = 8;

/// Most characters of a password: long phrases are welcome, megabytes are not (ASVS 6.2.9).
pub const PASSWORD_CHARACTERS_MAX: usize = 128;

/// The smallest memory that ASVS accepts for two passes: 19 MiB.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

const PHC_START: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

static PERMITS: Semaphore = Semaphore::const_new(PARALLEL);

/// Hashes a password or PIN with a fresh salt; waits for its turn.
pub async fn hash(secret: &str, clock: &Clock) -> String {
    let mut salt = [0; 16];
    clock.fill(&mut salt);
    hash_with(secret, salt).await
}

/// True when the secret is the one that was hashed; waits for its turn. A stored text that is no hash costs the same.
pub async fn verify(secret: &str, stored: &str) -> bool {
    let Ok(stored) = PasswordHash::new(stored) else {
        verify_nobody(secret).await;
        return false;
    };
    let secret = normalised(secret);
    in_turn(move || argon2().verify_password(secret.as_bytes(), &stored).is_ok()).await
}

/// Costs as much as [`verify`]: call it for an unknown account, so that the time of the answer does not tell which exist.
pub async fn verify_nobody(secret: &str) {
    hash_with(secret, [0; 16]).await;
}

/// True when a stored hash was made with other parameters than today's: hash anew at the next login.
pub fn is_outdated(stored: &str) -> bool {
    !stored.starts_with(PHC_START)
}

#[expect(clippy::expect_used, reason = "argon2 refuses only lengths, and ours are fixed or bounded")]
async fn hash_with(secret: &str, salt: [u8; 16]) -> String {
    let secret = normalised(secret);
    in_turn(move || {
        argon2().hash_password_with_salt(secret.as_bytes(), &salt).expect("fixed lengths").to_string()
    })
    .await
}

/// Runs the work on a blocking thread once a permit is free.
async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    // The semaphore is never closed; without a permit the work would still be right.
    let _permit = PERMITS.acquire().await.ok();
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => resume_unwind(error.into_panic()),
    }
}

#[expect(clippy::expect_used, reason = "the parameters are constants that a test checks")]
fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("constant parameters");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Two keyboards may write `ế` as one character or as three: both are the same password. Longer than any
/// password may be is cut, so that a login form cannot make us hash megabytes.
fn normalised(secret: &str) -> String {
    secret.nfc().take(4 * PASSWORD_CHARACTERS_MAX).collect()
}

/// Why something may not become a password or PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Fewer than [`PASSWORD_CHARACTERS_MIN`] characters.
    #[error("the password is too short")]
    TooShort,
    /// More than [`PASSWORD_CHARACTERS_MAX`] characters.
    #[error("the password is too long")]
    TooLong,
    /// Among the first that anybody would guess.
    #[error("the password is too easy to guess")]
    Common,
    /// Not six digits.
    #[error("a PIN has exactly six digits")]
    PinShape,
    /// Six digits that anybody would try first.
    #[error("the PIN is too easy to guess")]
    PinCommon,
}

impl Unfit {
    /// Returns the sentence for the form.
    pub fn sentence(self, lang: Lang) -> String {
        match self {
            Self::TooShort => lang.password_too_short(PASSWORD_CHARACTERS_MIN),
            Self::TooLong => lang.password_too_long(PASSWORD_CHARACTERS_MAX),
            Self::Common => lang.password_common().to_owned(),
            Self::PinShape => lang.pin_shape().to_owned(),
            Self::PinCommon => lang.pin_common().to_owned(),
        }
    }
}

/// Checks a new password. `personal` are words that an attacker knows: the account, the store's name.
///
/// # Errors
/// Says what is wrong with it.
pub fn check_password(password: &str, personal: &[&str]) -> Result<(), Unfit> {
    let length = password.nfc().count();
    if length < PASSWORD_CHARACTERS_MIN {
        return Err(Unfit::TooShort);
    }
    if length > PASSWORD_CHARACTERS_MAX {
        return Err(Unfit::TooLong);
    }
    if is_common(password, personal) { Err(Unfit::Common) } else { Ok(()) }
}

/// What people choose first, folded: without marks, blanks, digits and signs. Digits and signs around a word are
/// ignored, so one entry stands for the hundreds of its kind in the usual lists (`matkhau1`, `Matkhau@2026`, …).
const COMMON: &str = "abc abcd abcde abcdef abcdefgh account adm admin administrator adobe aloha anhyeuem asdf asdfgh \
    asdfghjkl azerty banhang baseball batman biabia binhson bongda buonho cacanh changeme charlie chelsea chicken \
    chocolate chucmung chungtoi coffee computer concac congty cuahang daica dangky dangnhap demo deptrai dmm donald \
    dragon ducpho emyeuanh facebook flower football freedom fuckyou galaxy gaubong giadinh google hanoi hanhphuc \
    hello hihi hoahong hoilamgi hunter iloveyou ilove khongbiet khongco khongnho khongten kiemkhach killer lacviet \
    letmein linux login love loveyou lyson mabu machine master matkhau matkhaumoi maiyeu michael microsoft minhyeu \
    modem monkey moduc mohoa mothai motmot mypass nguyen nguyenvan nghiahanh ngoclan ocop ocopquangngai oppa pass \
    passw passwd password passwort phuongtrang pokemon princess qazwsx qaz qwe qweasd qweasdzxc qwer qwert qwerty \
    qwertyuiop quangngai quantri root router samsung secret server shadow siemens sieuthi sinhvien soccer sontinh \
    sontra starwars summer sunshine superman support system taikhoan temp test thanhpho thegioi thietbi tinhyeu \
    toan toilaai trabong trangchu trasua trasuatran tunghia user vietnam vietnamvodich vodich welcome whatever winner \
    wonder xinchao xyz yeuem yeuanh yeumeyeucha yeunuoc zalo zaq zxc zxcv zxcvbn zxcvbnm";

fn is_common(password: &str, personal: &[&str]) -> bool {
    let folded = name_fold(password).replace(' ', "");
    let letters: String = unleeted(&folded);
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    let distinct = folded.chars().collect::<std::collections::BTreeSet<_>>().len();
    distinct <= 3
        || (folded.chars().all(|c| c.is_ascii_digit()) && (is_run(&digits) || repeats(&digits)))
        || COMMON.split_whitespace().any(|word| is_made_of(&letters, word))
        || personal
            .iter()
            .map(|word| unleeted(&name_fold(word).replace(' ', "")))
            .any(|word| word.len() >= 3 && is_made_of(&letters, &word))
}

/// Letters only; signs that stand for letters inside a word are read as such.
fn unleeted(folded: &str) -> String {
    let trimmed = folded.trim_matches(|c: char| !c.is_alphabetic());
    trimmed
        .chars()
        .filter_map(|c| match c {
            '0' => Some('o'),
            '1' | '!' => Some('i'),
            '3' => Some('e'),
            '4' | '@' => Some('a'),
            '5' | '$' => Some('s'),
            letter => letter.is_alphabetic().then_some(letter),
        })
        .collect()
}

/// True for the word itself and the word repeated.
fn is_made_of(letters: &str, word: &str) -> bool {
    !letters.is_empty() && !word.is_empty() && letters.replace(word, "").is_empty()
}

/// A PIN of six digits, fit to be one.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

impl Pin {
    /// Digits of a PIN.
    pub const DIGITS: usize = 6;

    /// Takes what was typed at the counter; any six digits.
    ///
    /// # Errors
    /// [`Unfit::PinShape`] for anything else than six digits.
    pub fn parse(text: &str) -> Result<Self, Unfit> {
        let text = text.trim();
        let is_pin = text.len() == Self::DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_pin { Ok(Self(text.to_owned())) } else { Err(Unfit::PinShape) }
    }

    /// Takes a PIN that somebody chooses for himself.
    ///
    /// # Errors
    /// [`Unfit::PinShape`] as in [`Pin::parse`]; [`Unfit::PinCommon`] for runs and repetitions: 000000, 123456, 121212.
    pub fn choose(text: &str) -> Result<Self, Unfit> {
        let pin = Self::parse(text)?;
        if is_run(&pin.0) || repeats(&pin.0) { Err(Unfit::PinCommon) } else { Ok(pin) }
    }

    /// Returns the digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin")
    }
}

/// True when each digit is one above, or one below, the digit before it: 123456, 987654, 890123.
fn is_run(digits: &str) -> bool {
    let steps: Vec<u8> = digits.bytes().zip(digits.bytes().skip(1)).map(|(a, b)| (b + 10 - a) % 10).collect();
    !steps.is_empty() && (steps.iter().all(|step| *step == 1) || steps.iter().all(|step| *step == 9))
}

/// True when the digits are one, two, three or four digits again and again: 000000, 121212, 123123, 20262026.
fn repeats(digits: &str) -> bool {
    (1..=4).any(|part| {
        digits.len() > part
            && digits.len().is_multiple_of(part)
            && digits.bytes().zip(digits.bytes().skip(part)).all(|(a, b)| a == b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_is_argon2id_with_its_own_salt_and_only_the_secret_fits() {
        let clock = Clock::system();
        let (first, second) = (hash("tỏi đen Lý Sơn", &clock).await, hash("tỏi đen Lý Sơn", &clock).await);
        assert!(first.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{first}");
        assert_ne!(first, second);
        assert!(verify("tỏi đen Lý Sơn", &first).await);
        assert!(
            verify("to\u{309}i đen Ly\u{301} Sơn", &first).await,
            "the same letters, typed in another way"
        );
        assert!(!verify("toi den Ly Son", &first).await);
        assert!(!verify("", &first).await);
        assert!(!verify("tỏi đen Lý Sơn", "no hash").await);
        assert!(!verify("tỏi đen Lý Sơn", "").await);
        verify_nobody("anything").await;
        assert!(!is_outdated(&first));
        assert!(is_outdated("$argon2id$v=19$m=8192,t=1,p=1$c2FsdHNhbHQ$aGFzaA"));
    }

    #[test]
    fn passwords() {
        for (password, expected) in [
            ("Toi-den-6-tep", Ok(())),
            ("mắm cái rất ngon", Ok(())),
            ("48201937", Ok(())),
            ("xkcdrmvb", Ok(())),
            (" 7 chars", Ok(())),
            ("1234567", Err(Unfit::TooShort)),
            ("ế\u{301}ếếếế", Err(Unfit::TooShort)),
            ("12345678", Err(Unfit::Common)),
            ("87654321", Err(Unfit::Common)),
            ("11111111", Err(Unfit::Common)),
            ("20262026", Err(Unfit::Common)),
            ("password1", Err(Unfit::Common)),
            ("P@ssw0rd!", Err(Unfit::Common)),
            ("Matkhau@2026", Err(Unfit::Common)),
            ("mật khẩu 123", Err(Unfit::Common)),
            ("QuangNgai76", Err(Unfit::Common)),
            ("iloveyou!!", Err(Unfit::Common)),
            ("qwerty123456", Err(Unfit::Common)),
            ("adminadmin", Err(Unfit::Common)),
            ("abababab", Err(Unfit::Common)),
            ("huong1990", Err(Unfit::Common)),
            ("Hường@1990", Err(Unfit::Common)),
            ("huong and 3 more words", Ok(())),
        ] {
            assert_eq!(check_password(password, &["huong"]), expected, "{password}");
        }
        assert_eq!(check_password(&"mắm ngon".repeat(16), &[]), Ok(()));
        assert_eq!(check_password(&"mắm ngon".repeat(17), &[]), Err(Unfit::TooLong));
        assert_eq!(check_password("Toi-den-6-tep", &["", "-"]), Ok(()), "an empty name forbids nothing");
    }

    #[test]
    fn pins() {
        for (text, parsed, chosen) in [
            ("482019", true, true),
            (" 482019 ", true, true),
            ("000000", true, false),
            ("123456", true, false),
            ("654321", true, false),
            ("890123", true, false),
            ("121212", true, false),
            ("123123", true, false),
            ("112233", true, true),
            ("12345", false, false),
            ("1234567", false, false),
            ("12345a", false, false),
            ("１２３４５６", false, false),
            ("", false, false),
        ] {
            assert_eq!(Pin::parse(text).is_ok(), parsed, "{text}");
            assert_eq!(Pin::choose(text).is_ok(), chosen, "{text}");
        }
        assert_eq!(Pin::parse("12345"), Err(Unfit::PinShape));
        assert_eq!(Pin::choose("000000"), Err(Unfit::PinCommon));
        assert_eq!(format!("{:?}", Pin::parse("482019").unwrap()), "Pin");
    }
}
