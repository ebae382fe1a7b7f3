-- Pages with their filters that people gave a name, for everybody in the installation. Without an environment:
-- a view is opened in the one that is looked at.
CREATE TABLE saved_view (
  id text PRIMARY KEY,
  name text NOT NULL UNIQUE,
  path text NOT NULL,
  query text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  changed_by text NOT NULL,
  changed_at timestamptz(3) NOT NULL DEFAULT now()
);
