SELECT deck, count(*)
FROM card
WHERE hold IS NOT NULL AND retired = 0 AND due IS NULL AND (until IS NULL OR until > :today)
GROUP BY deck
