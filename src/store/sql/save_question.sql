INSERT INTO question (card, number, difficulty, category, topic, stem, options, keys, explanation, shuffling,
                      line, next_option, checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (card) DO UPDATE
SET number = excluded.number, difficulty = excluded.difficulty, category = excluded.category,
    topic = excluded.topic, stem = excluded.stem, options = excluded.options, keys = excluded.keys,
    explanation = excluded.explanation, shuffling = excluded.shuffling, line = excluded.line,
    next_option = excluded.next_option, checksum = excluded.checksum
