import { sqlStep } from './migration.ts'

/**
 * Mentions by order of arrival (`seq`, never reused). Everything that finds them again is a narrow table of integers, so
 * that one more mention touches few pages:
 * - `mention_key`: hash of (source, external id) → seq, for duplicates. Equal hashes take the next free number.
 * - `heard`: the panes. Listen 0 is every mention. Newest first is the end of one contiguous range.
 * - `author`: hash of (network, author id) → how many, and the newest; `mention.author_prev` leads on to the older ones.
 * - `thread_member`: only for mentions that belong to a conversation.
 * - `block`: least and greatest `published_at` of 4,096 neighbours in `seq`, so that a search by text, which comes in
 *   order of `seq`, can be cut into stretches of time.
 * Listens and sources have small numbers there (`listen_no`, `source_no`): 3 bytes instead of 16 in each entry.
 */
export const mentions = sqlStep(10, 'mentions')`
  CREATE TABLE station (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    station_id TEXT NOT NULL,
    -- Seed of the key hashes, so that nobody outside can make them collide.
    hash_seed INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  -- A listen gets a new number with each change of its query: what it heard before stays apart until it is cleared.
  CREATE TABLE listen_no (
    no INTEGER PRIMARY KEY,
    listen_id TEXT NOT NULL,
    query TEXT NOT NULL,
    -- 1: an older query of the listen, or a removed listen; 2: and what it heard is cleared.
    retired INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE UNIQUE INDEX listen_no_current ON listen_no (listen_id) WHERE retired = 0;
  CREATE TABLE source_no (no INTEGER PRIMARY KEY, source_id TEXT NOT NULL UNIQUE, network TEXT NOT NULL) STRICT;
  CREATE TABLE model_no (no INTEGER PRIMARY KEY, model TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE mention (
    seq INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL,
    network TEXT NOT NULL,
    external_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    title TEXT,
    url TEXT,
    published_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    lang TEXT NOT NULL,
    country TEXT,
    author_key INTEGER,
    author_id TEXT,
    author_handle TEXT,
    author_name TEXT,
    author_url TEXT,
    followers INTEGER,
    -- The same author's mention before this one.
    author_prev INTEGER,
    -- How many mentions of the author came before this one.
    author_earlier INTEGER NOT NULL,
    thread_key INTEGER,
    thread_id TEXT,
    in_reply_to TEXT,
    likes INTEGER,
    reposts INTEGER,
    replies INTEGER,
    -- JSON array; NULL when empty.
    links TEXT,
    -- Comma-separated; NULL when empty.
    media TEXT,
    private INTEGER NOT NULL,
    -- 0 negative, 1 neutral, 2 positive.
    sentiment INTEGER NOT NULL,
    score REAL NOT NULL,
    confidence REAL NOT NULL,
    -- JSON array of [start, end, weight]; NULL when empty.
    driving TEXT,
    model INTEGER NOT NULL,
    -- JSON {label, confidence, words: [[start, end, weight], …]}.
    intent TEXT,
    -- JSON array; NULL when empty.
    aspects TEXT,
    -- Comma-separated numbers of listen_no; NULL when none matched.
    listens TEXT,
    simhash_high INTEGER,
    simhash_low INTEGER,
    duplicate_of INTEGER
  ) STRICT;

  -- Payloads as received; apart, because lists never show them.
  CREATE TABLE mention_raw (seq INTEGER PRIMARY KEY, raw TEXT NOT NULL) STRICT;

  CREATE TABLE mention_key (key INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;

  CREATE TABLE heard (
    listen INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    source INTEGER NOT NULL,
    sentiment INTEGER NOT NULL,
    PRIMARY KEY (listen, published_at, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE author (
    key INTEGER PRIMARY KEY,
    network TEXT NOT NULL,
    author_id TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    last_seq INTEGER NOT NULL
  ) STRICT;

  -- mention_key and author are complete up to this row; the rest is in memory (look-ups.ts).
  CREATE TABLE look_up_state (id INTEGER PRIMARY KEY CHECK (id = 1), upto_seq INTEGER NOT NULL) STRICT;
  INSERT INTO look_up_state (id, upto_seq) VALUES (1, 0);

  CREATE TABLE thread_member (
    thread_key INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (thread_key, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE block (
    no INTEGER PRIMARY KEY,
    mentions INTEGER NOT NULL,
    first_published INTEGER NOT NULL,
    last_published INTEGER NOT NULL
  ) STRICT;
`
