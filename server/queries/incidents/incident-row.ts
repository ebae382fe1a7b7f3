import { type IncidentRow, incidentStatus, severity } from "@/contracts/http";
import type { Incident } from "@/server/storage/generated/client";
import { firstOf } from "../first-of";
import { iso } from "../iso";

/** Owners and recipients that one row names. */
const MAX_NAMES = 100;

export function incidentRow(incident: Incident, nowMs: number): IncidentRow {
  const owners = firstOf(incident.owners, MAX_NAMES);
  const recipients = firstOf(incident.recipients, MAX_NAMES);
  const { mutedUntil, regressedAt } = incident;
  const muted = mutedUntil !== null && mutedUntil.getTime() > nowMs;
  return {
    id: incident.id,
    environment: incident.environment,
    rule: incident.rule,
    severity: severity.parse(incident.severity),
    status: incidentStatus.parse(incident.status),
    router: incident.router || null,
    owners: owners.items,
    ownersOmitted: owners.omitted,
    recipients: recipients.items,
    recipientsOmitted: recipients.omitted,
    occurrences: incident.occurrences,
    firstSeenAt: iso(incident.firstSeenAt),
    lastSeenAt: iso(incident.lastSeenAt),
    acknowledged: byAndAt(incident.acknowledgedBy, incident.acknowledgedAt),
    resolved: byAndAt(incident.resolvedBy, incident.resolvedAt),
    regressed: regressedAt && { version: incident.regressedVersion, at: iso(regressedAt) },
    mutedUntil: muted ? iso(mutedUntil) : null,
    mutedBy: muted ? incident.mutedBy : null,
    revision: incident.revision,
  };
}

function byAndAt(by: string | null, at: Date | null): { by: string; at: string } | null {
  return by !== null && at !== null ? { by, at: iso(at) } : null;
}
