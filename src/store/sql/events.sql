SELECT log.id, log.card, log.at, log.behind, log.day, log.kind, log.chosen, log.correct, log.covered,
       log.took_ms, log.interval, log.target, log.follows, log.place, log.chain,
       circumstance.device, circumstance.scheduler, circumstance.utc_offset, circumstance.rollover,
       -- An undo that came before its target names it by the instant; it may be here by now.
       CASE WHEN log.target < 0 THEN (
           SELECT target.id
           FROM log AS target
           JOIN circumstance AS its ON its.id = target.circumstance
           WHERE target.card = log.card AND target.at = -log.target AND its.device = circumstance.device)
       END
FROM log
LEFT JOIN circumstance ON circumstance.id = log.circumstance
