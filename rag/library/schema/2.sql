ALTER TABLE articles ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN credits TEXT NOT NULL DEFAULT '';
-- of the article as it came, before any correction
ALTER TABLE articles ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
-- the same in near-duplicates; null: not told yet
ALTER TABLE articles ADD COLUMN story INTEGER;
-- zlib
ALTER TABLE articles ADD COLUMN original BLOB NOT NULL DEFAULT x'';
CREATE INDEX versions ON articles (id, row);
CREATE INDEX live_story ON articles (story) WHERE state = 'live';
-- see stories.py
CREATE TABLE bands (
    band INTEGER NOT NULL,
    article_row INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    PRIMARY KEY (band, article_row)
) WITHOUT ROWID;
CREATE INDEX bands_of_article ON bands (article_row);
