-- Where alerts are told. `target` holds the address and what signs in there, sealed; `shown` is what may be seen of it.
CREATE TABLE alert_channel (
  id text PRIMARY KEY,
  kind text NOT NULL,
  name text NOT NULL,
  target bytea NOT NULL,
  shown jsonb NOT NULL,
  environments text[] NOT NULL,
  minimum_severity text NOT NULL,
  send_resolved boolean NOT NULL,
  enabled boolean NOT NULL,
  revision integer NOT NULL DEFAULT 0,
  -- Nothing is sent before it: the receiver's pace, or how long it asked to be left alone.
  next_at timestamptz(3) NOT NULL,
  -- Whoever sends holds the channel until then; a sender that died lets go by that.
  lease_until timestamptz(3),
  lease text,
  created_at timestamptz(3) NOT NULL,
  created_by text NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  changed_by text NOT NULL
);
CREATE INDEX alert_channel_created_idx ON alert_channel (created_at DESC, id DESC);

-- The outbox, and the delivery log after that. `repeat_at`: a firing alert that Alertmanager wants to hear again.
CREATE TABLE alert_delivery (
  seq bigserial PRIMARY KEY,
  id text NOT NULL,
  channel_id text NOT NULL REFERENCES alert_channel (id) ON DELETE CASCADE,
  environment text NOT NULL,
  group_key text NOT NULL,
  status text NOT NULL,
  notification jsonb NOT NULL,
  is_test boolean NOT NULL DEFAULT false,
  state text NOT NULL DEFAULT 'waiting',
  attempts integer NOT NULL DEFAULT 0,
  repeats integer NOT NULL DEFAULT 0,
  status_code integer,
  error text,
  created_at timestamptz(3) NOT NULL,
  next_at timestamptz(3) NOT NULL,
  tried_at timestamptz(3),
  ended_at timestamptz(3),
  repeat_at timestamptz(3)
);
CREATE INDEX alert_delivery_channel_idx ON alert_delivery (channel_id, seq DESC);
-- The first that waits of each group of a channel.
CREATE INDEX alert_delivery_waiting_idx ON alert_delivery (channel_id, environment, group_key, seq) WHERE state = 'waiting';
CREATE INDEX alert_delivery_repeat_idx ON alert_delivery (environment, group_key, channel_id) WHERE repeat_at IS NOT NULL;
CREATE INDEX alert_delivery_ended_idx ON alert_delivery (ended_at) WHERE ended_at IS NOT NULL;
