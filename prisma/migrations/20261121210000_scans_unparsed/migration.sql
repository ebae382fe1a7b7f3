-- Files that hold no word of any concept, and so were read but not parsed.
ALTER TABLE scan ADD COLUMN unparsed integer NOT NULL DEFAULT 0;
