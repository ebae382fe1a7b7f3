import { describe, expect, it } from "vitest";
import { createSeal, type Target } from "./sealed-target";

const target: Target = {
  url: "https://hooks.slack.example/services/T0/B0/xyz",
  auth: { kind: "basic", user: "u", password: "pässword".slice(0, 1) },
  header: { name: "X-Key", value: "secret value" },
};

describe("a sealed target", () => {
  it("opens with the same secret for the same channel only", () => {
    const sealed = createSeal("a secret of this installation").seal("c1", target);
    expect(createSeal("a secret of this installation").open("c1", sealed)).toEqual(target);
    expect(createSeal("another secret altogether").open("c1", sealed)).toBeNull();
    expect(createSeal("a secret of this installation").open("c2", sealed)).toBeNull();
  });

  it("shows nothing of what it holds, and is never the same twice", () => {
    const seal = createSeal("a secret of this installation");
    const [first, second] = [seal.seal("c1", target), seal.seal("c1", target)];
    expect(Buffer.from(first).toString("latin1")).not.toMatch(/slack|secret|xyz/);
    expect(first).not.toEqual(second);
  });

  it("that was changed or cut does not open", () => {
    const seal = createSeal("a secret of this installation");
    const sealed = seal.seal("c1", target);
    sealed[40] = (sealed[40] ?? 0) ^ 1;
    expect(seal.open("c1", sealed)).toBeNull();
    expect(seal.open("c1", sealed.slice(0, 20))).toBeNull();
    expect(seal.open("c1", new Uint8Array())).toBeNull();
  });
});
