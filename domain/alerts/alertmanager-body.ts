/** The body of `POST /api/v2/alerts`, by which Alertmanager takes alerts. */
import type { Notification } from "./notification";
import { pageUrl } from "./page-url";

/**
 * A firing alert that is not heard of again is resolved by Alertmanager after so long. It is told again each
 * {@link REPEAT_MS}, so that three of them may get lost: the way of Prometheus.
 */
export const FIRING_HOLDS_MS = 4 * 60_000;
export const REPEAT_MS = 60_000;

export interface PostedAlert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  endsAt: string;
  generatorURL: string;
}

/** @param baseUrl where Signalbox is, without a slash at its end */
export function alertmanagerBody({ alerts }: Notification, baseUrl: string, nowMs: number): PostedAlert[] {
  return alerts.map(({ labels, annotations, startsAt, endsAt, path }) => ({
    labels: { alertname: "Signalbox", ...validNames(labels) },
    annotations: validNames(annotations),
    startsAt: startsAt.toISOString(),
    endsAt: (endsAt ?? new Date(nowMs + FIRING_HOLDS_MS)).toISOString(),
    generatorURL: pageUrl(baseUrl, path),
  }));
}

/** Alertmanager refuses the whole request for one name that is not a Prometheus label; empty values are left out by it. */
function validNames(fields: Record<string, string>): Record<string, string> {
  const valid: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    let fitting = name.replace(/[^a-zA-Z0-9_]/g, "_").replace(/^(?=\d|$)/, "_");
    while (fitting in valid) fitting += "_";
    if (value !== "") valid[fitting] = value;
  }
  return valid;
}
