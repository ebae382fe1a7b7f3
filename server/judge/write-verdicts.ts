/** Makes the stored verdicts, ids, leaks and counters equal to what was judged, and tells what changed. */
import type { JourneyRow } from "@/contracts/http";
import {
  type AliasRow,
  changeAliases,
  deleteJourneys,
  type JourneyKey,
  type JudgedJourney,
  type PreviousJourney,
  previousJourneys,
  upsertJourneys,
} from "@/server/storage/judging/journeys";
import { deleteLoose, previousLoose, upsertLoose } from "@/server/storage/judging/loose-messages";
import { type FoundLeaks, replaceOccurrences } from "@/server/storage/judging/occurrences";
import type { Deltas } from "@/server/storage/judging/rollups";
import type { Session } from "@/server/storage/judging/transaction";
import type { JudgedComponent } from "./judge-component";

export interface WrittenVerdicts {
  changed: { environment: string; row: JourneyRow }[];
  removed: JourneyKey[];
  incidentEnvironments: string[];
}

const nameOf = ({ environment, key }: JourneyKey) => `${environment}\u0000${key}`;

/** Writes a batch. The locks of everything in it are held; deltas of counters are added to `deltas`. Beside them stand the leaks that no journey or message alone proves. */
export async function writeVerdicts(
  session: Session,
  components: readonly JudgedComponent[],
  leaksBeside: readonly FoundLeaks[],
  deltas: Deltas,
  nowMs: number,
): Promise<WrittenVerdicts> {
  const keys = components.flatMap(({ environment, keys }) => distinct(keys).map((key) => ({ environment, key })));
  const stored = new Map((await previousJourneys(session, keys)).map((row) => [nameOf(row), row]));
  const journeys = components
    .flatMap((component) => component.journeys)
    .filter(({ verdict }) => !stored.get(nameOf(verdict))?.frozen);
  const current = new Set(journeys.map(({ verdict }) => nameOf(verdict)));
  const retired = [...stored.values()].filter((row) => !row.frozen && !current.has(nameOf(row)));
  const changedKeys = new Set((await upsertJourneys(session, journeys, nowMs)).map(nameOf));
  await deleteJourneys(session, retired);
  const { added, removed } = aliasChanges(journeys, retired, stored);
  await changeAliases(session, added, removed);
  for (const { environment, contribution } of retired) deltas.add(environment, contribution, -1);
  for (const { verdict, contribution } of journeys) {
    const before = stored.get(nameOf(verdict));
    if (before) deltas.add(verdict.environment, before.contribution, -1);
    deltas.add(verdict.environment, contribution, 1);
  }

  await writeLoose(session, components, deltas, nowMs);

  const subjects = components.flatMap(({ environment, keys, looseKeys }) => [
    ...distinct(keys).map((key) => ({ environment, key })),
    ...looseKeys.map((key) => ({ environment, key: `loose ${key}` })),
  ]);
  const frozen = new Set([...stored.values()].filter((row) => row.frozen).map(nameOf));
  const isCurrent = (subject: JourneyKey) => !frozen.has(nameOf(subject));
  const found = components
    .flatMap((component) => component.occurrences)
    .filter(({ environment, subject }) => isCurrent({ environment, key: subject }));
  const incidentEnvironments = await replaceOccurrences(
    session,
    {
      subjects: [...subjects.filter(isCurrent), ...leaksBeside.flatMap((leaks) => leaks.subjects)],
      found: [...found, ...leaksBeside.flatMap((leaks) => leaks.found)],
    },
    nowMs,
  );
  return {
    changed: journeys
      .filter(({ verdict }) => changedKeys.has(nameOf(verdict)))
      .map((journey) => ({ environment: journey.verdict.environment, row: journeyRow(journey) })),
    removed: retired.map(({ environment, key }) => ({ environment, key })),
    incidentEnvironments,
  };
}

async function writeLoose(
  session: Session,
  components: readonly JudgedComponent[],
  deltas: Deltas,
  nowMs: number,
): Promise<void> {
  const keys = components.flatMap(({ environment, looseKeys }) => looseKeys.map((key) => ({ environment, key })));
  const stored = new Map((await previousLoose(session, keys)).map((row) => [nameOf(row), row]));
  const loose = components.flatMap((component) => component.loose);
  const current = new Set(loose.map(nameOf));
  const retired = [...stored.values()].filter((row) => !current.has(nameOf(row)));
  for (const { environment, contribution } of retired) deltas.add(environment, contribution, -1);
  for (const row of loose) {
    const before = stored.get(nameOf(row));
    if (before) deltas.add(row.environment, before.contribution, -1);
    deltas.add(row.environment, row.contribution, 1);
  }
  await upsertLoose(session, loose, nowMs);
  await deleteLoose(session, retired);
}

function aliasChanges(
  journeys: readonly JudgedJourney[],
  retired: readonly PreviousJourney[],
  stored: ReadonlyMap<string, PreviousJourney>,
): { added: AliasRow[]; removed: AliasRow[] } {
  const added: AliasRow[] = [];
  const removed: AliasRow[] = retired.flatMap(({ environment, key, aliases }) =>
    aliases.map((alias) => ({ environment, key, alias })),
  );
  for (const { verdict, aliases } of journeys) {
    const { environment, key } = verdict;
    const before = stored.get(nameOf(verdict))?.aliases ?? [];
    for (const alias of aliases) if (!before.includes(alias)) added.push({ environment, key, alias });
    for (const alias of before) if (!aliases.includes(alias)) removed.push({ environment, key, alias });
  }
  return { added, removed };
}

function distinct(items: readonly string[]): string[] {
  return [...new Set(items)];
}

const iso = (ms: number) => new Date(ms).toISOString();

/** A verdict as the lists show it. */
function journeyRow({ verdict }: JudgedJourney): JourneyRow {
  return {
    id: verdict.id,
    key: verdict.key,
    environment: verdict.environment,
    status: verdict.status,
    owner: verdict.owner,
    startedAt: iso(verdict.startedAtMs),
    endedAt: verdict.endedAtMs === null ? null : iso(verdict.endedAtMs),
    durationMs: verdict.durationMs,
    brokenAt: verdict.brokenAt,
    brokenBy: verdict.brokenBy,
    findings: distinct(verdict.findings.map((finding) => finding.code)).sort(),
    routers: verdict.routers,
    versions: verdict.versions,
    eventCount: verdict.eventCount,
  };
}
