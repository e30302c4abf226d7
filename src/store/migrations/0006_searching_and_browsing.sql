-- The words of questions, a cache. One row for each card up to `indexed_through`; those of later cards are
-- looked through one by one until somebody who writes completes the index. `index_made_by` says which way of
-- taking a text apart made it. A word of a topic has @ before it, one of a difficulty ~, a number #.
-- Nothing but words and cards is kept: what stands beside what is looked up in the texts themselves.
CREATE VIRTUAL TABLE question_words USING fts5 (
    words, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '@~#._'"
);

-- A first filling is written in one piece.
INSERT INTO question_words (question_words, rank) VALUES ('hashsize', 16000000);

-- The index as rows, to compare it with the questions.
CREATE VIRTUAL TABLE indexed_word USING fts5vocab (question_words, instance);

-- The words that occur, or once did: with them the beginning of a word is looked up.
CREATE TABLE word (
    letters TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

ALTER TABLE collection ADD COLUMN indexed_through INTEGER NOT NULL DEFAULT 0;
ALTER TABLE collection ADD COLUMN index_made_by INTEGER NOT NULL DEFAULT 0;

CREATE INDEX card_lapses  ON card (lapses) WHERE lapses > 0;
CREATE INDEX card_flagged ON card (id)     WHERE flagged = 1;
CREATE INDEX card_hold    ON card (hold, until) WHERE hold IS NOT NULL;

-- Set where the person has deleted a card: whether it has left its chapter besides. Such a card counts as
-- `retired`, which everything leaves out.
ALTER TABLE card ADD COLUMN deleted INTEGER CHECK (deleted IN (0, 1));

CREATE INDEX card_deleted ON card (deck) WHERE deleted IS NOT NULL;

-- The deck whose chapter a card stands in, where the person has moved it to another one.
ALTER TABLE card ADD COLUMN home INTEGER;

CREATE INDEX card_home ON card (home) WHERE home IS NOT NULL;
