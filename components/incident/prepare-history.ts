import type { IncidentEvent } from "@/contracts/http";
import { inVersion } from "../incidents/incident-status";

/** What happened, as the words that follow who did it. */
export function historyText({ action, from, version }: IncidentEvent): string {
  switch (action) {
    case "detected":
      return `Found ${inVersion(version)}.`;
    case "acknowledged":
      return "acknowledged it.";
    case "resolved":
      return "resolved it.";
    case "reopened":
      return from === "resolved" ? "opened it again." : "gave it back.";
    case "regressed":
      return `Came back ${inVersion(version)}.`;
    case "withdrawn":
      return "Later telemetry disproved every occurrence.";
    case "proved_again":
      return "An occurrence stands again.";
    case "muted":
      return "muted it until";
    case "unmuted":
      return "ended the mute.";
    case "noted":
      return "wrote:";
  }
}
