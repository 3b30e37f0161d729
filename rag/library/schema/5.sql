-- what the dateline says
ALTER TABLE articles ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN agency TEXT NOT NULL DEFAULT '';
-- the url as it is compared: see corpus/addresses.py
ALTER TABLE articles ADD COLUMN address TEXT NOT NULL DEFAULT '';
-- JSON: digests of the details that were corrected by hand, as the article came with them
ALTER TABLE articles ADD COLUMN corrected TEXT NOT NULL DEFAULT '{}';
DROP INDEX live_url;
CREATE INDEX live_address ON articles (address) WHERE state = 'live' AND address != '';
