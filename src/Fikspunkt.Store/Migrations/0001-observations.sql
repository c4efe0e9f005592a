-- Texts that repeat in every row are kept once; rows carry their numbers.
CREATE TABLE area (id INTEGER PRIMARY KEY, code VARCHAR NOT NULL UNIQUE);
CREATE TABLE indicator (id INTEGER PRIMARY KEY, code VARCHAR NOT NULL UNIQUE);
CREATE TABLE breakdown (id INTEGER PRIMARY KEY, code VARCHAR NOT NULL UNIQUE);

-- The days and the kind give periods of different length their order.
CREATE TABLE period (
    id INTEGER PRIMARY KEY,
    code VARCHAR NOT NULL UNIQUE,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    kind SMALLINT NOT NULL
);

CREATE TABLE vintage (
    id INTEGER PRIMARY KEY,
    table_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    retrieved TIMESTAMP NOT NULL, -- UTC
    content_hash VARCHAR NOT NULL,
    synthetic BOOLEAN NOT NULL,
    row_count BIGINT NOT NULL,
    value_hash VARCHAR NOT NULL
);

-- The import has made sure that a vintage holds each key once; an index for it would double the table.
CREATE TABLE observation (
    vintage_id INTEGER NOT NULL,
    indicator_id INTEGER NOT NULL,
    breakdown_id INTEGER NOT NULL,
    area_id INTEGER NOT NULL,
    period_id INTEGER NOT NULL,
    value DOUBLE PRECISION,
    status SMALLINT NOT NULL,
    raw VARCHAR
);
