SELECT day, count(*), sum(took_ms)
FROM log
WHERE took_ms IS NOT NULL
  AND id > coalesce(
      (SELECT earlier.id FROM log AS earlier WHERE earlier.day < :since ORDER BY earlier.id DESC LIMIT 1), 0)
GROUP BY day
ORDER BY day
