-- Text that was planted in one user's data to see where it turns up. The token itself is shown once and never stored.
CREATE TABLE canary (
  id text PRIMARY KEY,
  environment text NOT NULL,
  user_id text NOT NULL,
  token_hash text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by text NOT NULL
);
-- Found when a payload that holds a token comes in.
CREATE UNIQUE INDEX canary_token_key ON canary (environment, token_hash);
CREATE INDEX canary_user_idx ON canary (environment, user_id);
CREATE INDEX canary_created_idx ON canary (created_at DESC, id DESC);

-- For whom the tokens were planted that an event's payload held when it came in.
ALTER TABLE telemetry_event ADD COLUMN canary_users text[] NOT NULL DEFAULT '{}';
