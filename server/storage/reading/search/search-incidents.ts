import type { Database } from "../../database";

export interface FoundIncident {
  environment: string;
  id: string;
  rule: string;
  severity: string;
  status: string;
  router: string;
  at: Date;
}

/** Ids are digits and small letters, whose order every collation agrees on: a stretch of incident_pkey. */
export const FIND_INCIDENTS_SQL = `
SELECT id, environment, rule, severity, status, router, last_seen_at AS at FROM incident
WHERE environment = ANY($1::text[]) AND id >= $2 AND id < $3 ORDER BY id LIMIT $4`;

/** Incidents whose id begins with the prefix. */
export async function findIncidents(
  { pool }: Database,
  environments: string[],
  prefix: string,
  limit: number,
): Promise<FoundIncident[]> {
  if (!/^[0-9a-f]+$/.test(prefix)) return [];
  return (await pool.query<FoundIncident>(FIND_INCIDENTS_SQL, [environments, prefix, `${prefix}g`, limit])).rows;
}
