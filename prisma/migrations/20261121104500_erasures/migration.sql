-- Users who were erased, by pseudonym alone: what still comes in about them is stored under it. The id itself stands
-- here only while the erasure is going on, so that it can go on after a restart.
CREATE TABLE erasure (
  environment text NOT NULL,
  pseudonym text NOT NULL,
  user_id text,
  requested_by text NOT NULL,
  requested_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  counts jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (environment, pseudonym)
);
CREATE INDEX erasure_requested_idx ON erasure (requested_at DESC, pseudonym);
