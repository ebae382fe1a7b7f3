import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowList } from "./allow-list";
import { createRedactor } from "./redact";

const redactor = createRedactor(allowList(["model"]), (text) => `f${text.length}`);

describe("redaction", () => {
  it("keeps numbers, booleans, structure and tokens of allow-listed names; of the rest length and fingerprint", () => {
    const payload = {
      type: "agent_completed",
      data: { result: "a secret", ok: true, n: 3, list: ["x", null], status: "not a token" },
    };
    expect(redactor.json(payload, null)).toEqual({
      type: "agent_completed",
      data: {
        result: "redacted:8:f8",
        "redacted:2:f2": true,
        "redacted:1:f1": 3,
        list: ["redacted:1:f1", null],
        status: "redacted:11:f11",
      },
    });
  });

  it("the operator's names join the list", () => {
    expect(redactor.json({ model: "gpt-9", region: "eu" }, null)).toEqual({
      model: "gpt-9",
      "redacted:6:f6": "redacted:2:f2",
    });
  });

  it("hides dotted keys part by part, and decides about a value by its own name", () => {
    expect(redactor.key("meta.my secret.0")).toBe("meta.redacted:9:f9.0");
    expect(redactor.text("open", "state")).toBe("open");
    expect(redactor.text("x".repeat(65), "state")).toBe("redacted:65:f65");
    expect(redactor.text("open", null)).toBe("redacted:4:f4");
  });

  it("lets no string through that is not a token of an allow-listed name", () => {
    const sentinel = "the SENTINEL was here";
    const withSentinel = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.constant(sentinel),
        fc.array(tie("node")),
        fc.dictionary(fc.constantFrom(sentinel, "type", "model", "__proto__"), tie("node")),
      ),
    })).node;
    fc.assert(
      fc.property(withSentinel, (value) => {
        expect(JSON.stringify(redactor.json(value, "type"))).not.toContain("SENTINEL");
      }),
    );
  });
});
