-- Events of a journey that do not claim its owner: their ids, and their times in ms since 1970.
-- Null = not told one by one; they are found by the journey's ids.
ALTER TABLE journey ADD COLUMN unclaimed_ids text[], ADD COLUMN unclaimed_ms double precision[];
