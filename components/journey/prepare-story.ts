import { duration } from "@/client/format";
import { findingTitle } from "@/client/words";
import type { FindingView, JourneyDetail } from "@/contracts/http";

/** The finding that the journey broke by; null unless it failed. */
export function breakingFinding(journey: JourneyDetail): FindingView | null {
  if (journey.brokenAt === null) return null;
  return (
    journey.findings.find((finding) => finding.code === journey.brokenBy && finding.step === journey.brokenAt?.step) ??
    journey.findings.find((finding) => finding.code === journey.brokenBy) ??
    journey.findings.find((finding) => finding.fails) ??
    null
  );
}

/** One or two sentences that say what happened. */
export function prepareStory(journey: JourneyDetail): string {
  const broken = breakingFinding(journey);
  if (broken) return asSentence(broken.summary);
  const warnings = journey.findings.filter((finding) => finding.severity !== "info");
  switch (journey.status) {
    case "succeeded":
      return `Every owed step was observed; the answer was delivered ${afterStart(journey)}.`;
    case "degraded":
      return `The answer was delivered ${afterStart(journey)}, with ${list(warnings)}.${first(warnings)}`;
    case "running":
      return `Still running: no deadline has passed so far.${first(warnings)}`;
    case "cancelled":
      return "The user stopped the run before its end.";
    case "abandoned":
      return "The user closed the last connection before the answer was delivered, and did not come back.";
    case "unobserved":
      return "A source could not be heard during this journey, so what is missing proves nothing. It counts neither as good nor as failed.";
    default:
      return `The journey ${journey.status}.${first(journey.findings)}`;
  }
}

/** A summary as a sentence of its own; a name such as agent_completed at its beginning stays as it is. */
export function asSentence(summary: string): string {
  const firstWord = summary.split(" ", 1)[0] ?? "";
  const begun = /[_:]/.test(firstWord) ? summary : summary.charAt(0).toUpperCase() + summary.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

function afterStart(journey: JourneyDetail): string {
  return journey.durationMs === null ? "in full" : `${duration(journey.durationMs)} after the request`;
}

function list(findings: FindingView[]): string {
  return findings.map((finding) => findingTitle(finding.code).toLowerCase()).join(", ") || "findings";
}

function first(findings: FindingView[]): string {
  return findings[0] ? ` ${asSentence(findings[0].summary)}` : "";
}
