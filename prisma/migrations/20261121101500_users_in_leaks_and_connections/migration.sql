-- Who owned and who received leaked messages, and leaks and closed connections by time: for the list of users.
CREATE INDEX occurrence_owner_idx ON occurrence (environment, owner, occurred_at DESC) WHERE owner IS NOT NULL;
CREATE INDEX occurrence_recipient_idx ON occurrence (environment, recipient, occurred_at DESC) WHERE recipient IS NOT NULL;
CREATE INDEX occurrence_time_idx ON occurrence (environment, occurred_at DESC);
CREATE INDEX connection_interval_closed_idx ON connection_interval (environment, closed_at) WHERE closed_at IS NOT NULL;
