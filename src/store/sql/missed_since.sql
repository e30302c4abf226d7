-- One machine's log grows with time, so the last days' answers are its end. What another machine's log brought
-- stands before that, in any order.
SELECT log.card,
       log.id,
       EXISTS (SELECT 1 FROM log AS later WHERE later.card = log.card AND later.kind = 'undo')
FROM log
WHERE log.day >= :since
  AND (log.correct = 0 OR log.kind = 'again')
  AND log.kind IN ('again', 'hard', 'good', 'easy')
  AND (log.id <= (SELECT merged_through FROM collection)
    OR log.id > coalesce(
      (SELECT earlier.id
       FROM log AS earlier
       WHERE earlier.day < :since AND earlier.id > (SELECT merged_through FROM collection)
       ORDER BY earlier.id DESC
       LIMIT 1),
      0))
