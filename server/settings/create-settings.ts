/**
 * What may change while the app runs, as ingest and retention use it: read from the database every two seconds, and at
 * once after a save on this node. No node needs a restart. A database that is away leaves what was read last.
 */
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import type { Config } from "@/server/config";
import type { Database } from "@/server/storage/database";
import { readStoredSettings, type StoredSettings } from "@/server/storage/installation-settings";
import { createPolicyBook, type Policies } from "@/server/storage/judging/policy-book";
import { autoCommit } from "@/server/storage/judging/transaction";

const REFRESH_MS = 2_000;
const DAY_MS = 86_400_000;
export const DEFAULT_RETENTION_DAYS = 14;
export const DEFAULT_MAX_DISK_BYTES = 20 * 1024 ** 3;

/** The part of the configuration that lies under what people save. */
export type SettingsConfig = Pick<
  Config,
  "retentionDays" | "maxDiskBytes" | "allowedFields" | "policy" | "policyOverrides"
>;

export interface Limits {
  retentionMs: number;
  maxBytes: number;
}

export interface Settings {
  config: SettingsConfig;
  stored(): StoredSettings;
  /** Limits of what is kept: the environment's variables, else what was saved, else the defaults. */
  limits(): Limits;
  /** Names that the variable or somebody here allows; the same array until they change. */
  allowedFields(): readonly string[];
  /** The operator's type aliases of an environment, for events that come in now. */
  typeAliases(environment: string): Readonly<Record<string, string>>;
  refresh(): Promise<void>;
  stop(): void;
}

/** Reads once before it resolves. */
export async function startSettings(options: {
  db: Database;
  config: SettingsConfig;
  onError(error: unknown): void;
  refreshMs?: number;
}): Promise<Settings> {
  const { db, config } = options;
  const book = createPolicyBook({ ...DEFAULT_POLICY, ...config.policy });
  const session = autoCommit(db.pool);
  let stored = await readStoredSettings(db);
  let policies: Policies = await book.renewed(session);
  let allowed = allowedBy(config, stored);

  const refresh = async () => {
    const next = await readStoredSettings(db);
    policies = await book.renewed(session);
    if (next.revision <= stored.revision) return;
    stored = next;
    allowed = allowedBy(config, stored);
  };
  const timer = setInterval(() => void refresh().catch(options.onError), options.refreshMs ?? REFRESH_MS);
  timer.unref();
  return {
    config,
    stored: () => stored,
    limits: () => limitsOf(config, stored),
    allowedFields: () => allowed,
    typeAliases: (environment) => {
      const [first, ...later] = policies.timelineOf(environment);
      return (later.at(-1) ?? first).policy.typeAliases;
    },
    refresh,
    stop: () => clearInterval(timer),
  };
}

/** A limit that a variable sets holds: who runs the machine knows its disk. */
export function limitsOf(
  config: Pick<SettingsConfig, "retentionDays" | "maxDiskBytes">,
  saved: Pick<StoredSettings, "retentionDays" | "maxDiskBytes">,
): Limits {
  return {
    retentionMs: (config.retentionDays ?? saved.retentionDays ?? DEFAULT_RETENTION_DAYS) * DAY_MS,
    maxBytes: config.maxDiskBytes ?? saved.maxDiskBytes ?? DEFAULT_MAX_DISK_BYTES,
  };
}

function allowedBy(config: SettingsConfig, stored: StoredSettings): readonly string[] {
  return [...new Set([...config.allowedFields, ...stored.allowedFields])];
}
