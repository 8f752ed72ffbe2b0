//! Each fault, seen from the client and from a server that answers with the number and the body of a request.

use super::*;
use std::sync::Mutex;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What arrived whole at the server, and what arrived broken.
type Seen = Arc<Mutex<Vec<Option<String>>>>;

async fn server() -> (SocketAddr, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let seen = Seen::default();
    let shared = Arc::clone(&seen);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let request = http1::read_message(&mut stream).await;
            let text = request
                .ok()
                .flatten()
                .map(|request| String::from_utf8_lossy(&body(&request.into())).into_owned());
            let number = {
                let mut seen = shared.lock().expect("a lock");
                seen.push(text.clone());
                seen.len()
            };
            if let Some(text) = text {
                let reply = reply(&format!("{number} {text}"));
                stream.write_all(reply.as_bytes()).await.expect("it is read");
            }
        }
    });
    (address, seen)
}

fn reply(text: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{text}", text.len())
}

/// Sends a request with this body and returns what comes back until the connection ends.
async fn post(proxy: &Proxy, text: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(proxy.address()).await?;
    let request = format!("POST /push HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n{text}", text.len());
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

fn seen(seen: &Seen) -> Vec<Option<String>> {
    std::mem::take(&mut seen.lock().expect("a lock"))
}

#[tokio::test]
async fn each_fault_is_what_its_name_says() {
    let whole = || Some("abc".to_owned());
    let portal = Fault::captive_portal();
    let Fault::Answer(page) = portal.clone() else { panic!("the portal answers") };
    let page = String::from_utf8_lossy(&page).into_owned();
    let trickle = Fault::Trickle { bytes: 1, pause: Duration::ZERO };
    let request_length = "POST /push HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc".len();
    for (fault, answer, arrived) in [
        (Fault::Forward, reply("1 abc"), vec![whole()]),
        (Fault::DropRequest, String::new(), vec![]),
        (Fault::DropReply, String::new(), vec![whole()]),
        (Fault::CutRequestAt(0), String::new(), vec![None]),
        (Fault::CutRequestAt(request_length - 1), String::new(), vec![None]),
        (Fault::CutRequestAt(request_length), String::new(), vec![whole()]),
        (Fault::CutReplyAt(17), "HTTP/1.1 200 OK\r\n".into(), vec![whole()]),
        (Fault::CutReplyAt(10_000), reply("1 abc"), vec![whole()]),
        (Fault::DamageRequestAt(1), reply("1 acc"), vec![Some("acc".into())]),
        (Fault::DamageRequestAt(4), reply("1 acc"), vec![Some("acc".into())]),
        (Fault::DamageReplyAt(0), reply("0 abc"), vec![whole()]),
        (Fault::Twice, reply("2 abc"), vec![whole(), whole()]),
        (trickle, reply("1 abc"), vec![whole()]),
        (portal, page, vec![]),
    ] {
        let (address, log) = server().await;
        let proxy = Proxy::start(address).await;
        proxy.set(fault.clone());
        assert_eq!(post(&proxy, "abc").await.expect("an orderly end"), answer, "{fault:?}");
        assert_eq!(seen(&log), arrived, "{fault:?}");
        assert_eq!(proxy.recorded(), ["abc"], "{fault:?}");
    }
}

#[tokio::test]
async fn a_reset_is_no_orderly_end() {
    let (address, log) = server().await;
    let proxy = Proxy::start(address).await;
    proxy.set(Fault::ResetReplyAt(0));
    let error = post(&proxy, "abc").await.expect_err("a reset");
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    assert_eq!(seen(&log), [Some("abc".into())]);
}

#[tokio::test]
async fn a_black_hole_answers_nobody_and_harms_no_other() {
    let (address, log) = server().await;
    let proxy = Proxy::start(address).await;
    proxy.script([Fault::BlackHole]);
    let mut lost = TcpStream::connect(proxy.address()).await.expect("it accepts");
    lost.write_all(b"GET / HTTP/1.1\r\n\r\n").await.expect("it reads");
    while proxy.exchanges().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(post(&proxy, "abc").await.expect("the next one passes"), reply("1 abc"));
    assert_eq!(seen(&log), [Some("abc".into())]);
    drop(proxy);
    let mut rest = Vec::new();
    lost.read_to_end(&mut rest).await.ok();
    assert!(rest.is_empty());
}

#[tokio::test]
async fn a_held_reply_passes_when_released() {
    let (address, log) = server().await;
    let proxy = Proxy::start(address).await;
    proxy.set(Fault::Hold);
    let (answer, ()) = tokio::join!(post(&proxy, "abc"), async {
        proxy.held(1).await;
        assert_eq!(seen(&log), [Some("abc".into())], "the server has answered");
        assert_eq!(proxy.exchanges()[0].reply, "", "the client has not seen it");
        proxy.release();
    });
    assert_eq!(answer.expect("an answer"), reply("1 abc"));
    assert_eq!(proxy.exchanges()[0].reply, reply("1 abc"));
}

#[tokio::test]
async fn earlier_requests_come_again() {
    let (address, log) = server().await;
    let proxy = Proxy::start(address).await;
    post(&proxy, "one").await.expect("passes");
    post(&proxy, "two").await.expect("passes");
    proxy.script([Fault::ReplayFirst(3)]);
    assert_eq!(post(&proxy, "three").await.expect("passes"), reply("4 three"));
    let first = proxy.exchanges()[0].request.clone();
    assert_eq!(body(&proxy.replay(&first).await.expect("passes")), "5 one");
    let texts: Vec<_> = seen(&log).into_iter().flatten().collect();
    assert_eq!(texts, ["one", "two", "one", "three", "one"]);
    assert_eq!(proxy.recorded(), ["one", "two", "three"]);
    assert_eq!(proxy.exchanges().iter().filter(|exchange| exchange.is_repeat).count(), 2);
}

#[tokio::test]
async fn a_server_may_go_and_come_back_elsewhere() {
    let (address, _log) = server().await;
    let gone = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    let proxy = Proxy::start(gone).await;
    assert_eq!(post(&proxy, "abc").await.expect("an orderly end"), "");
    proxy.set_upstream(address);
    assert_eq!(post(&proxy, "abc").await.expect("it passes"), reply("1 abc"));
}

#[tokio::test]
async fn a_seed_repeats_a_whole_run() {
    let mut logs = Vec::new();
    for _ in 0..2 {
        let (address, _log) = server().await;
        let proxy = Proxy::seeded(address, 2_026).await;
        for number in 0..100 {
            post(&proxy, &format!("batch {number}")).await.ok();
        }
        logs.push(proxy.log());
    }
    assert_eq!(logs[0], logs[1]);
    assert!(logs[0].starts_with("proxy with seed 2026\n"));
    for fault in ["DropRequest", "DropReply", "CutRequestAt", "CutReplyAt", "Twice", "ReplayFirst", "Answer"]
    {
        assert!(logs[0].contains(fault), "{fault} never came:\n{}", logs[0]);
    }
}

#[tokio::test]
async fn a_reply_without_end_passes_as_it_comes() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let proxy = Proxy::start(listener.local_addr().expect("an address")).await;
    let mut client = TcpStream::connect(proxy.address()).await.expect("it accepts");
    client.write_all(b"GET /events HTTP/1.1\r\n\r\n").await.expect("it reads");
    let (mut server, _) = listener.accept().await.expect("the proxy");
    http1::read_message(&mut server).await.expect("a request");
    for event in ["data: 1\n\n", "data: 2\n\n"] {
        server.write_all(event.as_bytes()).await.expect("it reads");
        let mut received = vec![0; event.len()];
        client.read_exact(&mut received).await.expect("it passes");
        assert_eq!(received, event.as_bytes());
    }
    drop(client);
    assert_eq!(
        server.read(&mut [0; 1]).await.expect("an orderly end"),
        0,
        "the server learns that the page closed"
    );
}
