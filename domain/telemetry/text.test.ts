import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCleanName, utf8Bytes, wellFormed } from "./text";

const anyText = fc.string({
  unit: fc.oneof(fc.string({ unit: "binary", maxLength: 1 }), fc.constantFrom("\ud800", "\udc00", "\0", "é", "😀")),
});

describe("text", () => {
  it("counts bytes as an UTF-8 encoder does", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(utf8Bytes(text)).toBe(Buffer.byteLength(text, "utf8"));
      }),
    );
  });

  it("makes every text storable, and leaves storable text alone", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const made = wellFormed(text);
        expect(made).not.toContain("\0");
        expect(Buffer.from(made, "utf8").toString("utf8")).toBe(made);
        expect(wellFormed(made)).toBe(made);
        if (isCleanName(text)) expect(made).toBe(text);
      }),
    );
  });

  it.each(["a\0b", "\ud800", "x\udc00", "was\ufffddecoded"])("takes %j for no name", (text) => {
    expect(isCleanName(text)).toBe(false);
  });
});
