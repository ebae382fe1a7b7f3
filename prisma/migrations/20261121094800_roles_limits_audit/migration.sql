-- Keys say who made them, how they begin and how much they may ask for.
ALTER TABLE access_key
  ADD COLUMN prefix text NOT NULL DEFAULT '',
  ADD COLUMN requests_per_minute integer,
  ADD COLUMN events_per_minute integer,
  ADD COLUMN created_by text NOT NULL DEFAULT '',
  ADD COLUMN revoked_by text;
CREATE INDEX access_key_created_idx ON access_key (created_at DESC, id DESC);

-- People have a role, and a session an id that may be shown.
ALTER TABLE sign_in_link ADD COLUMN role text NOT NULL DEFAULT 'read';
ALTER TABLE session
  ADD COLUMN id text NOT NULL UNIQUE DEFAULT gen_random_uuid()::text,
  ADD COLUMN role text NOT NULL DEFAULT 'read',
  ADD COLUMN address text,
  ADD COLUMN user_agent text,
  ADD COLUMN revoked_by text;
CREATE INDEX session_created_idx ON session (created_at DESC, id DESC);

-- Who did what to whom. Repeated reads of one thing share an entry by `repeat_key`.
CREATE TABLE audit_entry (
  seq bigserial PRIMARY KEY,
  at timestamptz(3) NOT NULL,
  last_at timestamptz(3) NOT NULL,
  times integer NOT NULL DEFAULT 1,
  action text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  address text,
  environment text,
  target text,
  detail jsonb NOT NULL DEFAULT '{}',
  repeat_key text UNIQUE
);
CREATE INDEX audit_entry_target_idx ON audit_entry (target, seq DESC) WHERE target IS NOT NULL;
CREATE INDEX audit_entry_at_idx ON audit_entry (at);
