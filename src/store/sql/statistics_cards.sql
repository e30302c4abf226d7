-- The columns of a card's state first, as `cards::STATE` lists them.
SELECT repetitions, ease, interval, due, answered, introduced, lapses, drills, hold, until, flagged, stability,
       card.difficulty, card.deleted IS NOT NULL, card.id, card.deck, retired, topic, question.difficulty, keys, options,
       shuffling IS 'free'
FROM card
LEFT JOIN question ON question.card = card.id
