-- The collection's own row. The device names this copy of the log when two are merged.
CREATE TABLE collection (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    device TEXT NOT NULL
) STRICT;

INSERT INTO collection VALUES (1, lower(hex(randomblob(8))));

-- A deck is one chapter; a book is the folder it came in. The last two columns are a cache: the
-- cards that have not been retired, and those of them that were never answered.
CREATE TABLE deck (
    id          INTEGER PRIMARY KEY,
    book        TEXT,
    chapter     TEXT NOT NULL,
    topics      TEXT NOT NULL,
    path        TEXT UNIQUE,
    cards       INTEGER NOT NULL DEFAULT 0,
    unseen      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX deck_name ON deck (coalesce(book, ''), chapter);

-- A card: its identity, and from `repetitions` on the cache of what the log says about it.
-- Days are study days, counted from 1970-01-01; the ease factor is in hundredths.
CREATE TABLE card (
    id          INTEGER PRIMARY KEY,
    uid         INTEGER NOT NULL UNIQUE,
    deck        INTEGER NOT NULL REFERENCES deck,
    place       INTEGER NOT NULL,
    retired     INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
    repetitions INTEGER,
    ease        INTEGER CHECK (ease >= 130),
    interval    INTEGER CHECK (interval >= 1),
    due         INTEGER,
    answered    INTEGER,
    introduced  INTEGER,
    lapses      INTEGER,
    drills      INTEGER,
    hold        TEXT CHECK (hold IN ('suspended', 'buried')),
    until       INTEGER,
    flagged     INTEGER NOT NULL DEFAULT 0 CHECK (flagged IN (0, 1)),
    CHECK ((due IS NULL) = (interval IS NULL)),
    CHECK ((until IS NULL) = (hold IS NOT 'buried'))
) STRICT;

CREATE INDEX card_deck   ON card (deck, place);
CREATE INDEX card_due    ON card (due, deck)      WHERE due IS NOT NULL AND hold IS NULL AND retired = 0;
CREATE INDEX card_held   ON card (deck)           WHERE hold IS NOT NULL AND retired = 0;
CREATE INDEX card_drills ON card (answered, deck) WHERE drills IS NOT NULL AND retired = 0;

-- What a card asks. Options are [[identity, "text"], …] in the author's order, keys are identities;
-- `next_option` is the first identity that no option of it has ever had.
CREATE TABLE question (
    card        INTEGER PRIMARY KEY REFERENCES card,
    number      TEXT,
    difficulty  TEXT,
    category    TEXT,
    topic       TEXT NOT NULL,
    stem        TEXT NOT NULL,
    options     TEXT NOT NULL,
    keys        TEXT NOT NULL,
    explanation TEXT NOT NULL,
    shuffling   TEXT NOT NULL,
    line        INTEGER NOT NULL,
    next_option INTEGER NOT NULL
) STRICT;

-- What was the same for a run of events. The UTC offset is in seconds.
CREATE TABLE circumstance (
    id         INTEGER PRIMARY KEY,
    device     TEXT NOT NULL,
    scheduler  TEXT NOT NULL,
    utc_offset INTEGER NOT NULL,
    rollover   INTEGER NOT NULL,
    UNIQUE (device, scheduler, utc_offset, rollover)
) STRICT;

-- The review log. `at` is in milliseconds since 1970-01-01T00:00Z and always grows, so that it names an
-- event among those of its device; where the clock had been set back it was really `behind`
-- milliseconds earlier. `kind` is a grade or another act; `interval` is what was promised, in days;
-- `chosen` lists option identities; `target` is the event that an undo takes back; `chain` is a checksum
-- over this row and the one before.
-- There is no foreign key to cards: history outlives content.
CREATE TABLE log (
    id           INTEGER PRIMARY KEY,
    card         INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    behind       INTEGER CHECK (behind > 0),
    day          INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    chosen       TEXT,
    correct      INTEGER CHECK (correct IN (0, 1)),
    covered      INTEGER CHECK (covered IN (0, 1)),
    took_ms      INTEGER,
    interval     INTEGER CHECK (interval BETWEEN 0 AND 36500),
    target       INTEGER,
    circumstance INTEGER NOT NULL REFERENCES circumstance,
    chain        INTEGER NOT NULL
) STRICT;

CREATE INDEX log_card ON log (card);

CREATE TRIGGER log_is_never_edited BEFORE UPDATE ON log
BEGIN SELECT raise(ABORT, 'the review log is never edited'); END;

CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log
BEGIN SELECT raise(ABORT, 'the review log is never shortened'); END;

CREATE TRIGGER circumstance_is_never_edited BEFORE UPDATE ON circumstance
BEGIN SELECT raise(ABORT, 'the review log is never edited'); END;

CREATE TRIGGER circumstance_is_never_shortened BEFORE DELETE ON circumstance
BEGIN SELECT raise(ABORT, 'the review log is never shortened'); END;
