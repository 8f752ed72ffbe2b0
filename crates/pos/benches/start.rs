//! The real program on the data of a large store: 20.000 products with stars, terms and lots. What it takes of a small
//! computer's memory, how soon it answers, and how long a cashier waits for a search and for a scan into a long cart.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints its table and fails loudly")]
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use pos::Config;
use serde_json::Value;
use testkit::catalogue::{PIN, id_of};
use testkit::large::{self, PRODUCTS, barcode};
use testkit::store::TestStore;

const STARTS: usize = 5;
const SEARCHES: usize = 400;
const CART_LINES: usize = 100;
const SCANS: usize = 300;

const MEMORY_MOST_KB: u64 = 60 * 1_024;
const START_MOST: Duration = Duration::from_millis(500);
const SEARCH_MOST: Duration = Duration::from_millis(10);
const SCAN_MOST: Duration = Duration::from_millis(16);

#[tokio::main]
async fn main() {
    // The client wants one, though nothing here is encrypted.
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let folder = prepare().await;
    let mut starts = Vec::with_capacity(STARTS);
    for _ in 1..STARTS {
        starts.push(Program::start(folder.path()).await.started_in);
    }
    let program = Program::start(folder.path()).await;
    starts.push(program.started_in);
    starts.sort_unstable();
    println!("| {PRODUCTS} products | p50 | p99 | goal | |");
    println!("|---|---|---|---|---|");
    row("start until /healthz answers", &mut starts, START_MOST);
    let fresh_kb = program.memory_kb("VmRSS");
    let mut counter = Counter::sign_in(&program).await;
    row("search without marks", &mut counter.searches().await, SEARCH_MOST);
    counter.fill().await;
    row("scan into a cart of 100 lines", &mut counter.scans().await, SCAN_MOST);
    let most_kb = program.memory_kb("VmHWM");
    println!(
        "| memory: {} MB after the start, at most {} MB | | | < {} MB | {} |",
        fresh_kb / 1_024,
        most_kb / 1_024,
        MEMORY_MOST_KB / 1_024,
        verdict(most_kb < MEMORY_MOST_KB)
    );
}

fn row(what: &str, times: &mut [Duration], most: Duration) {
    times.sort_unstable();
    let (half, slow) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    println!("| {what} | {half:.1?} | {slow:.1?} | < {most:?} | {} |", verdict(slow < most));
}

const fn verdict(holds: bool) -> &'static str {
    if holds { "HOLDS" } else { "MISSED" }
}

/// Makes the data of the store.
async fn prepare() -> tempfile::TempDir {
    let store = TestStore::closed(Config::default()).await;
    large::fill(&store).await;
    store.app.db().close().await;
    store.snapshot()
}

/// The program, running.
struct Program {
    child: Child,
    address: String,
    started_in: Duration,
}

impl Program {
    async fn start(folder: &Path) -> Self {
        let began = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_ocop-pos"))
            .arg("run")
            .env("OCOP_POS_DATA_DIR", folder)
            .env("OCOP_POS_LISTEN", "127.0.0.1:0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let healthy = reqwest::get(format!("{address}/healthz")).await.unwrap();
        assert!(healthy.status().is_success());
        Self { child, address, started_in: began.elapsed() }
    }

    /// Reads one of the kernel's figures.
    fn memory_kb(&self, field: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap();
        line.trim_start_matches(':').trim().trim_end_matches(" kB").parse().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Somebody signed in at a counter, on a connection that stays open.
struct Counter<'a> {
    program: &'a Program,
    client: reqwest::Client,
    cookies: BTreeMap<String, String>,
    csrf: String,
    requests: usize,
}

impl<'a> Counter<'a> {
    async fn sign_in(program: &'a Program) -> Self {
        let client = reqwest::Client::new();
        let mut counter =
            Self { program, client, cookies: BTreeMap::new(), csrf: String::new(), requests: 0 };
        counter.csrf = counter.get("/sign-in").await["csrf"].as_str().unwrap().to_owned();
        let cashier = id_of("Nguyễn Thị Hường");
        let form = format!("cashier_id={cashier}&pin={PIN}&counter=1");
        counter.csrf = counter.post("/sign-in", form).await["csrf"].as_str().unwrap().to_owned();
        let today = time::OffsetDateTime::now_utc().to_offset(time::macros::offset!(+7)).date();
        let op_id = counter.op();
        let form = format!("op_id={op_id}&business_date={today}&float=500000");
        let opened = counter.post("/shift/open", form).await;
        assert_eq!(opened["note"]["says"], "shift_opened", "{opened}");
        counter
    }

    fn op(&mut self) -> String {
        self.requests += 1;
        format!("bench-{}", self.requests)
    }

    async fn ask(&mut self, request: reqwest::RequestBuilder) -> Value {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header("accept", "application/json").header("cookie", cookies.join("; "));
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{answer:?}");
        for cookie in answer.headers().get_all("set-cookie") {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }

    async fn get(&mut self, path: &str) -> Value {
        let request = self.client.get(format!("{}{path}", self.program.address));
        self.ask(request).await
    }

    async fn post(&mut self, path: &str, form: String) -> Value {
        let request = self
            .client
            .post(format!("{}{path}", self.program.address))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", &self.program.address)
            .header("sec-fetch-site", "same-origin")
            .header("x-op-id", self.op())
            .header("x-csrf", &self.csrf)
            .body(form);
        self.ask(request).await
    }

    /// Times of searches: words of one product, of many, of none, and halves of words.
    async fn searches(&mut self) -> Vec<Duration> {
        const WORDS: [&str; 8] =
            ["toi+den", "nuoc+mam", "ly+son", "loai+17", "ca+bong+tra+loai+9", "khong+co+gi", "mac", "q"];
        let mut times = Vec::with_capacity(SEARCHES);
        for number in 0..SEARCHES {
            let path = format!("/counter/search?q={}", WORDS[number % WORDS.len()]);
            let began = Instant::now();
            self.get(&path).await;
            times.push(began.elapsed());
        }
        times
    }

    /// Puts a hundred products into the cart.
    async fn fill(&mut self) {
        for number in 0..CART_LINES {
            self.scan(number).await;
        }
    }

    async fn scan(&mut self, number: usize) -> Value {
        let sale_id = self.get("/counter/state").await["sale_id"].as_str().unwrap().to_owned();
        self.scan_into(&sale_id, number).await
    }

    async fn scan_into(&mut self, sale_id: &str, number: usize) -> Value {
        let state = self.post("/counter/scan", format!("sale_id={sale_id}&code={}", barcode(number))).await;
        assert_eq!(state["note"]["says"], "added", "{}", state["note"]);
        state
    }

    /// Times of scans of products that are in the cart already.
    async fn scans(&mut self) -> Vec<Duration> {
        let mut times = Vec::with_capacity(SCANS);
        let sale_id = self.get("/counter/state").await["sale_id"].as_str().unwrap().to_owned();
        for number in 0..SCANS {
            let began = Instant::now();
            let state = self.scan_into(&sale_id, number * 7 % CART_LINES).await;
            times.push(began.elapsed());
            assert_eq!(state["lines"].as_array().unwrap().len(), CART_LINES);
        }
        times
    }
}
