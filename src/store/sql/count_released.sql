-- New cards whose burial is over. A deck's own count of unseen cards leaves out all that are held.
SELECT deck, count(*)
FROM card
WHERE hold IS NOT NULL AND retired = 0 AND until <= :today AND due IS NULL
GROUP BY deck
