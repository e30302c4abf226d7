SELECT id
FROM card
WHERE due {sign} ? AND due IS NOT NULL AND hold IS NULL AND retired = 0
UNION ALL
SELECT id
FROM card
WHERE due {sign} ? AND hold IS NOT NULL
UNION ALL
SELECT id
FROM card
WHERE due {sign} ? AND retired = 1
