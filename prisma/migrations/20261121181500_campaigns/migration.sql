-- Efforts to consolidate, with the criteria that say when they are done.
CREATE TABLE campaign (
  id text PRIMARY KEY,
  environment text NOT NULL,
  name text NOT NULL,
  hold_days integer NOT NULL,
  criteria jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  created_by text NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  changed_by text NOT NULL
);

-- Every file of the checkout, where the scan says so.
ALTER TABLE scan ADD COLUMN paths text[];
