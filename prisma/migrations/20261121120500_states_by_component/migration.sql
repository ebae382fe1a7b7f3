-- One key for each component of each instance: from one to the next without reading what lies between.
DROP INDEX telemetry_event_state_idx;
CREATE INDEX telemetry_event_state_idx ON telemetry_event
  (environment, ((attributes ->> 'component') || E'\x1f' || coalesce(service, '') || E'\x1f' || coalesce(instance, '')), time)
  WHERE stage = 'state';
