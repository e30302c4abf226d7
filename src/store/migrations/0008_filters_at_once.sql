-- What a search finds by an index where hardly any card is meant. Each leaves out what most cards are for long: an
-- ease that was never changed is 250.
CREATE INDEX card_mature   ON card (interval) WHERE interval >= 21;
CREATE INDEX card_ease     ON card (ease)     WHERE ease <> 250;
CREATE INDEX card_learning ON card (id)       WHERE repetitions = 0;
CREATE INDEX card_retired  ON card (id)       WHERE retired = 1;
