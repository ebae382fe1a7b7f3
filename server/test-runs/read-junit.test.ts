import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJunit } from "./read-junit";

const suite = (inner: string, attributes = "") =>
  `<?xml version="1.0"?><testsuite name="routing" ${attributes}>${inner}</testsuite>`;
async function read(xml: string) {
  const result = await readJunit(xml);
  if (!result.ok) throw new Error(result.message);
  return result.run;
}

describe("JUnit XML", () => {
  it("is counted by its cases, whatever it says of itself", async () => {
    const xml = `<testsuites name="all" tests="99" failures="0">
      <testsuite name="a" timestamp="2026-11-21T10:00:00" tests="1">
        <testcase classname="Routing" name="to its user" time="1.5"/>
        <testcase classname="Routing" name="never to another" time="0.25"><failure message="m">text &lt;b&gt;</failure></testcase>
        <testsuite name="nested" timestamp="2026-11-21T09:59:00Z">
          <testcase name="broken"><failure/><error/></testcase>
          <testcase name="later"><skipped/></testcase>
        </testsuite>
      </testsuite></testsuites>`;
    expect(await read(xml)).toEqual({
      ...{ name: "all", startedAtMs: Date.UTC(2026, 10, 21, 9, 59), durationMs: 1_750 },
      ...{ tests: 4, failures: 1, errors: 1, skipped: 1, realConnections: 0, mockedConnections: 0 },
      failed: [
        { name: "Routing › never to another", kind: "failure" },
        { name: "broken", kind: "error" },
      ],
    });
  });

  it("says which tests run on real connections: by the case, else by its suite", async () => {
    const property = (value: string) =>
      `<properties><property name="signalbox.connection" value="${value}"/></properties>`;
    const run = await read(
      suite(`${property("mock")}<testcase name="a"/><testcase name="b">${property("real")}</testcase>
        <testcase name="c"><skipped/></testcase><testsuite>${property("real")}<testcase name="d"/></testsuite>`),
    );
    expect([run.realConnections, run.mockedConnections]).toEqual([2, 1]);
  });

  it.each([
    ["a document type", `<!DOCTYPE x [<!ENTITY a "b">]>${suite("")}`, "document type"],
    ["an entity of its own", suite('<testcase name="&a;"/>'), "not well-formed"],
    [
      "an entity that names a file",
      `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${suite("&a;")}`,
      "document type",
    ],
    ["broken tags", suite("<testcase>"), "not well-formed"],
    ["another root", "<html/>", "neither testsuites nor testsuite"],
    ["nothing", "", "not well-formed"],
    ["no XML", "{}", "not well-formed"],
    ["deep nesting", "<testsuite>".repeat(40), "nested deeper"],
  ])("is refused with %s", async (_, xml, message) => {
    expect(await readJunit(xml)).toEqual({ ok: false, message: expect.stringContaining(message) });
  });

  it("names the first of many failures and counts all", async () => {
    const run = await read(suite('<testcase name="x"><failure/></testcase>'.repeat(500)));
    expect([run.failures, run.failed.length]).toEqual([500, 200]);
  });

  it("never breaks the reader, whatever it holds", async () => {
    const parts = fc.constantFrom(
      "<testsuite>",
      "</testsuite>",
      "<testcase name='a'>",
      "</testcase>",
      "<failure/>",
      "&lt;",
      "&x;",
      "<![CDATA[",
      "]]>",
      "<!--",
      "\u0000",
      "é",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(parts), async (given) => {
        const result = await readJunit(given.join(""));
        expect(typeof result.ok).toBe("boolean");
      }),
    );
  });
});
