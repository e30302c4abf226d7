SELECT card,
       id,
       EXISTS (SELECT 1 FROM log AS later WHERE later.card = log.card AND later.kind = 'undo')
FROM log
WHERE id > :after
  AND day >= :since
  AND (correct = 0 OR kind = 'again')
  AND kind IN ('again', 'hard', 'good', 'easy')
