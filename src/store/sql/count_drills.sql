SELECT deck, count(*)
FROM card
WHERE answered = :today AND drills IS NOT NULL AND retired = 0 AND hold IS NULL
GROUP BY deck
