/** What people saved for the whole installation: one row, each save a revision. */
import { z } from "zod";
import type { Database } from "./database";

const NAME = "settings";

const stored = z.object({
  revision: z.number(),
  savedAt: z.string(),
  savedBy: z.string(),
  /** Null = not set here. */
  retentionDays: z.number().nullable(),
  maxDiskBytes: z.number().nullable(),
  allowedFields: z.array(z.string()),
});
export type StoredSettings = Omit<z.infer<typeof stored>, "savedAt" | "savedBy"> & {
  savedAt: string | null;
  savedBy: string | null;
};

const NONE: StoredSettings = {
  revision: 0,
  savedAt: null,
  savedBy: null,
  retentionDays: null,
  maxDiskBytes: null,
  allowedFields: [],
};

export async function readStoredSettings({ prisma }: Database): Promise<StoredSettings> {
  const row = await prisma.installation.findUnique({ where: { name: NAME } });
  return row ? stored.parse(row.value) : NONE;
}

/** Uses installation_pkey. Nothing is written when another revision came in between. */
export const SAVE_SETTINGS = `INSERT INTO installation AS i (name, value)
  SELECT $1, $2::jsonb WHERE $3::integer = 0 OR EXISTS (SELECT FROM installation WHERE name = $1)
  ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value WHERE (i.value->>'revision')::integer = $3::integer
  RETURNING name`;

/** Saves the next revision after `basedOn`; false when that is not the newest any more. */
export async function saveStoredSettings(
  { pool }: Database,
  basedOn: number,
  settings: Omit<z.infer<typeof stored>, "revision">,
): Promise<boolean> {
  const value = JSON.stringify({ ...settings, revision: basedOn + 1 });
  return (await pool.query(SAVE_SETTINGS, [NAME, value, basedOn])).rows.length === 1;
}
