-- Messages, connections and threads found by the beginning of their id, in a database of any collation. The same
-- indexes as before in another order of text: equality uses them as it did, and a row costs no more to insert.
DROP INDEX telemetry_event_message_idx;
CREATE INDEX telemetry_event_message_idx ON telemetry_event (environment, message_id text_pattern_ops) WHERE message_id IS NOT NULL;
DROP INDEX telemetry_event_connection_idx;
CREATE INDEX telemetry_event_connection_idx ON telemetry_event (environment, connection_id text_pattern_ops, time) WHERE connection_id IS NOT NULL;
DROP INDEX telemetry_event_thread_received_idx;
CREATE INDEX telemetry_event_thread_received_idx ON telemetry_event (environment, thread_id text_pattern_ops, time) WHERE thread_id IS NOT NULL AND stage = 'received';
