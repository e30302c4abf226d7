-- Where on the screen, from 0, the option stood that alone was chosen. Nothing is known of older answers.
ALTER TABLE log ADD COLUMN place INTEGER CHECK (place BETWEEN 0 AND 25);
