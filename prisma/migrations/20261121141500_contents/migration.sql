-- Where else a content was emitted, sent or acknowledged.
CREATE INDEX telemetry_event_content_idx ON telemetry_event (environment, payload_hash, time)
  WHERE payload_hash IS NOT NULL AND stage IN ('emitted', 'sent', 'acked');
