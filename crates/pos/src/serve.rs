//! Running: the pages and the workers, until somebody ends the program.

use std::future::Future;
use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::db::{login_sessions, operations, products, promotions, slips};
use crate::invoicing::outbox;
use crate::training::TrainingError;
use crate::{App, disk_watch, marker, printing, scanner, sync, training};

/// Serves the counter pages and runs the workers until `end` comes; then finishes what is under way. [`begin`] comes before it.
///
/// # Errors
/// When the port fails.
pub async fn serve(
    app: App,
    listener: TcpListener,
    end: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let workers = spawn_workers(&app);
    let served = serve_pages(app.clone(), listener, end).await;
    for worker in workers {
        worker.abort();
    }
    app.db().close().await;
    served
}

/// Begins to sync, to ask what banks told, to print, to send invoices, to read scanners and to look at the disk.
pub fn spawn_workers(app: &App) -> [JoinHandle<()>; 6] {
    [
        tokio::spawn(sync::run(app.clone())),
        tokio::spawn(sync::bank_notices::run(app.clone())),
        tokio::spawn(printing::run(app.clone())),
        tokio::spawn(outbox::run(app.clone())),
        tokio::spawn(scanner::run(app.clone())),
        tokio::spawn(disk_watch::run(app.clone())),
    ]
}

/// Serves the till for practising beside a shop's, until that one ends. A shop that is not enrolled yet has none.
///
/// # Errors
/// When its folder or its port cannot be used.
pub async fn serve_training(shop: &App, listener: TcpListener) -> Result<(), TrainingError> {
    let Some(app) = training::open(shop).await? else { return Ok(()) };
    begin(&app).await;
    let shop = shop.clone();
    let served = serve_pages(app.clone(), listener, async move { shop.ending().await }).await;
    app.db().close().await;
    Ok(served?)
}

/// Serves the counter pages alone, until `end` comes.
///
/// # Errors
/// When the port fails.
pub async fn serve_pages(
    app: App,
    listener: TcpListener,
    end: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let router = crate::router::router(app.clone(), listener.local_addr()?);
    let end = async move {
        end.await;
        app.tell_ending();
    };
    // The customer's screen is for the shop's own network: it asks where a request comes from.
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, router).with_graceful_shutdown(end).await
}

/// Does what is done once at a start: a rolled-back copy begins a new stream, old requests, sessions and papers are forgotten.
pub async fn begin(app: &App) {
    match marker::is_rolled_back(app).await {
        Ok(true) => {
            tracing::warn!("the database is older than its marker: a new stream begins");
            if let Ok(Some(writer)) = app.writer().await
                && let Err(error) = sync::enrol::begin_stream(app, writer.store_id, "restored").await
            {
                tracing::error!(%error, "no new stream could be begun");
            }
        }
        Ok(false) => {}
        Err(error) => tracing::error!(%error, "the marker cannot be compared"),
    }
    let now_ms = app.clock().now_ms();
    let tidy = async {
        let mut tx = app.db().begin().await?;
        operations::delete_old(&mut tx, now_ms).await?;
        login_sessions::delete_expired(&mut tx, now_ms).await?;
        slips::delete_old(&mut tx, now_ms).await?;
        products::delete_past_prices(&mut tx, now_ms).await?;
        promotions::delete_ended(&mut tx, now_ms).await?;
        tx.commit().await.map_err(crate::db::Error::from)
    };
    if let Err(error) = tidy.await {
        tracing::warn!(%error, "what is old could not be forgotten");
    }
}
