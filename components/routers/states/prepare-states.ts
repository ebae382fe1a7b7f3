/** Reports of components as bands on one axis. Pure. */
import { outOf } from "@/client/format";
import type { ComponentRow, RouterList } from "@/contracts/http";
import type { Band, Lane, PreparedStates, StateTone } from "./prepared-states";
import { stateTone } from "./state-tone";

type Input = Pick<RouterList, "from" | "to" | "components" | "unheard">;

const TROUBLE: Record<StateTone, number> = { bad: 3, warn: 2, plain: 0, unknown: 0, good: 0 };

/** Those that end in trouble come first, then those that were in trouble, each by name. */
export function prepareStates({ from, to, components: { items, omitted }, unheard }: Input): PreparedStates {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const lanes = items.map((row) => laneOf(row, fromMs, toMs));
  lanes.sort((a, b) => TROUBLE[b.last.tone] - TROUBLE[a.last.tone] || worst(b) - worst(a));
  return {
    fromMs,
    toMs,
    lanes,
    unheard: unheard.map((span) => ({ ...span, fromMs: Date.parse(span.from), toMs: Date.parse(span.to) })),
    total: items.length + omitted,
    bad: lanes.filter(({ last }) => last.tone === "bad").length,
    degraded: lanes.filter(({ last }) => last.tone === "warn").length,
    omitted: omitted > 0 ? `${outOf(items.length, omitted)} components, those that reported last` : null,
  };
}

function worst({ bands }: Lane): number {
  return Math.max(0, ...bands.map(({ tone }) => TROUBLE[tone]));
}

function laneOf(row: ComponentRow, fromMs: number, toMs: number): Lane {
  const bands = bandsOf(row, fromMs, toMs);
  const last = bands.at(-1);
  return {
    key: JSON.stringify([row.environment, row.component, row.service, row.instance]),
    component: row.component,
    where: [row.service, row.instance].filter((part) => part !== null).join(" · "),
    router: row.router,
    bands,
    last: { state: last?.state ?? "unknown", tone: last?.tone ?? "unknown" },
    lastReportAt: row.lastReportAt,
  };
}

/** Before the first report known nothing is: neither good nor bad. */
function bandsOf({ before, changes, knownFrom }: ComponentRow, fromMs: number, toMs: number): Band[] {
  const reports = [...(before && knownFrom === null ? [before] : []), ...changes].map(({ at, state }) => ({
    at,
    state,
    atMs: Date.parse(at),
  }));
  const firstMs = reports[0]?.atMs ?? toMs;
  const unknown: Band[] =
    firstMs > fromMs
      ? [
          {
            ...{ key: "unknown", state: null, tone: "unknown", fromMs, toMs: Math.min(firstMs, toMs) },
            ...{ reportedAt: null, fromBefore: true, lasts: reports.length === 0 },
            title: knownFrom === null ? "nothing was reported yet" : "too many changes: the older ones are not shown",
          },
        ]
      : [];
  const known = reports.map(({ at, atMs, state }, i): Band => {
    const next = reports[i + 1];
    return {
      key: at + state,
      state,
      tone: stateTone(state),
      fromMs: Math.max(atMs, fromMs),
      toMs: next?.atMs ?? toMs,
      reportedAt: at,
      fromBefore: atMs < fromMs,
      lasts: next === undefined,
      title: state,
    };
  });
  return [...unknown, ...known].filter((band) => band.toMs > band.fromMs);
}

export interface StateRow {
  key: string;
  lane: Lane;
  band: Band;
  /** Of the whole stretch, also what lies before the range; null where it has no beginning. */
  lastedMs: number | null;
}

/** Every band as a row, newest first within its component; `omitted` of them are left out. */
export function stateRows(lanes: readonly Lane[], max: number): { rows: StateRow[]; omitted: number } {
  const rows = lanes.flatMap((lane) =>
    lane.bands.toReversed().map((band) => ({
      key: `${lane.key} ${band.key}`,
      lane,
      band,
      lastedMs: band.reportedAt === null ? null : band.toMs - Date.parse(band.reportedAt),
    })),
  );
  return { rows: rows.slice(0, max), omitted: Math.max(0, rows.length - max) };
}
