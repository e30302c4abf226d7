SELECT log.id, card, day, kind, correct
FROM log JOIN circumstance ON circumstance.id = log.circumstance
