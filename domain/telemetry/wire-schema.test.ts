import fc from "fast-check";
import { expect, it } from "vitest";
import { FIELD_NAMES } from "./fields";
import { parseWireEvent, wireEvent } from "./wire-schema";

const good = { id: "e1", time: "2026-11-21T10:03:12.004Z", stage: "sent" };

const value = fc.oneof(
  fc.constantFrom("ok", "user", "sent", "emitted", "2026-11-21T10:03:12.004Z", "", "a".repeat(256), "a".repeat(257)),
  fc.constantFrom(0, 1, -1, 1.5, 2_147_483_647, 2_147_483_648, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY),
  fc.constantFrom<unknown>(null, true, [], {}, { a: 1 }, { a: {} }, 10n),
  fc.string({ unit: "binary", maxLength: 90 }),
  fc.double(),
);

it("the short way agrees with the schema, whatever comes", () => {
  const some = fc.dictionary(fc.constantFrom(...FIELD_NAMES), value, { maxKeys: 4 });
  fc.assert(
    fc.property(some, fc.boolean(), (fields, complete) => {
      const given = complete ? { ...good, ...fields } : fields;
      const { success, data } = parseWireEvent(given);
      const schema = wireEvent.safeParse(given);
      expect({ success, data }).toEqual({ success: schema.success, data: schema.data });
    }),
    { numRuns: 2_000 },
  );
});
