SELECT card, number, difficulty, topic, stem, options, explanation
FROM question
WHERE card <= ?
