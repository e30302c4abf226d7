SELECT id
FROM card
WHERE due <= ? AND due IS NOT NULL AND hold IS NULL AND retired = 0
UNION ALL
SELECT id
FROM card
WHERE hold IS NOT NULL AND retired = 0 AND until <= ? AND due <= ?
