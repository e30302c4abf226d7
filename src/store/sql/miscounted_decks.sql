SELECT count(*)
FROM deck
WHERE (cards, unseen) IS NOT (
    SELECT count(*), count(*) FILTER (WHERE due IS NULL)
    FROM card
    WHERE card.deck = deck.id AND retired = 0)
