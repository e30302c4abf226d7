SELECT id,
       card,
       target,
       day >= :since AND (correct = 0 OR kind = 'again') AND kind IN ('again', 'hard', 'good', 'easy')
FROM log
WHERE id > :after
  AND (correct = 0 OR kind = 'again' OR target IS NOT NULL)
ORDER BY id DESC
