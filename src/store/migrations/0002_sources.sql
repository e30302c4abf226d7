-- What an import remembers of a chapter's file: a hash of its bytes as they were last read, with which an
-- unchanged file need not be read again, and the notation, where a person stated one.
ALTER TABLE deck ADD COLUMN fingerprint INTEGER;
ALTER TABLE deck ADD COLUMN notation TEXT;

-- The files and folders that were imported, as they were named, to be imported again by an update.
CREATE TABLE source (
    path TEXT PRIMARY KEY
) STRICT;

INSERT INTO source (path) SELECT path FROM deck WHERE path IS NOT NULL;
