-- When any channel was told of an alert last; whether to tell it is decided without a channel too.
ALTER TABLE alert ADD COLUMN heard_at timestamptz(3);
UPDATE alert SET heard_at = told_at;
