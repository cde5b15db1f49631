-- Version 1; docs/portfolio.md explains every column.

CREATE TABLE runs (
  id           INTEGER PRIMARY KEY,
  run          TEXT    NOT NULL UNIQUE,
  as_of        TEXT    NOT NULL,
  version      TEXT    NOT NULL,
  rules        TEXT    NOT NULL,
  list         TEXT    NOT NULL,
  profile      TEXT    NOT NULL,
  started      TEXT    NOT NULL,
  finished     TEXT,
  repositories INTEGER NOT NULL,
  digest       TEXT    NOT NULL
) STRICT;

CREATE INDEX runs_by_day ON runs (as_of, id);

CREATE TABLE repositories (
  run      INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  at       INTEGER NOT NULL,
  repo     TEXT    NOT NULL,
  key      TEXT    NOT NULL,
  name     TEXT    NOT NULL,
  owner    TEXT,
  head     TEXT,
  status   TEXT    NOT NULL,
  why_en   TEXT,
  why_de   TEXT,
  level    TEXT,
  kind     TEXT,
  licence  TEXT,
  upkeep   TEXT    NOT NULL,
  since    TEXT,
  errors   INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  notes    INTEGER NOT NULL,
  ok       INTEGER NOT NULL,
  skipped  INTEGER NOT NULL,
  waived   INTEGER NOT NULL,
  losses   INTEGER NOT NULL,
  PRIMARY KEY (run, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE rules (
  id       INTEGER PRIMARY KEY,
  rule     TEXT    NOT NULL,
  level    TEXT    NOT NULL,
  severity TEXT    NOT NULL,
  UNIQUE (rule, level, severity)
) STRICT;

CREATE TABLE verdicts (
  run     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  place   INTEGER NOT NULL,
  rule    INTEGER NOT NULL REFERENCES rules (id),
  verdict TEXT    NOT NULL,
  number  INTEGER NOT NULL,
  waived  INTEGER NOT NULL,
  blocks  INTEGER NOT NULL,
  PRIMARY KEY (run, at, place),
  FOREIGN KEY (run, at) REFERENCES repositories (run, at) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
