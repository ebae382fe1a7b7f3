import { expect, it } from "vitest";
import { openApiDocument } from "./openapi";

it("the read API changes only on purpose", async () => {
  const document = `${JSON.stringify(openApiDocument("0.0.0"), null, 2)}\n`;
  await expect(document).toMatchFileSnapshot("openapi.json.snap");
});
