import { pathOf } from "@/client/recent";
import { findingTitle } from "@/client/words";
import { SEARCH_KINDS, type SearchAnswer, type SearchHit, type SearchKind } from "@/contracts/http";
import { assertNever } from "@/domain/assert-never";
import type { Choice, PaletteGroup, PaletteItem } from "./palette-item";

const TITLES: Record<SearchKind, string> = {
  user: "Users",
  run: "Runs",
  message: "Messages",
  connection: "Connections",
  thread: "Threads",
  incident: "Incidents",
};

/** What was found, by kind. Kinds with an exact hit come first. */
export function prepareHits(answer: SearchAnswer, inView: string | null): PaletteGroup[] {
  const groups = SEARCH_KINDS.map((kind) => {
    const hits = answer.items.filter((hit) => hit.kind === kind);
    return {
      title: TITLES[kind],
      items: hits.map((hit, place) => hitItem(hit, place, inView)),
      more: answer.more.includes(kind),
      exact: hits.some((hit) => hit.exact),
    };
  });
  return groups
    .filter((group) => group.items.length > 0)
    .sort((a, b) => Number(b.exact) - Number(a.exact))
    .map(({ exact: _exact, ...group }) => group);
}

function hitItem(hit: SearchHit, place: number, inView: string | null): PaletteItem {
  return {
    value: `${hit.kind}/${place}/${hit.id}`,
    icon: hit.kind,
    title: hit.id,
    isId: true,
    details: details(hit).filter((detail) => detail !== null),
    status: hit.kind === "incident" || hit.kind === "connection" ? null : hit.status,
    at: hit.at,
    environment: hit.environment === inView ? null : hit.environment,
    choice: choice(hit),
  };
}

function details(hit: SearchHit): (string | null)[] {
  switch (hit.kind) {
    case "user":
      return [hit.connected ? "connected now" : null];
    case "run":
      return [hit.owner, hit.journeyId === hit.id ? null : `part of ${hit.journeyId}`];
    case "message":
      return [hit.type, hit.owner ?? hit.userId, hit.journeyId === null ? "of no journey" : null];
    case "connection":
      return [hit.userId, hit.instance || null, hit.state === "never_seen_open" ? "never seen to open" : hit.state];
    case "thread":
      return [hit.owner];
    case "incident":
      return [findingTitle(hit.rule), hit.router, hit.status];
    default:
      return assertNever(hit);
  }
}

/** Where a hit leads: the page that shows most of it. */
function choice(hit: SearchHit): Choice | null {
  const open = (path: string, query: Record<string, string | null> = {}): Choice => ({
    do: "open",
    path,
    query,
    environment: hit.environment,
  });
  switch (hit.kind) {
    case "user":
      return open(pathOf("user", hit.id));
    case "run":
      return hit.journeyId === null ? null : open(pathOf("journey", hit.journeyId));
    case "message":
      if (hit.journeyId !== null) return open(pathOf("journey", hit.journeyId));
      return hit.userId === null ? null : open(pathOf("user", hit.userId), { from: hit.at });
    case "connection":
      if (hit.userId === null) return open("/journeys", { connection: hit.id });
      return open(pathOf("user", hit.userId), { from: hit.openedAt, to: hit.openedAt && hit.closedAt });
    case "thread":
      return open("/journeys", { thread: hit.id });
    case "incident":
      return open(pathOf("incident", hit.id));
    default:
      return assertNever(hit);
  }
}
