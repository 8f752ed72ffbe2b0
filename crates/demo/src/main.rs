//! The demonstration: central, two stores and their paper in one process, with ninety days of made-up history. Nothing
//! here is real but the program: prices, people and sales are illustrative.
#![expect(clippy::print_stdout, reason = "a demonstration tells where to look")]

mod campaigns;
mod department;
mod goods;
mod history;
mod history_clock;
mod points;
mod random;
mod shops;

use std::future::pending;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clock::Clock;
use domain::ids::StoreId;
use tokio::net::TcpListener;
use web::format::local_date;

use crate::department::{CASHIER_PIN, MANAGER_PIN, PASSWORD, SHOPS};
use crate::goods::Goods;
use crate::history::DAYS;
use crate::shops::OpenShop;

const FOLDER: &str = "demo-data";
/// Written when everything was set up; a folder without it is begun anew.
const READY: &str = "ready";
const CENTRAL: &str = "127.0.0.1:8080";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let level = std::env::var("RUST_LOG").unwrap_or_else(|_| "warn".to_owned());
    tracing_subscriber::fmt().with_env_filter(level).with_writer(std::io::stderr).init();
    let folder = std::env::var_os("OCOP_DEMO_FOLDER").map_or_else(|| PathBuf::from(FOLDER), PathBuf::from);
    let fresh = std::env::args().any(|argument| argument == "--fresh");
    begin_anew(&folder, fresh)?;
    run(&folder).await
}

/// Removes what an earlier run left, when asked to or when that run was cut off before everything was set up.
fn begin_anew(folder: &Path, fresh: bool) -> anyhow::Result<()> {
    if folder.exists() && (fresh || !folder.join(READY).exists()) {
        let ours = folder.join("central").exists() || std::fs::read_dir(folder)?.next().is_none();
        anyhow::ensure!(ours, "{} holds something else: move it away first", folder.display());
        std::fs::remove_dir_all(folder)?;
    }
    Ok(std::fs::create_dir_all(folder)?)
}

async fn run(folder: &Path) -> anyhow::Result<()> {
    let goods = goods::load()?;
    let today = local_date(Clock::system().now_ms());
    let listener = TcpListener::bind(CENTRAL).await.with_context(|| format!("{CENTRAL} is in use"))?;
    let central = department::open(folder).await?;
    tokio::spawn(central.clone().serve(listener, pending()));

    let is_new = !folder.join(READY).exists();
    let stores = if is_new { department::set_up(&central, &goods).await? } else { Vec::new() };
    let mut open = Vec::new();
    for shop in &SHOPS {
        open.push(shops::open(folder, shop, &format!("http://{CENTRAL}"), today).await?);
    }
    for (shop, store_id) in open.iter().zip(&stores) {
        let store_id: StoreId = *store_id;
        shops::enrol_and_approve(shop, &central, store_id).await?;
    }
    std::fs::write(folder.join(READY), "")?;
    for (shop, named) in open.iter().zip(&SHOPS) {
        let address = shop.app.config().listen;
        let listener = TcpListener::bind(address).await.with_context(|| format!("{address} is in use"))?;
        tokio::spawn(pos::serve::serve_pages(shop.app.clone(), listener, pending()));
        println!("{:<34} http://{address}", named.name);
        practise(&shop.app).await?;
    }
    tell(folder, &goods);
    make_history(&open, &goods, today).await?;
    for shop in &open {
        pos::serve::spawn_workers(&shop.app);
    }
    tokio::signal::ctrl_c().await?;
    Ok(())
}

/// Serves the till for practising beside a shop's, until the program ends.
async fn practise(shop: &pos::App) -> anyhow::Result<()> {
    let Some(address) = shop.config().training_listen else { return Ok(()) };
    let listener = TcpListener::bind(address).await.with_context(|| format!("{address} is in use"))?;
    let shop = shop.clone();
    tokio::spawn(async move { pos::serve::serve_training(&shop, listener).await });
    Ok(())
}

async fn make_history(open: &[OpenShop], goods: &[Goods], today: time::Date) -> anyhow::Result<()> {
    let [(first, second)] = [(&open[0], &open[1])];
    let (a, b) = tokio::join!(
        shops::make_history(first, SHOPS[0].code, goods, (today, DAYS)),
        shops::make_history(second, SHOPS[1].code, goods, (today, DAYS)),
    );
    let sales = a? + b?;
    if sales > 0 {
        println!("\nĐã tạo {sales} đơn hàng minh họa cho 90 ngày qua. / Made {sales} illustrative sales.");
    }
    Ok(())
}

fn tell(folder: &Path, goods: &[Goods]) {
    println!("{:<34} http://{CENTRAL}", "Sở Công Thương (trung tâm)");
    println!(
        "\nQuầy / counter: Nguyễn Thị Hường PIN {CASHIER_PIN} · Trần Văn Quản (quản lý) PIN {MANAGER_PIN}"
    );
    println!(
        "Trung tâm / central: socongthuong · phusinh · htxlyson · quantri, mật khẩu / password {PASSWORD}"
    );
    println!("Mã vạch / barcodes:");
    for one in goods.iter().take(3) {
        println!("  {}  {}", one.barcode.as_str(), one.name);
    }
    println!("Giấy in / paper: {}/ls/paper, {}/qn/paper", folder.display(), folder.display());
    println!("Dữ liệu minh họa: giá và người đều không có thật. / Illustrative data.");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first command of the README ends at whatever a store refuses of its past.
    #[tokio::test]
    async fn a_store_sells_through_a_week_of_history_and_tells_central() {
        let folder = tempfile::tempdir().unwrap();
        let goods = goods::load().unwrap();
        let today = local_date(Clock::system().now_ms());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let central = department::open(folder.path()).await.unwrap();
        tokio::spawn(central.clone().serve(listener, pending()));
        let stores = department::set_up(&central, &goods).await.unwrap();
        let shop = shops::open(folder.path(), &SHOPS[0], &url, today).await.unwrap();
        shops::enrol_and_approve(&shop, &central, stores[0]).await.unwrap();
        // Eight days hold a Sunday, on which central tells what day it is.
        let sales = shops::make_history(&shop, SHOPS[0].code, &goods, (today, 8)).await.unwrap();
        assert!(sales > 0);
    }
}
