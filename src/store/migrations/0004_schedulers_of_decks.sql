-- By whose memory a deck's cards are known in the cache: the scheduler's word, and its parameters where they
-- are not the published ones. Where another scheduler keeps the deck by now, its log is replayed.
ALTER TABLE deck ADD COLUMN memory TEXT NOT NULL DEFAULT 'sm2';
