-- Undone answers do not count, and of a question left open for long only two minutes.
WITH recent AS (
    SELECT *
    FROM log
    WHERE id > coalesce(
        (SELECT earlier.id FROM log AS earlier WHERE earlier.day < :since ORDER BY earlier.id DESC LIMIT 1),
        0)
)
SELECT day, count(*), sum(min(took_ms, 120000))
FROM recent
WHERE took_ms IS NOT NULL
  AND id NOT IN (SELECT target FROM recent WHERE target IS NOT NULL)
GROUP BY day
ORDER BY day
