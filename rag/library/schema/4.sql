-- whether a machine read the text from pictures
ALTER TABLE articles ADD COLUMN scanned INTEGER NOT NULL DEFAULT 0;
