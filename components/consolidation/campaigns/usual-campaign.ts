/** What a new campaign asks for. */
import type { CampaignChange } from "@/contracts/http";
import type { Criterion } from "@/domain/consolidation/campaign";
import { parsePeriod } from "@/domain/consolidation/period";

export interface TypedCampaign {
  name: string;
  environment: string;
  concept: string;
  /** As {@link parsePeriod} reads it. */
  window: string;
  hold: string;
  /** Empty = no such criterion. */
  file: string;
  suite: string;
}

/** The usual criteria of "one implementation of this job". A period that is none is NaN, which no campaign takes. */
export function usualCampaign({ name, environment, concept, window, hold, file, suite }: TypedCampaign): {
  id: string;
  change: CampaignChange;
} {
  const criteria: Criterion[] = [
    { kind: "implementations", concept, max: 1 },
    { kind: "compliance", concept, min: 0.95 },
    { kind: "legacy_imports", concept, max: 0 },
    ...(file.trim() === "" ? [] : [{ kind: "file_gone" as const, file: file.trim() }]),
    { kind: "reliability", min: 0.995 },
    { kind: "delivery", min: 1 },
    { kind: "leaks", max: 0 },
    ...(suite.trim() === "" ? [] : [{ kind: "suite" as const, suite: suite.trim() }]),
  ];
  const id = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 63);
  const windowMinutes = parsePeriod(window) ?? Number.NaN;
  const holdMinutes = parsePeriod(hold) ?? Number.NaN;
  return { id, change: { name: name.trim(), environment, windowMinutes, holdMinutes, criteria } };
}
