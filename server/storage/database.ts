/** The one door to PostgreSQL: typed reads through Prisma, hot set-based queries on the same pool of connections. */
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { PrismaClient } from "./generated/client";
import { createRecentEvents, type RecentEvents } from "./recent-events";

export interface Database {
  prisma: PrismaClient;
  /** For the named hot queries inside server/storage. Shares its connections with `prisma`. */
  pool: Pool;
  /** What was stored through this door a moment ago. */
  recent: RecentEvents;
  close(): Promise<void>;
}

/** Settings of {@link openDatabase}. `onError` hears of idle connections that broke; the pool replaces them by itself. */
export interface DatabaseOptions {
  url: string;
  poolSize: number;
  onError?: (error: Error) => void;
}

/** Opens a pool on `url`. Connects on the first query, so a wrong address shows there and not here. */
export async function openDatabase({ url, poolSize, onError }: DatabaseOptions): Promise<Database> {
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    application_name: "signalbox",
    // Compiling a plan takes longer than the short statements here.
    options: "-c timezone=UTC -c jit=off",
  });
  let closing = false;
  // A pool that has ended may still hear how the server says goodbye to its last connections.
  pool.on("error", (error) => {
    if (!closing) onError?.(error);
  });
  // The pool listens to idle connections only. One that breaks while in use fails its query, and must not end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const close = async () => {
    closing = true;
    await prisma.$disconnect();
    await pool.end();
  };
  return { prisma, pool, recent: createRecentEvents(), close };
}
