UPDATE deck
SET (cards, unseen) = (
    SELECT count(*), count(*) FILTER (WHERE due IS NULL)
    FROM card
    WHERE card.deck = deck.id AND retired = 0)
WHERE id = ?
