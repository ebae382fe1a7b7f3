/** What the settings page reads and saves, for the HTTP API. */
import type {
  AllowedFieldsChange,
  AllowedFieldsView,
  PolicyChange,
  PolicyDryRun,
  PolicyView,
  RetentionChange,
  RetentionDryRun,
  RetentionView,
} from "@/contracts/settings";
import { OPEN_VALUES } from "@/domain/redaction/allow-list";
import { iso } from "@/server/queries/iso";
import type { Database } from "@/server/storage/database";
import { type StoredSettings, saveStoredSettings } from "@/server/storage/installation-settings";
import type { Retention } from "@/server/storage/retention";
import { changePolicy, type PolicyRefusal, previewPolicy } from "./change-policy";
import type { Settings } from "./create-settings";
import { readPolicy } from "./read-policy";
import { previewRetentionChange, readRetention } from "./read-retention";

export type SettingsRefusal = PolicyRefusal | { code: "fixed"; field: string; message: string };
export type SettingsResult<T> = { ok: true; answer: T } | { ok: false; refusal: SettingsRefusal };

export interface SettingsService {
  policy(environment: string): Promise<PolicyView>;
  previewPolicy(environment: string, change: PolicyChange): Promise<SettingsResult<PolicyDryRun>>;
  savePolicy(
    environment: string,
    change: PolicyChange,
    savedBy: string,
  ): Promise<SettingsResult<{ version: number; preview: PolicyDryRun }>>;
  retention(): Promise<RetentionView>;
  previewRetention(change: RetentionChange): Promise<SettingsResult<RetentionDryRun>>;
  saveRetention(change: RetentionChange, savedBy: string): Promise<SettingsResult<RetentionDryRun>>;
  allowedFields(): AllowedFieldsView;
  /** Answers the names that came and went. */
  saveAllowedFields(
    change: AllowedFieldsChange,
    savedBy: string,
  ): Promise<SettingsResult<{ added: string[]; removed: string[] }>>;
}

export interface SettingsServiceDeps {
  db: Database;
  settings: Settings;
  retention: Pick<Retention, "storageFull">;
  nowMs: () => number;
  /** There may be something to judge again. */
  onPolicySaved(): void;
}

export function createSettingsService(deps: SettingsServiceDeps): SettingsService {
  const { db, settings, retention, nowMs } = deps;
  const policyDeps = { db, config: settings.config, nowMs };

  const save = async (basedOn: number, change: Partial<StoredSettings>, savedBy: string) => {
    const { revision: _, ...stored } = settings.stored();
    const next = { ...stored, ...change, savedBy, savedAt: iso(nowMs()) };
    const saved = await saveStoredSettings(db, basedOn, next);
    await settings.refresh();
    return saved;
  };
  const current = async (basedOn: number) => {
    await settings.refresh();
    return settings.stored().revision === basedOn;
  };

  return {
    policy: (environment) => readPolicy(db, settings.config, environment),
    previewPolicy: (environment, change) => previewPolicy(policyDeps, environment, change),
    async savePolicy(environment, change, savedBy) {
      const saved = await changePolicy(policyDeps, environment, change, savedBy);
      if (!saved.ok) return saved;
      await settings.refresh();
      deps.onPolicySaved();
      return { ok: true, answer: { version: saved.version, preview: saved.preview } };
    },
    retention: async () => {
      await settings.refresh();
      return readRetention(db, settings, { storageFull: retention.storageFull(), nowMs: nowMs() });
    },
    async previewRetention(change) {
      const fixed = fixedBy(settings, change);
      if (fixed) return { ok: false, refusal: fixed };
      if (!(await current(change.basedOn))) return { ok: false, refusal: CHANGED };
      return { ok: true, answer: await previewRetentionChange(db, settings, change, nowMs()) };
    },
    async saveRetention(change, savedBy) {
      const preview = await this.previewRetention(change);
      if (!preview.ok) return preview;
      const { basedOn, ...limits } = change;
      if (!(await save(basedOn, limits, savedBy))) return { ok: false, refusal: CHANGED };
      return preview;
    },
    allowedFields() {
      const { revision, savedAt, savedBy, allowedFields } = settings.stored();
      const named = (names: readonly string[], origin: "built_in" | "variable" | "saved") =>
        names.map((name) => ({ name, origin }));
      const items = [
        ...named(allowedFields, "saved"),
        ...named(settings.config.allowedFields, "variable"),
        ...named(OPEN_VALUES, "built_in"),
      ];
      return { revision, savedAt, savedBy, items };
    },
    async saveAllowedFields({ basedOn, names }, savedBy) {
      if (!(await current(basedOn))) return { ok: false, refusal: CHANGED };
      const before = settings.stored().allowedFields;
      if (!(await save(basedOn, { allowedFields: names.toSorted() }, savedBy))) return { ok: false, refusal: CHANGED };
      const added = names.filter((name) => !before.includes(name));
      const removed = before.filter((name) => !names.includes(name));
      return { ok: true, answer: { added, removed } };
    },
  };
}

const CHANGED: SettingsRefusal = {
  code: "changed_meanwhile",
  message: "Somebody saved other settings meanwhile; look at them and change yours anew.",
};

/** A limit that the environment sets cannot be saved here: it would seem to count and would not. */
function fixedBy({ config, stored }: Settings, change: RetentionChange): SettingsRefusal | null {
  const saved = stored();
  const message = (variable: string) => `is set by ${variable}, which holds`;
  if (config.retentionDays !== null && change.retentionDays !== saved.retentionDays) {
    return { code: "fixed", field: "retentionDays", message: message("SIGNALBOX_RETENTION_DAYS") };
  }
  if (config.maxDiskBytes !== null && change.maxDiskBytes !== saved.maxDiskBytes) {
    return { code: "fixed", field: "maxDiskBytes", message: message("SIGNALBOX_MAX_DISK") };
  }
  return null;
}
