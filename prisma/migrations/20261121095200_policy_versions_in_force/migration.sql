-- Since when a version of the policy is in force, and which values an environment has of its own. Versions are numbered
-- across all environments, so that a number names one policy. The first reaches back without end.
ALTER TABLE policy ADD COLUMN valid_from timestamptz(3), ADD COLUMN overrides jsonb NOT NULL DEFAULT '{}';
UPDATE policy SET valid_from = CASE WHEN version = 1 THEN to_timestamp(0) ELSE created_at END;
ALTER TABLE policy ALTER COLUMN valid_from SET NOT NULL;
CREATE UNIQUE INDEX policy_version_key ON policy (version);

-- A journey was judged by the newest version of the day; from now on by the one that was in force when it began.
INSERT INTO dirty_mark (kind, environment, key)
SELECT 'journey', j.environment, j.key FROM journey j
WHERE NOT j.frozen AND j.policy_version <> (SELECT max(p.version) FROM policy p WHERE p.valid_from <= j.started_at);
