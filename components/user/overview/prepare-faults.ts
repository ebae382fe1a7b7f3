import { counted } from "@/client/format";
import { findingTitle, leakRule } from "@/client/words";
import type { TimelineSummary, UserLanes } from "@/contracts/http";
import type { TimeScale } from "./prepare-scale";
import type { Fault, FaultKind } from "./prepared-overview";

const APART_PX = 20;
/** The gravest kind stands for those around it. */
const GRAVITY: FaultKind[] = ["leak", "missing", "error"];
const WORDS: Record<FaultKind, { one: string; many: string }> = {
  leak: { one: "leak", many: "leaks" },
  missing: { one: "event that never came", many: "events that never came" },
  error: { one: "error", many: "errors" },
};

type Single = Omit<Fault, "count">;

/** Errors, events that were owed and never came, and leaks, by time; those too close to tell apart are one mark. */
export function prepareFaults(
  user: string,
  summary: Pick<TimelineSummary, "errors">,
  lanes: Pick<UserLanes, "missing" | "leaks"> | undefined,
  scale: TimeScale,
): Fault[] {
  // A mark at either edge is drawn whole.
  const room = APART_PX / 2;
  const place = (at: string) => Math.min(Math.max(scale.xOf(Date.parse(at)), room), scale.widthPx - room);
  const leaked = new Set(lanes?.leaks.flatMap(({ eventIds }) => eventIds));
  const singles: Single[] = [
    ...(lanes?.leaks ?? []).map((leak, n) => ({
      ...{ key: `leak ${n}`, kind: "leak" as const, x: place(leak.at), at: leak.at, journeyId: null },
      eventId: leak.eventIds.at(-1) ?? null,
      title: leakRule(leak.rule).title,
      detail: detailOf(leak, user),
    })),
    ...(lanes?.missing ?? []).map((missing, n) => ({
      ...{ key: `missing ${n}`, kind: "missing" as const, x: place(missing.at), at: missing.at, eventId: null },
      journeyId: missing.journeyId,
      title: findingTitle(missing.code),
      detail: missing.summary,
    })),
    ...summary.errors
      .filter(({ id }) => !leaked.has(id))
      .map((error) => ({
        ...{ key: `error ${error.id}`, kind: "error" as const, x: place(error.at), at: error.at, eventId: error.id },
        journeyId: null,
        title: `${error.type ?? "event"} ${error.stage === "dropped" ? "dropped" : `${error.stage} with an error`}`,
        detail: error.connectionId ? `on connection ${error.connectionId}` : "on no connection",
      })),
  ].filter(({ at }) => Date.parse(at) >= scale.fromMs && Date.parse(at) <= scale.toMs);
  return clusters(singles.sort((a, b) => a.x - b.x));
}

function clusters(singles: Single[]): Fault[] {
  const groups: Single[][] = [];
  for (const single of singles) {
    const group = groups.at(-1);
    if (group?.[0] && single.x - group[0].x < APART_PX) group.push(single);
    else groups.push([single]);
  }
  return groups.flatMap((group) => {
    const gravest = GRAVITY.flatMap((kind) => group.find((single) => single.kind === kind) ?? [])[0];
    if (!gravest) return [];
    if (group.length === 1) return [{ ...gravest, count: 1 }];
    const kinds = GRAVITY.flatMap((kind) => {
      const count = group.filter((single) => single.kind === kind).length;
      return count > 0 ? counted(count, WORDS[kind].one, WORDS[kind].many) : [];
    });
    return [
      { ...gravest, count: group.length, title: kinds.join(", "), detail: `first ${gravest.title}: ${gravest.detail}` },
    ];
  });
}

function detailOf({ rule, owner, recipient }: UserLanes["leaks"][number], user: string): string {
  if (rule !== "wrong_recipient") return leakRule(rule).meaning;
  return owner === user
    ? `a message of theirs reached ${recipient ?? "somebody"}`
    : `a message of ${owner ?? "somebody"} reached them`;
}
