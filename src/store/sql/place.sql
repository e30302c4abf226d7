SELECT deck.id, deck.book, deck.chapter, question.number, question.topic, question.stem
FROM card
JOIN deck ON deck.id = card.deck
JOIN question ON question.card = card.id
WHERE card.id = ?
