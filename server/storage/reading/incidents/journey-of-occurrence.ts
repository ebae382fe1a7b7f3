/**
 * The key of the journey in which an occurrence `o` was seen; null = in none. What no journey alone proves (one content
 * that two users got) is led to it by its run, else its message (journey_alias_pkey).
 */
export const JOURNEY_OF_OCCURRENCE = `CASE WHEN o.subject !~ '^(loose|connection|content) ' THEN o.subject ELSE (
    SELECT a.journey_key FROM journey_alias a
    WHERE a.environment = o.environment AND a.alias = coalesce(o.run_id, o.message_id) LIMIT 1) END`;
