/**
 * Makes a filled database many times as large, where reading is measured and filling it through the API would take
 * hours: everything that was stored and judged is copied under the ids that another seed would have given. Connections
 * of routers that count them from one are the same ones.
 */
import { openDatabase } from "@/server/storage/database";
import { startEmbedded } from "@/server/storage/embedded/start-embedded";

/** Tables whose rows name events, users, journeys or connections. */
const COPIED = [
  "telemetry_event",
  "journey",
  "journey_alias",
  "loose_message",
  "connection_interval",
  "connection_summary",
];
/** Counters, which name nobody. */
const COUNTED = ["rollup", "router_rollup"];

const COLUMNS = `SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type FROM pg_attribute a
  WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    AND a.attname <> 'ordinal' ORDER BY a.attnum`;
const TEXTS = new Set(["text", "text[]", "jsonb"]);

/** Ids of the made-up days begin with their seed ("7-…", "user-7-…"), also within lists, keys and verdicts. */
function renamed({ name, type }: { name: string; type: string }, seed: number): string {
  if (!TEXTS.has(type)) return name;
  const ids = `'(^|[^0-9A-Za-z-])(user-)?${seed}-(?=[0-9a-z])', '\\1\\2${seed}0' || copy || '-', 'g'`;
  return `CASE WHEN strpos(${name}::text, '${seed}-') = 0 THEN ${name}
    ELSE regexp_replace(${name}::text, ${ids})::${type} END`;
}

interface Multiply {
  dataDir: string;
  seed: number;
  times: number;
  say(text: string): void;
}

/** Works on a data directory that no app has open. */
export async function multiply({ dataDir, seed, times, say }: Multiply): Promise<void> {
  const embedded = await startEmbedded({ dataDir, log: () => undefined });
  const db = await openDatabase({ url: embedded.url, poolSize: 1 });
  try {
    for (const table of COPIED) {
      const columns = (await db.pool.query<{ name: string; type: string }>(COLUMNS, [table])).rows;
      const { rowCount } = await db.pool.query(`INSERT INTO ${table} (${columns.map(({ name }) => name).join(", ")})
        SELECT ${columns.map((column) => renamed(column, seed)).join(", ")}
        FROM ${table}, generate_series(1, ${times - 1}) AS copy ON CONFLICT DO NOTHING`);
      say(`${table}: ${(rowCount ?? 0).toLocaleString("en-US")} rows copied`);
    }
    for (const table of COUNTED) await db.pool.query(`UPDATE ${table} SET n = n * $1`, [times]);
    await db.pool.query("VACUUM (ANALYZE)");
  } finally {
    await db.close();
    await embedded.stop();
  }
}
