-- Telemetry as it was observed. Partitioned by day of `time`; the partitions are made by the app
-- (three days ahead, no default partition). Constraints and indexes are inherited through LIKE INCLUDING ALL.
CREATE SEQUENCE telemetry_event_ordinal_seq;
CREATE TABLE telemetry_event (
  environment text NOT NULL,
  id text NOT NULL,
  time timestamptz(6) NOT NULL,
  received_at timestamptz(6) NOT NULL,
  ordinal bigint NOT NULL DEFAULT nextval('telemetry_event_ordinal_seq'),
  stage text NOT NULL,
  type text,
  original_type text,
  user_id text,
  connection_id text,
  thread_id text,
  run_id text,
  message_id text,
  in_reply_to text,
  agent_name text,
  parent_agent text,
  tool_name text,
  tool_call_id text,
  router text,
  handler text,
  seq bigint,
  attempt integer,
  outcome text NOT NULL,
  error_code text,
  error_message text,
  duration_ms double precision,
  payload_bytes double precision,
  payload_hash text,
  payload_hash_kind text,
  scope text NOT NULL,
  service text,
  instance text,
  version text,
  source_id text,
  clock_offset_ms double precision NOT NULL DEFAULT 0,
  routing_ids text[] NOT NULL DEFAULT '{}',
  attributes jsonb NOT NULL DEFAULT '{}',
  payload jsonb,
  CONSTRAINT telemetry_event_pkey PRIMARY KEY (environment, id, time)
) PARTITION BY RANGE (time);
CREATE INDEX telemetry_event_run_idx ON telemetry_event (environment, run_id) WHERE run_id IS NOT NULL;
CREATE INDEX telemetry_event_message_idx ON telemetry_event (environment, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX telemetry_event_stray_idx ON telemetry_event (environment, message_id) WHERE message_id IS NOT NULL AND run_id IS NULL;
CREATE INDEX telemetry_event_in_reply_to_idx ON telemetry_event (environment, in_reply_to) WHERE in_reply_to IS NOT NULL;
CREATE INDEX telemetry_event_connection_idx ON telemetry_event (environment, connection_id, time) WHERE connection_id IS NOT NULL;
CREATE INDEX telemetry_event_connection_stage_idx ON telemetry_event (environment, connection_id, time) WHERE stage IN ('connection_opened', 'connection_authenticated', 'connection_rejected', 'connection_closed');
CREATE INDEX telemetry_event_user_idx ON telemetry_event (environment, user_id, time) WHERE user_id IS NOT NULL;
CREATE INDEX telemetry_event_thread_received_idx ON telemetry_event (environment, thread_id, time) WHERE thread_id IS NOT NULL AND stage = 'received';

-- The append-only queue of what must be judged again. Never updated: inserted, taken, deleted.
CREATE TABLE dirty_mark (
  seq bigserial PRIMARY KEY,
  kind text NOT NULL,
  environment text NOT NULL,
  key text NOT NULL,
  due_at timestamptz(3) NOT NULL DEFAULT now(),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX dirty_mark_due_idx ON dirty_mark (due_at, seq);

-- A subject whose judging threw: set aside, counted and shown; a new mark tries it again.
CREATE TABLE judge_failure (
  environment text NOT NULL,
  kind text NOT NULL,
  key text NOT NULL,
  message text NOT NULL,
  attempts integer NOT NULL DEFAULT 1,
  first_at timestamptz(3) NOT NULL DEFAULT now(),
  last_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (environment, kind, key)
);

-- One row a journey. `key` is stable and unambiguous ("r:<run id>" or "m:<instance>/<connection>:<message id>"),
-- `id` is what people see (the run id, else the message id).
CREATE TABLE journey (
  environment text NOT NULL,
  key text NOT NULL,
  id text NOT NULL,
  status text NOT NULL,
  owner text,
  started_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  duration_ms double precision,
  last_event_at timestamptz(3) NOT NULL,
  policy_version integer NOT NULL,
  broken_step text,
  broken_hop text,
  broken_router text,
  broken_finding text,
  findings text[] NOT NULL DEFAULT '{}',
  routers text[] NOT NULL DEFAULT '{}',
  versions text[] NOT NULL DEFAULT '{}',
  instances text[] NOT NULL DEFAULT '{}',
  thread_ids text[] NOT NULL DEFAULT '{}',
  thread_scoped text[] NOT NULL DEFAULT '{}',
  event_count integer NOT NULL,
  oversized boolean NOT NULL DEFAULT false,
  frozen boolean NOT NULL DEFAULT false,
  next_deadline timestamptz(3),
  judged_at timestamptz(3) NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  verdict jsonb NOT NULL,
  contribution jsonb NOT NULL DEFAULT '{}',
  contribution_minute timestamptz(3) NOT NULL,
  PRIMARY KEY (environment, key)
);
CREATE INDEX journey_started_idx ON journey (environment, started_at DESC, key);
CREATE INDEX journey_status_idx ON journey (environment, status, started_at DESC, key);
CREATE INDEX journey_owner_idx ON journey (environment, owner, started_at DESC) WHERE owner IS NOT NULL;
CREATE INDEX journey_id_idx ON journey (environment, id text_pattern_ops);
CREATE INDEX journey_deadline_idx ON journey (next_deadline) WHERE next_deadline IS NOT NULL;
CREATE INDEX journey_broken_idx ON journey (environment, started_at DESC) WHERE broken_finding IS NOT NULL;
CREATE INDEX journey_thread_scoped_idx ON journey USING gin (thread_scoped) WHERE thread_scoped <> '{}';

-- Every id that finds a journey: run ids and inbound message ids.
CREATE TABLE journey_alias (
  environment text NOT NULL,
  alias text NOT NULL,
  journey_key text NOT NULL,
  PRIMARY KEY (environment, alias, journey_key)
);
CREATE INDEX journey_alias_key_idx ON journey_alias (environment, journey_key);
CREATE INDEX journey_alias_prefix_idx ON journey_alias (environment, alias text_pattern_ops);

-- A message that belongs to no journey (pings, broadcasts, events without a run): only what it adds up to.
CREATE TABLE loose_message (
  environment text NOT NULL,
  key text NOT NULL,
  contribution jsonb NOT NULL DEFAULT '{}',
  contribution_minute timestamptz(3) NOT NULL,
  next_deadline timestamptz(3),
  judged_at timestamptz(3) NOT NULL,
  PRIMARY KEY (environment, key)
);
CREATE INDEX loose_message_deadline_idx ON loose_message (next_deadline) WHERE next_deadline IS NOT NULL;

-- Connection intervals, rebuilt from the connection's stored events whenever one is added.
-- opened_at NULL = open since ever; closed_at NULL = still open.
CREATE TABLE connection_interval (
  environment text NOT NULL,
  instance text NOT NULL,
  connection_id text NOT NULL,
  n integer NOT NULL,
  opened_at timestamptz(6),
  authenticated_at timestamptz(6),
  closed_at timestamptz(6),
  close_code integer,
  user_id text,
  bindings jsonb NOT NULL DEFAULT '[]',
  acks boolean NOT NULL DEFAULT false,
  PRIMARY KEY (environment, instance, connection_id, n)
);
CREATE INDEX connection_interval_id_idx ON connection_interval (environment, connection_id);
CREATE INDEX connection_interval_user_idx ON connection_interval (environment, user_id, closed_at) WHERE user_id IS NOT NULL;
-- A connection on which several users authenticated: found by the second user as well.
CREATE INDEX connection_interval_bindings_idx ON connection_interval USING gin (bindings jsonb_path_ops) WHERE jsonb_array_length(bindings) > 1;
CREATE TABLE connection_summary (
  environment text NOT NULL,
  instance text NOT NULL,
  connection_id text NOT NULL,
  contribution jsonb NOT NULL DEFAULT '{}',
  judged_at timestamptz(3) NOT NULL,
  PRIMARY KEY (environment, instance, connection_id)
);

-- Leaks. An occurrence's key does not depend on the journey it was found in.
CREATE TABLE incident (
  id text PRIMARY KEY,
  environment text NOT NULL,
  rule text NOT NULL,
  severity text NOT NULL,
  router text NOT NULL,
  status text NOT NULL DEFAULT 'open',
  muted_until timestamptz(3),
  first_seen_at timestamptz(3) NOT NULL,
  last_seen_at timestamptz(3) NOT NULL,
  occurrences integer NOT NULL DEFAULT 0,
  owners text[] NOT NULL DEFAULT '{}',
  recipients text[] NOT NULL DEFAULT '{}',
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (environment, rule, router)
);
CREATE INDEX incident_last_seen_idx ON incident (environment, last_seen_at DESC, id);
CREATE TABLE occurrence (
  environment text NOT NULL,
  key text NOT NULL,
  incident_id text NOT NULL REFERENCES incident (id),
  subject text NOT NULL,
  rule text NOT NULL,
  severity text NOT NULL,
  router text NOT NULL,
  owner text,
  recipient text,
  message_id text,
  run_id text,
  connection_id text,
  version text,
  event_ids text[] NOT NULL,
  evidence jsonb NOT NULL DEFAULT '{}',
  occurred_at timestamptz(3) NOT NULL,
  detected_at timestamptz(3) NOT NULL DEFAULT now(),
  withdrawn_at timestamptz(3),
  PRIMARY KEY (environment, key)
);
CREATE INDEX occurrence_subject_idx ON occurrence (environment, subject);
CREATE INDEX occurrence_incident_idx ON occurrence (incident_id, occurred_at DESC);

-- Counters: what verdicts contributed. Deltas are appended with the verdict and folded by one job.
CREATE TABLE rollup_delta (
  seq bigserial PRIMARY KEY,
  environment text NOT NULL,
  minute timestamptz(3) NOT NULL,
  metric text NOT NULL,
  n bigint NOT NULL
);
CREATE INDEX rollup_delta_minute_idx ON rollup_delta (environment, minute);
CREATE TABLE rollup (
  environment text NOT NULL,
  grain text NOT NULL,
  bucket timestamptz(3) NOT NULL,
  metric text NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (environment, grain, bucket, metric)
);

-- Subscribed sources, their cursors, and when they could not be heard.
CREATE TABLE source (
  id text PRIMARY KEY,
  environment text NOT NULL,
  url text NOT NULL,
  state text NOT NULL,
  cursor text,
  connected_since timestamptz(3),
  disconnected_since timestamptz(3),
  last_event_at timestamptz(3),
  last_received_at timestamptz(3),
  clock_offset_ms double precision,
  lag_ms double precision,
  last_error text,
  last_error_at timestamptz(3),
  accepted bigint NOT NULL DEFAULT 0,
  duplicates bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  reconnects integer NOT NULL DEFAULT 0
);
CREATE TABLE source_outage (
  id bigserial PRIMARY KEY,
  source_id text NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  kind text NOT NULL,
  from_at timestamptz(3) NOT NULL,
  to_at timestamptz(3),
  from_cursor text,
  to_cursor text,
  lost bigint
);
CREATE INDEX source_outage_source_idx ON source_outage (source_id, from_at DESC);

-- What is wrong with the data itself, beside the source that sends it.
CREATE TABLE quality_note (
  environment text NOT NULL,
  service text NOT NULL,
  instance text NOT NULL,
  code text NOT NULL,
  count bigint NOT NULL DEFAULT 0,
  first_at timestamptz(3) NOT NULL,
  last_at timestamptz(3) NOT NULL,
  sample text,
  PRIMARY KEY (environment, service, instance, code)
);

CREATE TABLE policy (
  environment text NOT NULL,
  version integer NOT NULL,
  body jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  PRIMARY KEY (environment, version)
);

CREATE TABLE installation (
  name text PRIMARY KEY,
  value jsonb NOT NULL
);

-- Access. Secrets are stored as SHA-256 only.
CREATE TABLE access_key (
  id text PRIMARY KEY,
  name text NOT NULL,
  hash text NOT NULL UNIQUE,
  role text NOT NULL,
  environments text[] NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3)
);
CREATE TABLE sign_in_link (
  hash text PRIMARY KEY,
  person text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3)
);
CREATE TABLE session (
  hash text PRIMARY KEY,
  person text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_seen_at timestamptz(3) NOT NULL DEFAULT now(),
  revoked_at timestamptz(3)
);

-- Days that retention dropped, so that nobody has to guess.
CREATE TABLE dropped_day (
  day date PRIMARY KEY,
  events bigint NOT NULL,
  bytes bigint NOT NULL,
  reason text NOT NULL,
  dropped_at timestamptz(3) NOT NULL DEFAULT now()
);
