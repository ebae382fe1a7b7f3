-- Journeys with a finding, or served by a router, version or instance that few have: without it a search for something
-- rare reads every journey there is. One index for all four, as a search may name several.
CREATE INDEX journey_facets_idx ON journey USING gin (findings, routers, versions, instances);
