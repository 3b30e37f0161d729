CREATE TABLE articles (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('live', 'superseded')),
    title TEXT NOT NULL, text TEXT NOT NULL, outlet TEXT NOT NULL, author TEXT NOT NULL,
    published TEXT, url TEXT NOT NULL, topic TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    added TEXT NOT NULL
);
CREATE UNIQUE INDEX live_id ON articles (id) WHERE state = 'live';
CREATE INDEX live_url ON articles (url) WHERE state = 'live' AND url != '';
CREATE INDEX live_content ON articles (content_hash) WHERE state = 'live';
CREATE TABLE passages (
    article_row INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL,  -- JSON: [[start, end], ...] within the passage
    vector BLOB NOT NULL,     -- float16
    PRIMARY KEY (article_row, start)
);
-- ids that the indexes may not agree on yet
CREATE TABLE journal (article_id TEXT PRIMARY KEY);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
