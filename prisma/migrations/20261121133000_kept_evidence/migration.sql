-- What was around a leak, kept when the telemetry of its day is dropped. Redacted as the events were.
ALTER TABLE occurrence ADD COLUMN kept jsonb, ADD COLUMN kept_at timestamptz(3);
