-- What people and the judge did with an incident. `revision` counts its states, not its occurrences.
ALTER TABLE incident
  ADD COLUMN revision integer NOT NULL DEFAULT 0,
  ADD COLUMN withdrawn_from text,
  ADD COLUMN acknowledged_by text,
  ADD COLUMN acknowledged_at timestamptz(3),
  ADD COLUMN resolved_by text,
  ADD COLUMN resolved_at timestamptz(3),
  ADD COLUMN regressed_version text,
  ADD COLUMN regressed_at timestamptz(3),
  ADD COLUMN muted_by text;
CREATE INDEX incident_open_idx ON incident (environment, severity) WHERE status IN ('open', 'regressed');

-- `actor_kind` is `judge` where telemetry did it. `note` is what a person wrote.
CREATE TABLE incident_history (
  seq bigserial PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident (id),
  at timestamptz(3) NOT NULL,
  action text NOT NULL,
  actor_kind text NOT NULL,
  actor_name text,
  detail jsonb NOT NULL DEFAULT '{}',
  note text
);
CREATE INDEX incident_history_incident_idx ON incident_history (incident_id, seq DESC);
