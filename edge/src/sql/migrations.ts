/** Whether any migration ever ran: false in an object that nobody has used. */
export function isMigrated(sql: SqlStorage): boolean {
  return (
    sql
      .exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sql_schema_migrations'")
      .toArray().length > 0
  );
}

/**
 * Runs what has not run yet; then the tables are up to date.
 *
 * @param migrations each runs once per object, in order
 */
export function migrate(sql: SqlStorage, migrations: readonly string[]): true {
  sql.exec(
    "CREATE TABLE IF NOT EXISTS _sql_schema_migrations (id INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT",
  );
  const { done } = sql
    .exec<{ done: number }>("SELECT COUNT(*) AS done FROM _sql_schema_migrations")
    .one();
  migrations.slice(done).forEach((migration, index) => {
    sql.exec(migration);
    sql.exec(
      "INSERT INTO _sql_schema_migrations (id, applied_at) VALUES (?, ?)",
      done + index + 1,
      Date.now(),
    );
  });
  return true;
}
