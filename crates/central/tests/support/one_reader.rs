//! A service that reads through one connection: who asks for a second one while holding the first waits for itself, as all do when as
//! many people ask at once as there are connections.

use std::time::Duration;

use central::App;
use central::db::Db;
use sqlx::sqlite::SqlitePoolOptions;

use super::World;

/// Nothing in a test takes so long.
const PATIENCE: Duration = Duration::from_secs(10);

impl World {
    /// Returns another service over the same data that waits for itself where the usual one may. On PostgreSQL it is as usual: there
    /// one pool reads and writes, and a pack is sent while its export is noted.
    pub(crate) fn on_one_reader(&self) -> Self {
        let db = match &self.app.db {
            Db::Sqlite { writer, readers } => {
                let options = (*readers.connect_options()).clone();
                let one = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
                Db::Sqlite { writer: writer.clone(), readers: one.connect_lazy_with(options) }
            }
            Db::Postgres(pool) => Db::Postgres(pool.clone()),
        };
        self.over(App { db, ..self.app.clone() }, self.clock.clone())
    }
}
