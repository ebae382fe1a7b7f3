/** What a campaign's criteria say, and what a new one asks for. */
import { figure, NO_DATA, percent } from "@/client/format";
import type { CampaignChange, EvaluatedCriterion } from "@/contracts/http";
import { assertNever } from "@/domain/assert-never";
import type { Criterion } from "@/domain/consolidation/campaign";

export interface CriterionWords {
  title: string;
  target: string;
  now: string;
  /** Page with the evidence, and its query. */
  evidence: { path: string; query: Record<string, string> };
}

export function criterionWords({ criterion, now }: Pick<EvaluatedCriterion, "criterion" | "now">): CriterionWords {
  const measured = (format: (value: number) => string) => (now === null ? NO_DATA : format(now));
  switch (criterion.kind) {
    case "implementations":
      return {
        ...{ title: `Implementations of ${criterion.concept}`, target: `≤ ${figure(criterion.max)}` },
        ...{ now: measured(figure), evidence: ofConcept(criterion.concept, "symbols") },
      };
    case "compliance":
      return {
        ...{ title: `Compliance of ${criterion.concept}`, target: `≥ ${percent(criterion.min, 1)}` },
        ...{
          now: measured((value) => percent(value, 1)),
          evidence: ofConcept(criterion.concept, "canonical_importers"),
        },
      };
    case "legacy_imports":
      return {
        ...{ title: `Files with old imports of ${criterion.concept}`, target: `≤ ${figure(criterion.max)}` },
        ...{ now: measured(figure), evidence: ofConcept(criterion.concept, "legacy_importers") },
      };
    case "file_gone":
      return {
        ...{ title: `${criterion.file} is gone`, target: "gone" },
        ...{
          now: measured((value) => (value === 0 ? "gone" : "there")),
          evidence: { path: "/consolidation", query: {} },
        },
      };
    case "reliability":
      return {
        ...{ title: "Reliability, a day", target: `≥ ${percent(criterion.min)}` },
        ...{ now: measured(percent), evidence: { path: "/", query: { last: "24h" } } },
      };
    case "delivery":
      return {
        ...{ title: "Delivery of the worst critical type, a day", target: `≥ ${percent(criterion.min)}` },
        ...{ now: measured(percent), evidence: { path: "/", query: { last: "24h" } } },
      };
    case "leaks":
      return {
        ...{ title: "Critical and high leaks, a day", target: `≤ ${figure(criterion.max)}` },
        ...{ now: measured(figure), evidence: { path: "/incidents", query: {} } },
      };
    case "suite":
      return {
        ...{ title: `Test suite ${criterion.suite} passes`, target: "passes" },
        ...{
          now: measured((value) => (value === 1 ? "passes" : "fails")),
          evidence: { path: "/consolidation/tests", query: {} },
        },
      };
    default:
      return assertNever(criterion);
  }
}

function ofConcept(concept: string, part: string): CriterionWords["evidence"] {
  return { path: "/consolidation", query: { concept, part } };
}

export interface TypedCampaign {
  name: string;
  environment: string;
  concept: string;
  holdDays: string;
  /** Empty = no such criterion. */
  file: string;
  suite: string;
}

/** The usual criteria of "one implementation of this job". */
export function usualCampaign({ name, environment, concept, holdDays, file, suite }: TypedCampaign): {
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
  return { id, change: { name: name.trim(), environment, holdDays: Number(holdDays), criteria } };
}
