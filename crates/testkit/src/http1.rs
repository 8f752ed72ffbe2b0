//! Just enough of HTTP/1.1 for test tools: one message on a connection, which then closes.

use std::io::{Error, ErrorKind, Result};

use tokio::io::{AsyncRead, AsyncReadExt};

/// Longest message that a test tool takes: several times the largest batch.
const MESSAGE_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Returns where the body of a message begins, once its head is there.
pub(crate) fn body_start(message: &[u8]) -> Option<usize> {
    message.windows(4).position(|window| window == b"\r\n\r\n").map(|place| place + 4)
}

/// Returns the first value of a header, trimmed; `name` in lower case.
pub(crate) fn header<'message>(message: &'message [u8], name: &str) -> Option<&'message str> {
    let head = std::str::from_utf8(&message[..body_start(message)?]).ok()?;
    head.lines().skip(1).find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// Reads one message: head, and as many bytes as `Content-Length` says. `None` when the peer closes before the
/// first byte, as browsers do with connections opened in advance. A chunked body is an error.
pub(crate) async fn read_message(stream: &mut (impl AsyncRead + Unpin)) -> Result<Option<Vec<u8>>> {
    let mut message = Vec::new();
    loop {
        if let Some(start) = body_start(&message) {
            if header(&message, "transfer-encoding").is_some() {
                return Err(Error::new(ErrorKind::Unsupported, "a chunked request body"));
            }
            let length: usize =
                header(&message, "content-length").unwrap_or("0").parse().map_err(Error::other)?;
            if message.len() >= start + length {
                return Ok(Some(message));
            }
        }
        if message.len() > MESSAGE_BYTES_MAX {
            return Err(Error::new(ErrorKind::FileTooLarge, "a message over the limit of test tools"));
        }
        if stream.read_buf(&mut message).await? == 0 {
            return if message.is_empty() { Ok(None) } else { Err(ErrorKind::UnexpectedEof.into()) };
        }
    }
}

/// Returns the message with `Connection: close` in place of whatever it said about its connection.
pub(crate) fn closing(message: &[u8]) -> Vec<u8> {
    let Some(start) = body_start(message) else { return message.to_vec() };
    let mut lines = message[..start - 2].split_inclusive(|&byte| byte == b'\n');
    let mut closing = lines.next().unwrap_or_default().to_vec();
    closing.extend_from_slice(b"connection: close\r\n");
    for line in lines.filter(|line| !line.to_ascii_lowercase().starts_with(b"connection:")) {
        closing.extend_from_slice(line);
    }
    closing.extend_from_slice(&message[start - 2..]);
    closing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_message_ends_where_its_length_says() {
        for (sent, read) in [
            ("GET / HTTP/1.1\r\nhost: x\r\n\r\n", Some("GET / HTTP/1.1\r\nhost: x\r\n\r\n")),
            (
                "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab",
                Some("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab"),
            ),
            ("", None),
        ] {
            let message = read_message(&mut sent.as_bytes()).await.expect("a message");
            assert_eq!(message.as_deref(), read.map(str::as_bytes), "{sent:?}");
        }
        for broken in [
            "POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\nab",
            "POST / HTTP/1.1\r\ncontent-length: x\r\n\r\n",
            "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n",
            "GET / HT",
        ] {
            read_message(&mut broken.as_bytes()).await.expect_err(broken);
        }
    }

    #[test]
    fn a_message_says_once_that_its_connection_closes() {
        for (message, expected) in [
            ("GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nconnection: close\r\n\r\n"),
            (
                "GET / HTTP/1.1\r\nhost: x\r\nConnection: keep-alive\r\n\r\nbody\r\n\r\n",
                "GET / HTTP/1.1\r\nconnection: close\r\nhost: x\r\n\r\nbody\r\n\r\n",
            ),
        ] {
            assert_eq!(String::from_utf8_lossy(&closing(message.as_bytes())), expected);
        }
    }
}
