/** What a room's name says. Pure. */

/** The longest window that an overview room moves: 7 days. */
const MAX_OVERVIEW_MINUTES = 7 * 24 * 60;
const DEFAULT_OVERVIEW_MINUTES = 60;

export type Room =
  | { kind: "overview"; environment: string; minutes: number }
  | { kind: "journey" | "user" | "incident"; environment: string; id: string }
  | { kind: "journeys" | "incidents" | "open-incidents" | "sources"; environment: string };

/** The room that `name` (`<kind>[:<id>]@<environment>`) stands for; null when it is none. */
export function parseRoom(name: string): Room | null {
  const at = name.lastIndexOf("@");
  const environment = name.slice(at + 1);
  if (at <= 0 || environment === "" || environment.length > 256) return null;
  const colon = name.slice(0, at).indexOf(":");
  const kind = colon < 0 ? name.slice(0, at) : name.slice(0, colon);
  const id = colon < 0 ? "" : name.slice(colon + 1, at);
  switch (kind) {
    case "overview": {
      const minutes = id === "" ? DEFAULT_OVERVIEW_MINUTES : Number(id);
      const usable = Number.isInteger(minutes) && minutes >= 1 && minutes <= MAX_OVERVIEW_MINUTES;
      return usable ? { kind, environment, minutes } : null;
    }
    case "journey":
    case "user":
    case "incident":
      return id === "" ? null : { kind, environment, id };
    case "journeys":
    case "incidents":
    case "open-incidents":
    case "sources":
      return colon < 0 ? { kind, environment } : null;
    default:
      return null;
  }
}
