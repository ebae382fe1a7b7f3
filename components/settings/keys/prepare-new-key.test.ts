import { expect, it } from "vitest";
import { prepareNewKey } from "./prepare-new-key";

const typed = { name: "chat", role: "ingest", environments: ["prod"], requests: "", events: "" } as const;
const prepare = (over: Partial<Parameters<typeof prepareNewKey>[0]>) =>
  prepareNewKey({ ...typed, environments: [...typed.environments], ...over });

it("an empty limit is none, a number is one", () => {
  expect(prepare({}).body).toEqual({
    ...{ name: "chat", role: "ingest", environments: ["prod"], requestsPerMinute: null, eventsPerMinute: null },
  });
  expect(prepare({ requests: "1,200" }).body).toMatchObject({ requestsPerMinute: 1_200 });
});

it("names each field that is wrong", () => {
  expect(prepare({ name: " " }).problems).toHaveProperty("name");
  expect(prepare({ environments: [] }).problems).toHaveProperty("environments");
  for (const requests of ["ten", "0", "1.5", "-1"]) {
    expect(prepare({ requests })).toMatchObject({ body: null, problems: { requestsPerMinute: expect.any(String) } });
  }
});
