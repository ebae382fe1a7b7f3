/** When a connection was a user's: what happened on it then is what that user sent and saw. */

/**
 * Stretches of time in which user `$2` was authenticated on a connection, as table `segment`: the newest interval of a
 * moment counts, and within it the authentication before (connection_interval_user_idx, _bindings_idx, _pkey).
 */
export const SEGMENTS = `interval_of_user AS (
  SELECT * FROM connection_interval WHERE environment = ANY($1::text[]) AND user_id = $2
    AND (closed_at IS NULL OR closed_at >= $3::timestamptz)
  UNION ALL
  SELECT * FROM connection_interval WHERE environment = ANY($1::text[]) AND user_id IS DISTINCT FROM $2
    AND jsonb_array_length(bindings) > 1 AND bindings @> jsonb_build_array(jsonb_build_object('userId', $2::text))
    AND (closed_at IS NULL OR closed_at >= $3::timestamptz)
), segment AS MATERIALIZED (
  SELECT i.environment, i.connection_id, i.instance,
    GREATEST(COALESCE(i.opened_at - interval '1 second', '-infinity'), b.from_at) AS from_at,
    COALESCE(i.closed_at, 'infinity') AS last_at,
    LEAST(COALESCE(later.opened_at - interval '1 second', 'infinity'), b.before_at) AS before_at
  FROM interval_of_user i
  LEFT JOIN connection_interval later ON later.environment = i.environment AND later.instance = i.instance
    AND later.connection_id = i.connection_id AND later.n = i.n + 1
  CROSS JOIN LATERAL (
    SELECT i.user_id, '-infinity'::timestamptz AS from_at, 'infinity'::timestamptz AS before_at
      WHERE jsonb_array_length(i.bindings) <= 1
    UNION ALL
    SELECT b.entry ->> 'userId',
      CASE WHEN row_number() OVER at = 1 THEN '-infinity' ELSE to_timestamp((b.entry ->> 'atMs')::float8 / 1000) END,
      COALESCE(lead(to_timestamp((b.entry ->> 'atMs')::float8 / 1000)) OVER at, 'infinity')
    FROM jsonb_array_elements(i.bindings) WITH ORDINALITY b(entry, place) WHERE jsonb_array_length(i.bindings) > 1
    WINDOW at AS (ORDER BY (b.entry ->> 'atMs')::float8, b.place)
  ) b
  WHERE b.user_id = $2 AND (i.opened_at IS NULL OR i.opened_at - interval '1 second' < $4::timestamptz)
)`;

/** Whether event `e` happened within segment `s`. */
export const WITHIN_SEGMENT = `e.environment = s.environment AND e.connection_id = s.connection_id
  AND COALESCE(e.instance, '') = s.instance AND e.time >= s.from_at AND e.time <= s.last_at AND e.time < s.before_at`;
