-- One machine's log grows with time, so today's answers are its end: found by walking back from there, past
-- what was done by a clock that had been set back, and by travellers (see MOST_DAYS_BACK).
-- Where another machine's log was merged in, the walk goes on to the beginning.
SELECT card.deck, card.introduced
FROM card
WHERE card.answered = :today
  AND card.id IN (
      SELECT log.card
      FROM log
      WHERE log.day = :today
        AND log.id > coalesce(
          (SELECT earlier.id
           FROM log AS earlier
           WHERE earlier.day < :today - 3 AND earlier.behind IS NULL
             AND earlier.id > (SELECT merged_through FROM collection)
           ORDER BY earlier.id DESC
           LIMIT 1),
          0))
