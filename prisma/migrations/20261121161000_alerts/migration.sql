-- Alerts: one row each time that one began, until its end. `fingerprint` names its labels; of those that have not ended
-- there is one of a name. `told` is what the channels were told last.
CREATE TABLE alert (
  id text PRIMARY KEY,
  environment text NOT NULL,
  rule text NOT NULL,
  fingerprint text NOT NULL,
  phase text NOT NULL,
  severity text NOT NULL,
  labels jsonb NOT NULL,
  summary text NOT NULL,
  path text NOT NULL,
  value double precision,
  threshold double precision,
  pending_since timestamptz(3) NOT NULL,
  firing_since timestamptz(3),
  clear_since timestamptz(3),
  resolved_at timestamptz(3),
  silence_id text,
  quiet boolean NOT NULL DEFAULT false,
  told text NOT NULL DEFAULT 'nothing',
  told_at timestamptz(3)
);
CREATE UNIQUE INDEX alert_standing_key ON alert (environment, fingerprint) WHERE phase <> 'resolved';
CREATE INDEX alert_resolved_idx ON alert (environment, resolved_at DESC, id) WHERE phase = 'resolved';

-- Alerts whose labels match every matcher are not told from one time until another.
CREATE TABLE alert_silence (
  id text PRIMARY KEY,
  environment text NOT NULL,
  matchers jsonb NOT NULL,
  comment text NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  created_by text NOT NULL,
  expired_by text
);
CREATE INDEX alert_silence_ends_idx ON alert_silence (environment, ends_at DESC, id);

-- What an admin set of a rule; null = the default.
CREATE TABLE alert_rule (
  environment text NOT NULL,
  rule text NOT NULL,
  enabled boolean NOT NULL,
  threshold double precision,
  for_ms bigint,
  keep_firing_ms bigint,
  min_sample integer,
  revision integer NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  changed_by text NOT NULL,
  PRIMARY KEY (environment, rule)
);

-- What a rule saw when it was looked at last.
CREATE TABLE alert_evaluation (
  environment text NOT NULL,
  rule text NOT NULL,
  evaluated_at timestamptz(3) NOT NULL,
  readings jsonb NOT NULL,
  PRIMARY KEY (environment, rule)
);

-- Targets of objectives that an admin set, by objective. Each save is a revision.
CREATE TABLE slo_targets (
  environment text PRIMARY KEY,
  targets jsonb NOT NULL,
  revision integer NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  changed_by text NOT NULL
);

-- Conflicts are counted over time, and few journeys have one.
CREATE INDEX journey_conflict_idx ON journey (environment, started_at) WHERE 'router_conflict' = ANY (findings);
