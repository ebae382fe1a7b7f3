/** The database of this process: the one that DATABASE_URL names, else the embedded server; migrated and ready. */
import type { Logger } from "pino";
import { type Database, openDatabase } from "./database";
import { startEmbedded } from "./embedded/start-embedded";
import { applyMigrations } from "./migrate";

const POOL_SIZE = 12;

export interface StorageSettings {
  databaseUrl: string | null;
  dataDir: string;
}

export interface Storage {
  db: Database;
  /** Closes the connections and stops the embedded server, if there is one. */
  close(): Promise<void>;
}

/** @throws EmbeddedPostgresError or StorageError with a `code` and a message for the person at the terminal */
export async function openStorage(settings: StorageSettings, migrationsDir: string, log: Logger): Promise<Storage> {
  const embedded =
    settings.databaseUrl === null
      ? await startEmbedded({
          dataDir: settings.dataDir,
          log: (line) => log.info(line),
          onLost: (error) => {
            log.fatal({ err: error }, "the database is gone; nothing more can be stored");
            process.exit(1);
          },
        })
      : null;
  const db = await openDatabase({
    url: embedded?.url ?? settings.databaseUrl ?? "",
    poolSize: POOL_SIZE,
    onError: (error) => log.warn({ err: error }, "a database connection broke"),
  });
  try {
    for (const name of await applyMigrations(db, migrationsDir)) log.info(`applied migration ${name}`);
  } catch (error) {
    await db.close();
    await embedded?.stop();
    throw error;
  }
  return {
    db,
    close: async () => {
      await db.close();
      await embedded?.stop();
    },
  };
}
