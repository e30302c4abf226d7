-- The log grows with time, so today's answers are its end: found by walking back from there.
SELECT card.deck, card.introduced
FROM card
WHERE card.answered = :today
  AND card.id IN (
      SELECT log.card
      FROM log
      WHERE log.id > coalesce(
          (SELECT earlier.id FROM log AS earlier WHERE earlier.day < :today ORDER BY earlier.id DESC LIMIT 1),
          0))
