-- A card that is deleted counts as retired; whether it had left its chapter is kept for when it comes back.
UPDATE card
SET repetitions = ?1, ease = ?2, interval = ?3, due = ?4, answered = ?5, introduced = ?6, lapses = ?7,
    drills = ?8, hold = ?9, until = ?10, flagged = ?11, stability = ?12, difficulty = ?13,
    retired = CASE WHEN ?14 THEN 1 ELSE coalesce(deleted, retired) END,
    deleted = CASE WHEN ?14 THEN coalesce(deleted, retired) END
WHERE id = ?15
