/** Which files a scan's checkout had. */
import type { Database } from "./database";

/** Uses scan_pkey. */
export const SCAN_FILE_SQL = `SELECT cardinality(s.paths) AS files, $2 = ANY (s.paths) AS there,
  coalesce(b.names[1:$4], '{}') AS beside, coalesce(cardinality(b.names), 0) AS total
FROM scan s CROSS JOIN LATERAL (SELECT array_agg(p ORDER BY p COLLATE "C") AS names FROM unnest(s.paths) AS p
  WHERE starts_with(p, $3) AND p <> $2 AND strpos(substr(p, length($3) + 1), '/') = 0) b
WHERE s.id = $1`;

export interface FileInScan {
  /** null = the scan does not say which files there are. */
  files: number | null;
  there: boolean | null;
  beside: string[];
  total: number;
}

/** @param folder with its `/`, or "" for the checkout itself @returns null where there is no such scan */
export async function readFileInScan(
  { pool }: Database,
  { id, file, folder, limit }: { id: string; file: string; folder: string; limit: number },
): Promise<FileInScan | null> {
  return (await pool.query<FileInScan>(SCAN_FILE_SQL, [id, file, folder, limit])).rows[0] ?? null;
}
