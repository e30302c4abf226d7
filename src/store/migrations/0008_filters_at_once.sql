-- What a search finds by an index where hardly any card is meant. The first is the only one that most answers
-- change; the others change with a card's first answer, a lapse or an easy answer, or hardly ever. Those of
-- identities have cards in the order in which a search shows them.
CREATE INDEX card_interval ON card (interval, repetitions) WHERE interval IS NOT NULL;
CREATE INDEX card_ease     ON card (ease)                  WHERE ease IS NOT NULL;
CREATE INDEX card_learning ON card (id)                    WHERE repetitions = 0;
CREATE INDEX card_new      ON card (id)                    WHERE due IS NULL AND retired = 0;
CREATE INDEX card_retired  ON card (id)                    WHERE retired = 1;

DROP INDEX card_lapses;
CREATE INDEX card_lapses   ON card (lapses)                WHERE lapses IS NOT NULL;
