SELECT deck, count(*)
FROM (
    SELECT deck
    FROM card
    WHERE due <= :today AND due IS NOT NULL AND hold IS NULL AND retired = 0
    UNION ALL
    SELECT deck
    FROM card
    WHERE hold IS NOT NULL AND retired = 0 AND until <= :today AND due <= :today
)
GROUP BY deck
