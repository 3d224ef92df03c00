/** Each runs once per coordinator, in order. Never change one that was deployed: add another. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE tasks (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     task TEXT NOT NULL
   ) STRICT;
   CREATE TABLE timeline (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     view TEXT NOT NULL
   ) STRICT;`,
];

export function isMigrated(sql: SqlStorage): boolean {
  return (
    sql
      .exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sql_schema_migrations'")
      .toArray().length > 0
  );
}

/** Runs what has not run yet; then the tables are up to date. */
export function migrate(sql: SqlStorage): true {
  sql.exec(
    "CREATE TABLE IF NOT EXISTS _sql_schema_migrations (id INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT",
  );
  const { done } = sql
    .exec<{ done: number }>("SELECT COUNT(*) AS done FROM _sql_schema_migrations")
    .one();
  MIGRATIONS.slice(done).forEach((migration, index) => {
    sql.exec(migration);
    sql.exec(
      "INSERT INTO _sql_schema_migrations (id, applied_at) VALUES (?, ?)",
      done + index + 1,
      Date.now(),
    );
  });
  return true;
}
