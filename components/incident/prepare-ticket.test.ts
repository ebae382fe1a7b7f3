import { expect, it } from "vitest";
import { ticketText } from "./prepare-ticket";

const incident = {
  ...({
    rule: "wrong_recipient",
    severity: "critical",
    status: "open",
    router: "EventRouter",
    environment: "prod",
  } as const),
  ...{ occurrences: 3, firstSeenAt: "2026-11-21T10:00:00.000Z", lastSeenAt: "2026-11-21T10:05:00.000Z" },
};

it("a ticket says what was found, where and since when, with the way back", () => {
  const text = ticketText(incident, "https://signalbox.example/incidents/i1?environment=prod");
  expect(text).toMatch(/^## Wrong recipient \(critical, open\)\n\n.+\n\n- Router: EventRouter\n- Environment: prod\n/);
  expect(text).toContain("- Occurrences: 3\n- First seen: 2026-11-21T10:00:00.000Z");
  expect(text).toContain("[Open in Signalbox](<https://signalbox.example/incidents/i1?environment=prod>)");
});

it("names that telemetry gave stay text", () => {
  const text = ticketText({ ...incident, router: "![x](http://evil.example) @all\n# big" }, "https://s.example/a>b");
  expect(text).toContain("- Router: \\!\\[x\\]\\(http&#58;\\/\\/evil\\.example\\) &#64;all\\\\n&#35; big\n");
  expect(text).toContain("(<https://s.example/a%3Eb>)");
});
