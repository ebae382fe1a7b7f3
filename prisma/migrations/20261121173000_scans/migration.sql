-- What scans of the source say: whole, and by concept for the trend.
CREATE TABLE scan (
  id text PRIMARY KEY,
  commit text,
  config_hash text NOT NULL,
  committed_at timestamptz(3) NOT NULL,
  uploaded_at timestamptz(3) NOT NULL,
  uploaded_by text NOT NULL,
  files integer NOT NULL,
  not_analysed integer NOT NULL,
  report jsonb NOT NULL
);
CREATE INDEX scan_committed_idx ON scan (committed_at DESC, id DESC);

CREATE TABLE scan_concept (
  scan_id text NOT NULL REFERENCES scan (id) ON DELETE CASCADE,
  concept text NOT NULL,
  count integer NOT NULL,
  target integer NOT NULL,
  canonical integer NOT NULL,
  total integer NOT NULL,
  legacy integer NOT NULL,
  PRIMARY KEY (scan_id, concept)
);
