-- Counters of routers, apart from the others: there are many of them, and each reader wants few.
CREATE TABLE router_rollup (
  environment text NOT NULL,
  grain text NOT NULL,
  kind text NOT NULL,
  router text NOT NULL,
  bucket timestamptz(3) NOT NULL,
  -- What is counted, as a JSON array.
  name text NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (environment, grain, kind, router, bucket, name)
);

-- Components report their state rarely: found by component, without a word in the other events' indexes.
CREATE INDEX telemetry_event_state_idx ON telemetry_event
  (environment, ((attributes ->> 'component')), service, instance, time) WHERE stage = 'state';

-- What was judged before did not count its routers in this way.
INSERT INTO dirty_mark (kind, environment, key)
SELECT 'journey', environment, key FROM journey WHERE NOT frozen
UNION ALL
SELECT CASE left(key, 2) WHEN 'm:' THEN 'message' ELSE 'event' END, environment, substr(key, 3) FROM loose_message;
