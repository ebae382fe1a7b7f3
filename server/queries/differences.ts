/** What failed journeys have in common, held against healthy ones of the same period. */
import type { Differences, DifferenceView } from "@/contracts/http";
import { bucketAt } from "@/domain/differences/dimensions";
import { type Difference, findDifferences, NEEDED } from "@/domain/differences/find-differences";
import type { Database } from "@/server/storage/database";
import { type CompareFilter, countStatus, readComparison } from "@/server/storage/reading/read-differences";
import { iso } from "./iso";

interface Bounds {
  /** Journeys that are read of each side; a multiple of `slices`. */
  sample: number;
  /** Of more healthy ones, the newest of each of so many equal stretches of time: the same period, not only its end. */
  slices: number;
}

const BOUNDS: Bounds = { sample: 5_000, slices: 100 };
const MAX_VALUES = 500;
const MAX_ITEMS = 50;

export interface DifferencesQuery {
  environment: string;
  /** Null = since the oldest failed journey that is read. */
  from: Date | null;
  to: Date;
  filter: CompareFilter;
  alike: boolean;
}

export async function differences(db: Database, query: DifferencesQuery, bounds = BOUNDS): Promise<Differences> {
  const { sample, slices } = bounds;
  const { environment, to, filter, alike } = query;
  const count = (status: "failed" | "succeeded", from: Date | null, atMost: number) =>
    countStatus(db, { environment, status, from, to, atMost });
  const failed = await count("failed", query.from, sample + 1);
  const cut = failed.n > sample;
  const oldest = cut ? (await count("failed", query.from, sample)).oldest : (query.from ?? failed.oldest);
  const from = oldest ?? to;
  const healthy = await count("succeeded", from, sample + 1);
  const spread = healthy.n > sample;
  const rows = await readComparison(db, {
    environment,
    from,
    to,
    failedLimit: sample,
    slices: spread ? slices : 1,
    healthyPerSlice: spread ? sample / slices : sample,
    filter,
    alike,
    valueLimit: MAX_VALUES,
  });
  const sides = rows.find((row) => row.dimension === null) ?? { failed: 0, healthy: 0 };
  const chosen = chosenBy(filter);
  const isChosen = (dimension: string, value: string) =>
    chosen.some((choice) => choice.dimension === dimension && choice.value === value);
  const values = rows.flatMap(({ dimension, value, failed, healthy }) =>
    dimension === null || value === null || isChosen(dimension, value) ? [] : { dimension, value, failed, healthy },
  );
  const looked = Math.max(0, ...rows.map((row) => row.looked));
  const found = findDifferences(sides, values, looked);
  return {
    environment,
    from: iso(from),
    to: iso(to),
    failed: { compared: sides.failed, of: cut ? null : failed.n },
    healthy: { compared: sides.healthy, of: spread ? null : healthy.n },
    needed: NEEDED,
    alike,
    chosen,
    looked,
    items: found?.slice(0, MAX_ITEMS).map(differenceView) ?? null,
    omitted: Math.max(0, (found?.length ?? 0) - MAX_ITEMS),
  };
}

/** All failed ones have what they were chosen by: that says nothing about why they failed. */
function chosenBy({ router, versions, instances }: CompareFilter): Differences["chosen"] {
  const all = (dimension: "version" | "instance", values: string[] | null) =>
    (values ?? []).map((value) => ({ dimension, value }));
  return [
    ...(router === null ? [] : [{ dimension: "router" as const, value: router }]),
    ...all("version", versions),
    ...all("instance", instances),
  ];
}

function differenceView({ dimension, value, ...rest }: Difference): DifferenceView {
  const bucket = bucketAt(dimension, Number(value));
  const name = bucket ? `${bucket.from ?? ""}-${bucket.below ?? ""}` : value;
  return { dimension, value: name, bucket, ...rest };
}
