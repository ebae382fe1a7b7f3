-- The newest deliveries of an environment: whether the log that a page shows is still the newest.
CREATE INDEX alert_delivery_environment_idx ON alert_delivery (environment, seq DESC);
