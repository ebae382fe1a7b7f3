-- Whether a journey or a message waits in the queue already: what concerns many is not marked twice.
CREATE INDEX dirty_mark_subject_idx ON dirty_mark (key, environment, kind)
  WHERE kind IN ('run', 'message', 'event', 'journey');
