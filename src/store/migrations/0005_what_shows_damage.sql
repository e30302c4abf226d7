-- What shows damage that SQLite itself cannot see.

-- The end of the log, as its last row's id and checksum: a log that has lost its last rows is sound by itself.
ALTER TABLE collection ADD COLUMN log_end   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE collection ADD COLUMN log_chain INTEGER NOT NULL DEFAULT 0;

UPDATE collection
SET (log_end, log_chain) = (SELECT id, chain FROM log ORDER BY id DESC LIMIT 1)
WHERE EXISTS (SELECT 1 FROM log);

-- A checksum over all that the row says.
ALTER TABLE question ADD COLUMN checksum INTEGER;

-- Nothing is looked up in these: SQLite's integrity check compares each index with its table, so that a
-- changed bit in columns that seldom change shows.
CREATE INDEX deck_copy       ON deck (topics, fingerprint, notation, memory);
CREATE INDEX collection_copy ON collection (device, merged_through, merged_at);
