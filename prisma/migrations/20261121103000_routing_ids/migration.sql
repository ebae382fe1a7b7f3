-- Events whose payload names a user, found when that user becomes known.
CREATE INDEX telemetry_event_routing_idx ON telemetry_event USING gin (routing_ids) WHERE routing_ids <> '{}';
