-- What a journey is described by, beside the verdict that can be large: thousands are compared at once.
ALTER TABLE journey ADD COLUMN traits JSONB GENERATED ALWAYS AS (verdict -> 'traits') STORED;
