-- Windows of traffic finer than a day, and campaigns that a config defines.
ALTER TABLE campaign ADD COLUMN window_minutes integer NOT NULL DEFAULT 1440;
ALTER TABLE campaign ALTER COLUMN window_minutes DROP DEFAULT;
ALTER TABLE campaign ADD COLUMN hold_minutes integer;
UPDATE campaign SET hold_minutes = hold_days * 1440;
ALTER TABLE campaign ALTER COLUMN hold_minutes SET NOT NULL;
ALTER TABLE campaign DROP COLUMN hold_days;
-- The project whose config it comes from; null = made in the app.
ALTER TABLE campaign ADD COLUMN project text;
-- The commit of the config that was heard last.
ALTER TABLE campaign ADD COLUMN config_at timestamptz(3);
-- When the config did not name it any more.
ALTER TABLE campaign ADD COLUMN ended_at timestamptz(3);

-- What came last.
CREATE INDEX scan_uploaded_idx ON scan (uploaded_at);
CREATE INDEX test_run_uploaded_idx ON test_run (environment, uploaded_at);
