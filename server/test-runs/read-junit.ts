/**
 * JUnit XML as test programs write it (there is no schema: testmoapp/junitxml), read as a stream of tags. Counts come from
 * the test cases, not from what the file says of itself. Text (messages, output) is passed over. A document type, an entity
 * of the file's own or a limit passed ends the reading.
 */
import { setImmediate as breathe } from "node:timers/promises";
import { type SaxesAttributePlain, SaxesParser, type SaxesTagPlain } from "saxes";

export const MAX_JUNIT_BYTES = 5 * 2 ** 20;
const MAX_CASES = 100_000;
const MAX_DEPTH = 32;
const MAX_FAILED_NAMED = 200;
const MAX_NAME = 256;
/** So much is parsed before others have their turn. */
const SLICE_CHARACTERS = 2 ** 16;
/** Property by which a test, or a suite for all its tests, says what it talks to: "real" or "mock". */
const CONNECTION = "signalbox.connection";

type Outcome = "passed" | "failure" | "error" | "skipped";
export type Connection = "real" | "mock" | null;

export interface JunitRun {
  /** Name of the outermost suite; null where it has none. */
  name: string | null;
  /** Earliest time of a suite; without a zone it is read as UTC. */
  startedAtMs: number | null;
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
  durationMs: number | null;
  realConnections: number;
  mockedConnections: number;
  failed: { name: string; kind: "failure" | "error" }[];
}
export type JunitResult = { ok: true; run: JunitRun } | { ok: false; message: string };

class Refused extends Error {}

interface OpenCase {
  name: string;
  outcome: Outcome;
  connection: Connection;
}

/** @param assumed what tests talk to that do not say it */
export async function readJunit(xml: string, assumed: Connection = null): Promise<JunitResult> {
  const reader = createReader(assumed);
  try {
    for (let at = 0; at < xml.length; at += SLICE_CHARACTERS) {
      reader.write(xml.slice(at, at + SLICE_CHARACTERS));
      await breathe();
    }
    return { ok: true, run: reader.end() };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, message: error.message };
    throw error;
  }
}

function createReader(assumed: Connection) {
  const parser = new SaxesParser();
  const run: JunitRun = {
    ...{ name: null, startedAtMs: null, tests: 0, failures: 0, errors: 0, skipped: 0, durationMs: null },
    ...{ realConnections: 0, mockedConnections: 0, failed: [] },
  };
  const path: string[] = [];
  /** What each open suite says of the connections of its tests. */
  const suites: Connection[] = [];
  let open: OpenCase | null = null;

  parser.on("error", (error) => {
    throw new Refused(`is not well-formed XML: ${error.message.slice(0, 200)}`);
  });
  parser.on("doctype", () => {
    throw new Refused("has a document type, which is not read");
  });
  parser.on("opentag", (tag) => {
    const name = tag.name.toLowerCase();
    if (path.length === 0 && name !== "testsuites" && name !== "testsuite") {
      throw new Refused("is not JUnit XML: it begins with neither testsuites nor testsuite");
    }
    if (path.push(name) > MAX_DEPTH) throw new Refused(`is nested deeper than ${MAX_DEPTH}`);
    if (name === "testsuites" || name === "testsuite") beginSuite(tag);
    else if (name === "testcase") beginCase(tag);
    else if (name === "property") takeProperty(tag);
    else if (open && path.at(-2) === "testcase") open.outcome = worse(open.outcome, name);
  });
  parser.on("closetag", (tag) => {
    const name = tag.name.toLowerCase();
    path.pop();
    if (name === "testsuites" || name === "testsuite") suites.pop();
    if (name === "testcase" && open) endCase(open);
  });

  function beginSuite(tag: SaxesTagPlain): void {
    suites.push(null);
    if (path.length <= 2) run.name ??= attribute(tag, "name");
    const startedAtMs = timeOf(attribute(tag, "timestamp"));
    if (startedAtMs !== null) run.startedAtMs = Math.min(run.startedAtMs ?? startedAtMs, startedAtMs);
  }

  function beginCase(tag: SaxesTagPlain): void {
    run.tests += 1;
    if (run.tests > MAX_CASES) throw new Refused(`has more than ${MAX_CASES} test cases`);
    const names = [attribute(tag, "classname"), attribute(tag, "name")].filter((part) => part !== null);
    open = { name: names.join(" › ").slice(0, MAX_NAME) || "without a name", outcome: "passed", connection: null };
    const seconds = Number.parseFloat(attribute(tag, "time")?.replaceAll(",", "") ?? "");
    if (seconds >= 0 && Number.isFinite(seconds)) run.durationMs = (run.durationMs ?? 0) + seconds * 1_000;
  }

  function takeProperty(tag: SaxesTagPlain): void {
    if (attribute(tag, "name") !== CONNECTION) return;
    const value = attribute(tag, "value");
    const connection = value === "real" || value === "mock" ? value : null;
    if (open) open.connection = connection;
    else if (suites.length > 0) suites[suites.length - 1] = connection;
  }

  function endCase({ name, outcome, connection }: OpenCase): void {
    open = null;
    if (outcome === "skipped") run.skipped += 1;
    if (outcome === "failure") run.failures += 1;
    if (outcome === "error") run.errors += 1;
    if ((outcome === "failure" || outcome === "error") && run.failed.length < MAX_FAILED_NAMED) {
      run.failed.push({ name, kind: outcome });
    }
    const used = connection ?? suites.findLast((said) => said !== null) ?? assumed;
    if (outcome === "skipped" || used === null) return;
    if (used === "real") run.realConnections += 1;
    else run.mockedConnections += 1;
  }

  return {
    write: (text: string) => void parser.write(text),
    end(): JunitRun {
      parser.close();
      return run;
    },
  };
}

const RANK: Record<string, number> = { passed: 0, skipped: 1, failure: 2, error: 3 };

/** The graver of what a case is known as and what one of its children says. */
function worse(known: Outcome, child: string): Outcome {
  return (RANK[child] ?? 0) > (RANK[known] ?? 0) ? (child as Outcome) : known;
}

function attribute(tag: SaxesTagPlain, name: string): string | null {
  const value: SaxesAttributePlain["value"] | undefined = tag.attributes[name];
  const plain = value
    ?.replace(/[\p{Cc}\p{Cs}]/gu, " ")
    .trim()
    .slice(0, MAX_NAME);
  return plain ? plain : null;
}

function timeOf(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d\d-\d\dT/.test(text)) return null;
  const timeMs = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(timeMs) || timeMs < 0 ? null : timeMs;
}
