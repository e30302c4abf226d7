SELECT id
FROM card
WHERE deck IN (SELECT id FROM deck WHERE unseen > 0) AND due IS NULL
UNION ALL
SELECT id
FROM card
WHERE retired = 1 AND due IS NULL
