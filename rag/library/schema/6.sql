-- ids of articles of which text may still stand in some file, though it was removed or corrected
CREATE TABLE erasures (article_id TEXT PRIMARY KEY);
INSERT INTO erasures SELECT article_id FROM journal;
