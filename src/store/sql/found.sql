       deck.book, deck.chapter, question.number, question.difficulty, question.topic, question.stem, card.retired
FROM card
JOIN deck ON deck.id = card.deck
JOIN question ON question.card = card.id
WHERE card.id = ?
