/** What is odd about the data itself. Notes fail nothing. */
import { distinct } from "../collections/group-by";
import type { Facts } from "./facts";
import type { Verdict } from "./types";

type Note = Verdict["notes"][number];

/** Ids listed in one note. */
const MAX_IDS = 20;

export function notesOf(facts: Facts): Note[] {
  const unknownConnections = facts.events.filter(
    (event) =>
      event.connectionId !== null &&
      event.stage !== "routed" &&
      facts.connections.presenceOf(event).state === "unknown",
  );
  const strangers = facts.events.filter(
    (event) =>
      event.userId !== null && event.userId !== facts.owner.user && !facts.context.knownUsers.has(event.userId),
  );
  const notes: Note[] = [];
  const note = (code: string, text: string, events: readonly { id: string }[]) =>
    notes.push({
      code,
      text,
      eventIds: events.slice(0, MAX_IDS).map((event) => event.id),
      ...(events.length > MAX_IDS ? { eventIdsOmitted: events.length - MAX_IDS } : {}),
    });
  if (unknownConnections.length > 0) {
    const ids = distinct(unknownConnections.map((event) => event.connectionId)).sort();
    note(
      "unknown_connection",
      `${listed(ids)} ${ids.length === 1 ? "was" : "were"} never announced: nothing is lost, phantom or leaked by what went there.`,
      unknownConnections,
    );
  }
  if (strangers.length > 0) {
    const ids = distinct(strangers.map((event) => event.userId)).sort();
    note("unknown_user", `${listed(ids)} never authenticated on a connection: a claim, not a user.`, strangers);
  }
  if (facts.owner.user === null) {
    note(
      "owner_unknown",
      "Nobody known owns this journey, so no loss and no leak is judged.",
      facts.events.slice(0, 1),
    );
  }
  return notes;
}

function listed(ids: readonly (string | null)[]): string {
  const more = ids.length - MAX_IDS;
  return `${ids.slice(0, MAX_IDS).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
