SELECT (SELECT user_version FROM pragma_user_version),
       (SELECT count(*) FROM log),
       (SELECT count(*) FROM log WHERE took_ms IS NOT NULL AND kind NOT LIKE 'practised %'),
       (SELECT count(*) FROM card WHERE retired = 0),
       (SELECT count(*) FROM deck),
       (SELECT max(day) FROM log)
