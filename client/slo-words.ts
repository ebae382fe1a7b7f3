/** What objectives and their targets are called on the pages. */
import { isDelivery, type Objective } from "@/domain/slo/objectives";
import { exactDuration } from "./duration";

type Limits = { slowResponseMs: number; connectionTimeMs: number };

const TITLES: Record<Exclude<Objective, `delivery/${string}`>, string> = {
  golden_path: "Golden path",
  message_failure: "Messages handled",
  response_time: "Response time",
  connection_success: "Connections let in",
  connection_time: "Time to connect",
};

export function objectiveTitle(objective: Objective): string {
  return isDelivery(objective) ? objective.slice("delivery/".length) : TITLES[objective];
}

/** What counts as good. */
export function objectiveMeaning(objective: Objective, { slowResponseMs, connectionTimeMs }: Limits): string {
  if (isDelivery(objective)) return "Messages of this type that reached their user.";
  switch (objective) {
    case "golden_path":
      return "Finished journeys that succeeded or were merely degraded.";
    case "message_failure":
      return "Messages that no router failed or dropped.";
    case "response_time":
      return `Responses that took at most ${exactDuration(slowResponseMs)}.`;
    case "connection_success":
      return "Users let in, of all who were let in or refused.";
    case "connection_time":
      return `Users let in within ${exactDuration(connectionTimeMs)} of connecting.`;
  }
}

/** "99.5 %", with as many digits as the target has. */
export function targetText(target: number): string {
  return `${Number((target * 100).toFixed(6))} %`;
}

/** Share of a percentage as people type it; null when it is none. */
export function parseTarget(text: string): number | null {
  const match = /^\s*(\d{1,3}(?:[.,]\d{1,6})?)\s*%?\s*$/.exec(text);
  return match?.[1] === undefined ? null : Number((Number(match[1].replace(",", ".")) / 100).toFixed(8));
}
