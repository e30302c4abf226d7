SELECT id, card, at, behind, day, kind, chosen, correct, took_ms, interval, target, circumstance, place
FROM log
