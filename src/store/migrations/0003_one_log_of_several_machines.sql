-- One log of several machines. An act of several events is undone as one: `follows` is 1 in an event that
-- belongs to the same act as the event before it.
ALTER TABLE log ADD COLUMN follows INTEGER CHECK (follows = 1);

-- The last row that a merge appended, and the greatest `at` that the log held then: up to that row events
-- are in any order, after it they are this machine's own, and in the order of time.
ALTER TABLE collection ADD COLUMN merged_through INTEGER NOT NULL DEFAULT 0;
ALTER TABLE collection ADD COLUMN merged_at INTEGER NOT NULL DEFAULT 0;

-- Cards that the log tells of and whose chapter has not been imported here. Their ids and those of
-- `card` never meet; an import of the chapter takes a card's identity from here.
CREATE TABLE absent_card (
    id  INTEGER PRIMARY KEY,
    uid INTEGER NOT NULL UNIQUE
) STRICT;

-- What FSRS knows of a card, a part of the cache.
ALTER TABLE card ADD COLUMN stability REAL;
ALTER TABLE card ADD COLUMN difficulty REAL;
