-- What a test suite is expected to do until its fix lands, and when that was. Suites without a row always pass.
CREATE TABLE test_suite (
  environment text NOT NULL,
  name text NOT NULL,
  before_fix text NOT NULL,
  fixed_at timestamptz(3),
  changed_at timestamptz(3) NOT NULL,
  changed_by text NOT NULL,
  PRIMARY KEY (environment, name)
);

-- One upload of JUnit XML: counts and the names of what failed. Messages and output are not kept.
CREATE TABLE test_run (
  id text PRIMARY KEY,
  environment text NOT NULL,
  suite text NOT NULL,
  -- SHA-256 of the upload with its commit, branch and time: the same upload again is the same run.
  digest text NOT NULL,
  commit_id text,
  branch text,
  ran_at timestamptz(3) NOT NULL,
  uploaded_at timestamptz(3) NOT NULL,
  uploaded_by text NOT NULL,
  tests integer NOT NULL,
  failures integer NOT NULL,
  errors integer NOT NULL,
  skipped integer NOT NULL,
  duration_ms double precision,
  real_connections integer NOT NULL,
  mocked_connections integer NOT NULL,
  failed jsonb NOT NULL
);
CREATE UNIQUE INDEX test_run_digest_key ON test_run (environment, suite, digest);
CREATE INDEX test_run_suite_idx ON test_run (environment, suite, ran_at DESC, id DESC);
