-- Where on the screen, from 0, the option stood that alone was chosen. Nothing is known of older answers.
ALTER TABLE log ADD COLUMN place INTEGER CHECK (place BETWEEN 0 AND 25);

-- An act that gives a card another day sets its interval, too. All schedules are worked out anew when the
-- collection is opened: no scheduler has this name.
UPDATE deck SET memory = '';
