/** Settings over a test database: nothing set by variables unless a test says so. */
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import type { Database } from "@/server/storage/database";
import { settlePolicy } from "@/server/storage/save-policy";
import { createSettingsService, type SettingsService } from "../create-service";
import { type Settings, type SettingsConfig, startSettings } from "../create-settings";

export const NO_VARIABLES: SettingsConfig = {
  retentionDays: null,
  maxDiskBytes: null,
  allowedFields: [],
  policy: DEFAULT_POLICY,
  policyOverrides: {},
};

/** Settings that are read again only when asked. */
export async function testSettings(
  db: Database,
  nowMs: () => number,
  config: Partial<SettingsConfig> = {},
): Promise<{ settings: Settings; service: SettingsService }> {
  const set = { ...NO_VARIABLES, ...config };
  await settlePolicy(db, set.policy);
  const settings = await startSettings({ db, config: set, onError: () => undefined, refreshMs: 3_600_000 });
  const retention = { storageFull: () => false };
  const service = createSettingsService({ db, settings, retention, nowMs, onPolicySaved: () => undefined });
  return { settings, service };
}
