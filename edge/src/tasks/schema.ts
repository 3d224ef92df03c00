/** Each runs once per coordinator, in order. Never change one that was deployed: add another. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE tasks (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     task TEXT NOT NULL
   ) STRICT;
   CREATE TABLE timeline (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     view TEXT NOT NULL
   ) STRICT;`,
  `CREATE TABLE reports (
     run INTEGER NOT NULL,
     target TEXT NOT NULL,
     owner TEXT NOT NULL,
     version INTEGER NOT NULL,
     report TEXT NOT NULL,
     due_at INTEGER NOT NULL,
     failures INTEGER NOT NULL,
     PRIMARY KEY (run, target)
   ) STRICT, WITHOUT ROWID;`,
];
