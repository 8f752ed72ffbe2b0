//! An empty central database on each engine, and a macro that runs one story on both.
#![expect(clippy::expect_used, clippy::panic, reason = "a test without its database has failed")]

use central::db::Db;
use tempfile::TempDir;

use crate::postgres::{DatabaseUrl, PostgresServer};

/// A fresh database with central's schema; it is removed when dropped.
#[derive(Debug)]
pub struct TestDatabase {
    db: Db,
    _folder: Option<TempDir>,
    _database: Option<DatabaseUrl>,
}

impl TestDatabase {
    /// Makes one in a file.
    pub async fn sqlite() -> Self {
        let folder = tempfile::Builder::new().prefix("ocop-central").tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("central.sqlite").display());
        let db = open(&url).await;
        Self { db, _folder: Some(folder), _database: None }
    }

    /// Makes one on the test server.
    pub async fn postgres() -> Self {
        let database = PostgresServer::shared().fresh_database();
        let db = open(database.as_str()).await;
        Self { db, _folder: None, _database: Some(database) }
    }

    /// Returns the database.
    pub fn db(&self) -> Db {
        self.db.clone()
    }

    /// Ends a story: what central holds must pass its own verification, whatever the story did.
    pub async fn check(self) {
        if let Err(error) = central::verify::verify(&self.db).await {
            panic!("the story left a database that does not verify: {error}");
        }
        self.db.close().await;
    }
}

async fn open(url: &str) -> Db {
    let db = Db::open(url).await.expect("the database opens");
    db.migrate().await.expect("the schema");
    db
}

/// Makes two tests of each `async fn story(db: Db)`, one on each engine; both end with central's own verification.
#[macro_export]
macro_rules! on_both_engines {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            #[tokio::test]
            async fn sqlite() {
                let database = $crate::databases::TestDatabase::sqlite().await;
                super::$story(database.db()).await;
                database.check().await;
            }

            #[tokio::test]
            async fn postgres() {
                let database = $crate::databases::TestDatabase::postgres().await;
                super::$story(database.db()).await;
                database.check().await;
            }
        }
    )+};
}
