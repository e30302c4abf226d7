-- Its own deck is the one whose chapter it stands in. Without another one it goes back there.
UPDATE card
SET (deck, home) = (
    SELECT coalesce(:other, own),
           CASE WHEN :other <> own THEN own END
    FROM (SELECT coalesce(home, deck) AS own))
WHERE id = :card
