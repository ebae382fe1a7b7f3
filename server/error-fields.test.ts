import { describe, expect, it } from "vitest";
import { errorFields } from "./error-fields";

describe("an error in the log", () => {
  it("says what it is and where, and nothing that hangs on it", () => {
    const error = Object.assign(new Error("terminating connection", { cause: new TypeError("closed") }), {
      code: "57P01",
      client: { password: "secret", parameters: ["what a user wrote"] },
    });
    const fields = errorFields(error);
    expect(fields).toMatchObject({ type: "Error", message: "terminating connection", code: "57P01" });
    expect(fields.cause).toMatchObject({ type: "TypeError", message: "closed" });
    expect(JSON.stringify(fields)).not.toMatch(/secret|what a user wrote/);
  });

  it("takes what was thrown and is no error by its words", () => {
    expect(errorFields("gone")).toEqual({ message: "gone" });
  });
});
