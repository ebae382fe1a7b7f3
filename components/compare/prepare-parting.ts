import { stepStateWord, stepTitle } from "@/client/words";
import type { JourneyDetail } from "@/contracts/http";
import { partingStep, type StepRow, type StepSide } from "./prepare-comparison";

/** Where two journeys went different ways, in a sentence or two. */
export function partingWords(rows: readonly StepRow[], left: JourneyDetail, right: JourneyDetail): string {
  const parting = partingStep(rows);
  if (!parting) {
    const alike =
      left.status === right.status ? "" : ` One ${left.status}, the other ${right.status}: see the findings.`;
    return `Both went the same way through every step.${alike}`;
  }
  const title = stepTitle(parting.step).toLowerCase();
  const before = rows.slice(0, rows.indexOf(parting)).findLast(({ left, right }) => left?.at && right?.at);
  const until = before ? `The same up to ${stepTitle(before.step).toLowerCase()}; they` : "They";
  return `${until} part at ${title}: on the left ${sideWords(parting, parting.left)}, on the right ${sideWords(parting, parting.right)}.`;
}

function sideWords({ differs }: StepRow, side: StepSide | null): string {
  if (!side) return "no such step";
  const parts = [differs.includes("state") ? stepStateWord(side.state) : null];
  if ((differs.includes("hop") || differs.includes("state")) && side.hop) parts.push(`as far as ${side.hop}`);
  if (differs.includes("router") && side.router) parts.push(`router ${side.router}`);
  else if (differs.includes("handler") && side.handler) parts.push(`handler ${side.handler}`);
  return parts.filter(Boolean).join(", ") || stepStateWord(side.state);
}
