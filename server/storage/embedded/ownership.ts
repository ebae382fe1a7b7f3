/**
 * One Signalbox per data directory. The owner holds an advisory lock on a connection of its own: PostgreSQL frees it
 * the moment the owner dies, however it dies, so no file can lie about who is alive.
 */
import { Client } from "pg";

/** "SIGN" as a number; lies in the database `postgres`, where nothing else takes locks. */
const OWNER_LOCK = 0x5349474e;

export type Claim = { state: "owned"; connection: Client } | { state: "taken" } | { state: "not_ready" };

/** Tries to own the server behind `url`. `not_ready` = it does not accept connections (yet, or any more). */
export async function claim(url: string): Promise<Claim> {
  const connection = new Client({
    connectionString: url,
    application_name: "signalbox owner",
    connectionTimeoutMillis: 5_000,
  });
  connection.on("error", () => undefined);
  try {
    await connection.connect();
    const { rows } = await connection.query<{ owned: boolean }>("SELECT pg_try_advisory_lock($1) AS owned", [
      OWNER_LOCK,
    ]);
    if (rows[0]?.owned) return { state: "owned", connection };
  } catch (error) {
    await connection.end().catch(() => undefined);
    if (isRefusal(error)) throw error;
    return { state: "not_ready" };
  }
  await connection.end().catch(() => undefined);
  return { state: "taken" };
}

/** A wrong password or user (class 28) will not get better by waiting. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("28");
}
