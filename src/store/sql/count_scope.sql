-- What a scope comes to on a day, each count by the index that is made for it. A scope is a deck, a book, or,
-- where both are NULL, everything. Of cards that are due no more than :most are looked at.
SELECT
    (SELECT count(*)
     FROM (SELECT 1
           FROM card
           WHERE due <= :today AND due IS NOT NULL AND hold IS NULL AND retired = 0
             AND (:deck IS NULL OR deck = :deck)
             AND (:book IS NULL OR deck IN (SELECT id FROM deck WHERE book = :book))
           LIMIT :most))
    +
    (SELECT count(*)
     FROM card
     WHERE hold IS NOT NULL AND retired = 0 AND until <= :today AND due <= :today
       AND (:deck IS NULL OR deck = :deck)
       AND (:book IS NULL OR deck IN (SELECT id FROM deck WHERE book = :book))),

    (SELECT count(*)
     FROM card
     WHERE answered = :today AND drills IS NOT NULL AND retired = 0 AND hold IS NULL
       AND (:deck IS NULL OR deck = :deck)
       AND (:book IS NULL OR deck IN (SELECT id FROM deck WHERE book = :book))),

    (SELECT count(*)
     FROM card
     WHERE hold IS NOT NULL AND retired = 0 AND due IS NULL AND (until IS NULL OR until > :today)
       AND (:deck IS NULL OR deck = :deck)
       AND (:book IS NULL OR deck IN (SELECT id FROM deck WHERE book = :book))),

    coalesce(sum(unseen), 0),
    coalesce(sum(cards), 0)
FROM deck
WHERE (:deck IS NULL OR id = :deck) AND (:book IS NULL OR book = :book)
