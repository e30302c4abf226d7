-- The cards answered on a day, once for each answer, the last ones first. One machine's log grows with time, so
-- today's answers are its end: found by walking back from there, past what was done by a clock that had been set
-- back, and by travellers (see MOST_DAYS_BACK). Where another machine's log was merged in, the walk goes on to the
-- beginning.
SELECT card.id, card.deck, card.introduced
FROM log
CROSS JOIN card ON card.id = log.card
WHERE card.answered = :today
  AND log.day = :today
  AND log.id > coalesce(
      (SELECT earlier.id
       FROM log AS earlier
       WHERE earlier.day < :today - 3 AND earlier.behind IS NULL
         AND earlier.id > (SELECT merged_through FROM collection)
       ORDER BY earlier.id DESC
       LIMIT 1),
      0)
ORDER BY log.id DESC
