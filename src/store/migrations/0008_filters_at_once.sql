-- What a search finds by an index where hardly any card is meant: what is in these changes seldom, and is little.
-- Each holds what an index of all cards would be wanted for. An ease that was never changed is 250.
CREATE INDEX card_mature   ON card (interval) WHERE interval >= 21;
CREATE INDEX card_ease     ON card (ease)     WHERE ease <> 250;
CREATE INDEX card_learning ON card (id)       WHERE repetitions = 0;
CREATE INDEX card_retired  ON card (id)       WHERE retired = 1;
