/** What a room's name says. Pure. */

/** The longest window that a room moves: 7 days. */
const MAX_MINUTES = 7 * 24 * 60;
const DEFAULT_MINUTES = 60;

export type Room =
  | { kind: "overview" | "routers"; environment: string; minutes: number }
  | { kind: "router"; environment: string; minutes: number; router: string }
  | { kind: "journey" | "user" | "incident" | "campaign"; environment: string; id: string }
  | {
      kind:
        | "journeys"
        | "incidents"
        | "open-incidents"
        | "firing-alerts"
        | "alerts"
        | "deliveries"
        | "slo"
        | "sources"
        | "routers-in-code"
        | "consolidation";
      environment: string;
    };

/** The room that `name` (`<kind>[:<id>]@<environment>`) stands for; null when it is none. */
export function parseRoom(name: string): Room | null {
  const at = name.lastIndexOf("@");
  const environment = name.slice(at + 1);
  if (at <= 0 || environment === "" || environment.length > 256) return null;
  const colon = name.slice(0, at).indexOf(":");
  const kind = colon < 0 ? name.slice(0, at) : name.slice(0, colon);
  const id = colon < 0 ? "" : name.slice(colon + 1, at);
  switch (kind) {
    case "overview":
    case "routers": {
      const minutes = id === "" ? DEFAULT_MINUTES : minutesOf(id);
      return minutes === null ? null : { kind, environment, minutes };
    }
    case "router": {
      const cut = id.indexOf(":");
      const [minutes, router] = [minutesOf(id.slice(0, Math.max(0, cut))), id.slice(cut + 1)];
      return minutes === null || router === "" ? null : { kind, environment, minutes, router };
    }
    case "journey":
    case "user":
    case "incident":
    case "campaign":
      return id === "" ? null : { kind, environment, id };
    case "journeys":
    case "incidents":
    case "open-incidents":
    case "firing-alerts":
    case "alerts":
    case "slo":
    case "deliveries":
    case "sources":
    case "routers-in-code":
    case "consolidation":
      return colon < 0 ? { kind, environment } : null;
    default:
      return null;
  }
}

function minutesOf(text: string): number | null {
  const minutes = Number(text);
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= MAX_MINUTES ? minutes : null;
}
