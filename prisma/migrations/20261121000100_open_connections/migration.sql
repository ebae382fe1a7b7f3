-- How many connections are open right now, and users found by the beginning of their id.
CREATE INDEX connection_interval_open_idx ON connection_interval (environment) WHERE closed_at IS NULL;
CREATE INDEX connection_interval_user_prefix_idx ON connection_interval (environment, user_id text_pattern_ops) WHERE user_id IS NOT NULL;
