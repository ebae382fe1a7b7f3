/** Functions of a concept: factories, and implementations without a class. */
import { matchingPattern } from "../concept";
import type { FunctionFact } from "../facts";
import type { Reason, Role } from "../types";
import { type Judging, madeBy } from "./judging";

/** What makes a function a factory or an accessor of the concept; null where it is neither. */
export function factoryOf(judging: Judging, file: string, fact: FunctionFact): Reason[] | null {
  if (fact.scope.length > 0) return null;
  const made = madeBy(judging, file, fact);
  if (!made || !judging.isRouter(made.at)) return null;
  const { role } = judging.verdict(made.at);
  if (role === "test_double" || role === "backup_copy") return null;
  const reasons = [
    { file, line: made.line, text: `${made.text}: ${made.at.fact.name} (${made.at.file}:${made.at.fact.line})` },
  ];
  if (fact.deprecated !== null) reasons.push({ file, line: fact.deprecated, text: "warns that it is deprecated" });
  return reasons;
}

export function judgeFunction(
  judging: Judging,
  file: string,
  fact: FunctionFact,
): { role: Role; reasons: Reason[] } | null {
  const canonical = judging.canonicalFunction;
  if (canonical?.file === file && canonical.fact === fact) {
    const reason = { file, line: fact.line, text: "is the canonical symbol of the config" };
    return { role: "canonical", reasons: [reason, ...(implementation(judging, file, fact) ?? [])] };
  }
  const factory = factoryOf(judging, file, fact);
  if (factory) return { role: "factory", reasons: factory };
  const pattern = matchingPattern(judging.concept, fact.name);
  const hinted = judging.concept.methods.includes(fact.name);
  if (!pattern && !hinted) return null;
  const own = implementation(judging, file, fact);
  if (!own)
    return pattern
      ? {
          role: "unrelated",
          reasons: [
            {
              file,
              line: fact.line,
              text: `a function whose name fits ${pattern}: it neither dispatches messages nor makes a router`,
            },
          ],
        }
      : null;
  if (judging.liveness.isLive(file, fact.name, fact.line)) return { role: "duplicate", reasons: own };
  return { role: "dormant", reasons: [{ file, line: fact.line, text: "full body, but nothing imports it" }, ...own] };
}

/** Handlers kept in a variable of the function or the module, looked up by type and called. */
function implementation(judging: Judging, file: string, fact: FunctionFact): Reason[] | null {
  const facts = judging.program.modules.get(file)?.facts;
  for (const { registry, by, line } of fact.body.dispatches) {
    if (registry === null || by === "fan_out" || registry.startsWith("self")) continue;
    const inside = fact.body.registers.find((one) => one.registry === registry);
    const beside = facts?.functions.find((one) => one.body.registers.some((taken) => taken.registry === registry));
    const held = facts?.bindings.find((binding) => binding.name === registry);
    if (!inside && !(held && (beside || held.kind === "value"))) continue;
    return [
      { file, line: inside?.line ?? held?.line ?? line, text: `keeps handlers in ${registry}` },
      { file, line, text: `${fact.name}() looks a handler up in ${registry} and calls it` },
    ];
  }
  return null;
}
