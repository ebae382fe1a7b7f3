/** Audit entries in words. */
import { z } from "zod";
import type { AuditAction, AuditEntry } from "@/contracts/access";
import { policyFieldChange } from "@/contracts/settings";
import { FIELD_LABELS } from "../policy/policy-words";
import { readable } from "../policy/readable-value";

export const ACTION_WORDS: Record<AuditAction, string> = {
  timeline_read: "read a timeline",
  events_exported: "exported events",
  key_created: "made a key",
  key_revoked: "revoked a key",
  canary_created: "issued a canary token",
  canary_deleted: "deleted a canary token",
  session_revoked: "ended a session",
  person_removed: "sent a person away",
  invited: "invited a person",
  signed_in: "signed in",
  signed_out: "signed out",
  policy_changed: "changed the policy",
  settings_changed: "changed settings",
  user_erased: "erased a user",
  incident_changed: "changed an incident",
  incident_exported: "exported an incident",
  channel_created: "made an alert channel",
  channel_changed: "changed an alert channel",
  channel_deleted: "deleted an alert channel",
  test_suite_changed: "set what a test suite does",
  channel_tested: "tested an alert channel",
  silence_created: "silenced alerts",
  silence_ended: "ended a silence",
  scan_stored: "sent a scan of the source",
  campaign_changed: "set a campaign",
  campaign_deleted: "deleted a campaign",
  campaign_ended: "ended a campaign by its config",
};

const MAX_TEXT = 300;
const changes = z.array(policyFieldChange);

/** What an entry says beside who, what and whom: "name: Grafana · role: read". */
export function detailText({ action, detail }: AuditEntry): string {
  const parts = Object.entries(detail).flatMap(([name, value]) => {
    if (action === "policy_changed" && name === "version") return [];
    if (name === "changes") return changeTexts(value);
    const text = textOf(value);
    return text === "" ? [] : `${wordsOf(name)}: ${text}`;
  });
  const text = parts.join(" · ");
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function changeTexts(value: unknown): string[] {
  const parsed = changes.safeParse(value);
  if (!parsed.success) return [];
  return parsed.data.map(
    ({ field, before, after }) => `${FIELD_LABELS[field]}: ${readable(before)} → ${readable(after)}`,
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === 0) return "";
  if (Array.isArray(value)) return value.map(textOf).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** "journeysJudgedAgain" as "journeys judged again" */
function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
