DELETE FROM source
WHERE NOT EXISTS (
    SELECT 1
    FROM deck
    WHERE deck.path = source.path
       OR substr(deck.path, 1, length(source.path) + 1) = source.path || '/')
