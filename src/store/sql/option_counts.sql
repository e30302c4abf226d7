-- Several right options together are hit by chance in no simple way, so such questions are left out.
SELECT card, json_array_length(options)
FROM question
WHERE json_array_length(keys) = 1 AND json_array_length(options) > 1
