SELECT log.id, log.card, log.at, log.behind, log.day, log.kind, log.chosen, log.correct, log.covered,
       log.took_ms, log.interval, log.target, log.follows, log.place, log.chain,
       circumstance.device, circumstance.scheduler, circumstance.utc_offset, circumstance.rollover,
       coalesce(card.uid, absent_card.uid),
       CASE
           WHEN log.target < 0 THEN -log.target
           WHEN log.target > 0 THEN (SELECT target.at FROM log AS target WHERE target.id = log.target)
       END
FROM log
LEFT JOIN circumstance ON circumstance.id = log.circumstance
LEFT JOIN card ON card.id = log.card
LEFT JOIN absent_card ON absent_card.id = log.card
