/** What a campaign and its criteria say. */
import { counted, figure, NO_DATA, percent } from "@/client/format";
import { commitName } from "@/client/role-words";
import type { Campaign, EvaluatedCriterion } from "@/contracts/http";
import { assertNever } from "@/domain/assert-never";
import type { Criterion } from "@/domain/consolidation/campaign";
import { CRITICAL_TYPES } from "@/domain/telemetry/event";

const MINUTE_MS = 60_000;

export interface CriterionWords {
  title: string;
  target: string;
  now: string;
}

export function criterionWords({ criterion, now }: Pick<EvaluatedCriterion, "criterion" | "now">): CriterionWords {
  const measured = (format: (value: number) => string) => (now === null ? NO_DATA : format(now));
  switch (criterion.kind) {
    case "implementations":
      return {
        ...{ title: `Implementations of ${criterion.concept}`, target: `≤ ${figure(criterion.max)}` },
        now: measured(figure),
      };
    case "compliance":
      return {
        ...{ title: `Compliance of ${criterion.concept}`, target: `≥ ${percent(criterion.min, 1)}` },
        now: measured((value) => percent(value, 1)),
      };
    case "legacy_imports":
      return {
        ...{ title: `Files with old imports of ${criterion.concept}`, target: `≤ ${figure(criterion.max)}` },
        now: measured(figure),
      };
    case "file_gone":
      return {
        ...{ title: `${criterion.file} is gone`, target: "gone" },
        now: measured((value) => (value === 0 ? "gone" : "there")),
      };
    case "reliability":
      return { title: "Reliability", target: `≥ ${percent(criterion.min)}`, now: measured(percent) };
    case "delivery":
      return { title: deliveryTitle(criterion), target: `≥ ${percent(criterion.min)}`, now: measured(percent) };
    case "leaks":
      return { title: "Critical and high leaks", target: `≤ ${figure(criterion.max)}`, now: measured(figure) };
    case "suite":
      return {
        ...{ title: `Test suite ${criterion.suite} passes`, target: "passes" },
        now: measured((value) => (value === 1 ? "passes" : "fails")),
      };
    default:
      return assertNever(criterion);
  }
}

function deliveryTitle({ types = [...CRITICAL_TYPES] }: Extract<Criterion, { kind: "delivery" }>): string {
  if (types.length < CRITICAL_TYPES.length) return `Delivery of ${types.join(", ")}, the least`;
  return `Delivery of each of the ${figure(types.length)} critical types, the least`;
}

/** Why nothing is said of a criterion; null where something is. */
export function unknownReason({
  criterion,
  now,
  met,
}: Pick<EvaluatedCriterion, "criterion" | "now" | "met">): string | null {
  if (met !== null) return null;
  if (now !== null) return "not every type was emitted in this time";
  switch (criterion.kind) {
    case "reliability":
    case "delivery":
    case "leaks":
      return "no traffic in this time";
    case "suite":
      return "no run in which a test ran";
    case "file_gone":
      return "the newest scan was uploaded without paths";
    case "implementations":
    case "compliance":
    case "legacy_imports":
      return "the newest scan does not say";
    default:
      return assertNever(criterion);
  }
}

export interface EvidenceLink {
  text: string;
  path: string;
  query: Record<string, string>;
}

const PARTS = {
  implementations: "symbols",
  compliance: "canonical_importers",
  legacy_imports: "legacy_importers",
} as const;

/** The page that shows what a criterion was read from, as it was read; null where there is nothing. */
export function evidenceLink(
  { criterion, evidence }: Pick<EvaluatedCriterion, "criterion" | "evidence">,
  environment: string,
): EvidenceLink | null {
  if (evidence === null) return null;
  switch (evidence.kind) {
    case "scan": {
      const found: Record<string, string> | null =
        "concept" in criterion
          ? { concept: criterion.concept, part: PARTS[criterion.kind] }
          : criterion.kind === "file_gone"
            ? { file: criterion.file }
            : null;
      return {
        text: `commit ${commitName(evidence.commit)}`,
        path: "/consolidation",
        query: { environment, scan: evidence.id, ...found },
      };
    }
    case "traffic":
      return criterion.kind === "leaks"
        ? { text: "incidents", path: "/incidents", query: { environment } }
        : { text: "its time", path: "/", query: { environment, from: evidence.from, to: evidence.to } };
    case "run": {
      const suite = criterion.kind === "suite" ? { suite: criterion.suite } : null;
      return { text: "its runs", path: "/consolidation/tests", query: { environment, ...suite } };
    }
    default:
      return assertNever(evidence);
  }
}

/** "10 minutes", "1 hour", "7 days". */
export function periodWords(minutes: number): string {
  if (minutes >= 1_440 && minutes % 1_440 === 0) return counted(minutes / 1_440, "day");
  return minutes >= 60 && minutes % 60 === 0 ? counted(minutes / 60, "hour") : counted(minutes, "minute");
}

/** When the campaign is done if nothing breaks what holds now, ISO; null while something is missed, and once it ended. */
export function doneAt({ criteria, holdMinutes, done, endedAt }: Campaign): string | null {
  if (done || endedAt !== null || criteria.some(({ met }) => met !== true)) return null;
  const sinceMs = criteria.map(({ since }) => (since === null ? Number.NaN : Date.parse(since)));
  const atMs = Math.max(...sinceMs) + holdMinutes * MINUTE_MS;
  return Number.isFinite(atMs) ? new Date(atMs).toISOString() : null;
}
