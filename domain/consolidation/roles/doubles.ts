/** Test doubles, in test trees and in production code. */
import type { SourceModule } from "../program/program";
import type { Reason } from "../types";
import { type Base, type ClassAt, offered } from "./hierarchy";
import { routerAbove } from "./inheritance";
import { type Judging, type Verdict, verdictOf } from "./judging";

const DOUBLE_NAME = /^_?(Mock|Fake|Dummy|Spy|Stub|Test)(?=[A-Z_])|(Mock|Fake|Dummy|Spy|Stub|Double)$/;
/** What real ones are called too: the body decides. */
const MAYBE_DOUBLE_NAME = /^_?(Recording|NoOp|Noop|Null|InMemory)(?=[A-Z])/;
const DOUBLE_BASE = /(^|\.)(Mock|MagicMock|AsyncMock|NonCallableMock|SimpleNamespace)$/;

export function judgeDouble(
  judging: Judging,
  self: ClassAt,
  bases: Base[],
  kind: SourceModule["kind"],
): Verdict | null {
  const { file, fact } = self;
  const at = (line: number, text: string): Reason => ({ file, line, text });
  const base = bases.find(({ ref }) => DOUBLE_BASE.test(ref));
  if (base) return verdictOf("test_double", [at(fact.line, `derives from ${base.ref}`)]);
  const evidence = judging.evidence(self);
  const above = kind === "test" ? routerAbove(judging, self) : null;
  const methods = offered(fact);
  if (kind === "test") {
    if (fact.kind === "interface") return null;
    if (above)
      return verdictOf("test_double", [
        at(fact.line, `stands in a test tree and derives from ${above.fact.name}`),
        ...evidence.reasons,
      ]);
    if (evidence.reasons.length > 0)
      return verdictOf("test_double", [at(fact.line, "stands in a test tree"), ...evidence.reasons]);
    const known = methods.find((method) => judging.jobMethods.has(method.name));
    if (known) return verdictOf("test_double", [at(known.line, `stands in a test tree and offers ${known.name}()`)]);
  }
  const recording = methods.filter((method) => method.body.records);
  const [first] = recording;
  const works = evidence.registry || methods.some((method) => method.body.dispatches.length > 0);
  const harmless =
    !works &&
    methods.every((method) => method.body.records || method.body.shape === "empty" || method.body.statements <= 1);
  if (DOUBLE_NAME.test(fact.name) || (!works && MAYBE_DOUBLE_NAME.test(fact.name))) {
    const how = first ? [at(first.line, `${first.name}() only records what it is given`)] : [];
    return verdictOf("test_double", [at(fact.line, "is named as a double"), ...how]);
  }
  if (first && harmless) {
    return verdictOf("test_double", [
      at(
        first.line,
        `${first.name}() only records what it is given in ${first.body.records?.attribute}, and nothing here does more`,
      ),
    ]);
  }
  const outer = fact.scope.find((name) => /^(test_|_?(make|build|create)?_?(mock|fake|dummy|stub))/i.test(name));
  return outer ? verdictOf("test_double", [at(fact.line, `is defined inside ${outer}, for its test`)]) : null;
}
