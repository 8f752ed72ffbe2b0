//! Texts as parts of an address.

/// Writes a text as one piece of an address: letters and digits of ASCII, `-` and `_` stay as they are.
pub fn encoded_piece(text: &str) -> String {
    encoded(text, b"-_")
}

/// Writes a value for a query, in which an address stays readable (RFC 3986, 3.4).
pub fn encoded_value(text: &str) -> String {
    encoded(text, b"-_.~/")
}

fn encoded(text: &str, plain: &[u8]) -> String {
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_an_address_is_written_out() {
        assert_eq!(encoded_piece("Kệ 1/2.a-b_c&d"), "K%E1%BB%87%201%2F2%2Ea-b_c%26d");
        assert_eq!(encoded_value("/sales?period=week&q=tỏi"), "/sales%3Fperiod%3Dweek%26q%3Dt%E1%BB%8Fi");
    }
}
