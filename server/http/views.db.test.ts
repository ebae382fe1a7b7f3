import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAX_VIEWS, savedView, viewList } from "@/contracts/http";
import { renameInViews } from "@/server/views/rename-in-views";
import { ADMIN_KEY, createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
let kim: string;
let lee: string;

beforeAll(async () => {
  test = await createTestApp();
  kim = await test.signIn("Kim");
  lee = await test.signIn("Lee");
});
afterAll(() => test.close());

/** As a person with this cookie, or with this key. */
async function send(who: { cookie: string } | { key: string }, method: string, path: string, body?: object) {
  const response = await fetch(`${test.url}/api/v1/views${path}`, {
    method,
    headers: {
      ...("cookie" in who ? { cookie: who.cookie } : { authorization: `Bearer ${who.key}` }),
      ...(body ? { "content-type": "application/json" } : {}),
    },
    body: body ? JSON.stringify(body) : null,
  });
  return { status: response.status, body: (await response.json()) as { error?: { code: string } } };
}
const list = async (who: { cookie: string } | { key: string } = { cookie: kim }) =>
  viewList.parse((await send(who, "GET", "")).body);

describe("saved views", () => {
  it("are kept for everybody, without environment and zone, and say who saved them and when", async () => {
    const query = "environment=prod&status=failed&tz=utc&last=6h";
    const saved = await send({ cookie: kim }, "POST", "", { name: " Failed now ", path: "/journeys", query });
    expect(saved.status).toBe(201);
    const at = new Date(test.clock.nowMs).toISOString();
    expect(await list({ cookie: lee })).toEqual({
      mayChange: true,
      items: [
        {
          id: savedView.parse(saved.body).id,
          name: "Failed now",
          path: "/journeys",
          query: "status=failed&last=6h",
          createdBy: "Kim",
          createdAt: at,
          changedBy: "Kim",
          changedAt: at,
        },
      ],
    });
  });

  it("are renamed and deleted by anybody signed in, and the change carries the name", async () => {
    const { id } = savedView.parse((await send({ cookie: kim }, "POST", "", { name: "A", path: "/", query: "" })).body);
    const renamed = await send({ cookie: lee }, "PATCH", `/${id}`, { name: "B" });
    expect(renamed.body).toMatchObject({ name: "B", createdBy: "Kim", changedBy: "Lee" });
    expect((await send({ cookie: kim }, "PATCH", `/${id}`, { name: "Failed now" })).body.error?.code).toBe(
      "name_taken",
    );
    expect((await send({ cookie: kim }, "DELETE", `/${id}`)).status).toBe(200);
    expect((await send({ cookie: kim }, "DELETE", `/${id}`)).status).toBe(404);
    expect((await list()).items.map(({ name }) => name)).not.toContain("B");
  });

  it.each([
    { name: "", path: "/", query: "" },
    { name: "x".repeat(101), path: "/", query: "" },
    { name: "other site", path: "//evil.example", query: "" },
    { name: "other site", path: "/\\evil.example", query: "" },
    { name: "script", path: "javascript:alert(1)", query: "" },
    { name: "two parts", path: "/journeys?status=failed", query: "" },
    { name: "fragment", path: "/", query: "a=1#b" },
    { name: "long", path: "/", query: "a".repeat(2_049) },
    { name: "unknown field", path: "/", query: "", owner: "me" },
  ])("refuse %j", async (body) => {
    const { status, body: answer } = await send({ cookie: kim }, "POST", "", body);
    expect([status, answer.error?.code]).toEqual([400, "bad_request"]);
  });

  it("are read with a read key for everything, changed with an admin key, and neither with a key for some", async () => {
    const reader = { key: await test.makeKey("read", ["*"]) };
    const some = { key: await test.makeKey("admin", ["prod"]) };
    const body = { name: "by key", path: "/", query: "" };
    expect((await list(reader)).mayChange).toBe(false);
    expect((await send(reader, "POST", "", body)).status).toBe(403);
    expect((await send(some, "GET", "")).status).toBe(403);
    expect((await send(some, "POST", "", body)).status).toBe(403);
    expect((await send({ key: ADMIN_KEY }, "POST", "", body)).status).toBe(201);
    expect((await send({ key: "wrong" }, "GET", "")).status).toBe(401);
  });

  it("are not changed by a page of another site", async () => {
    const response = await fetch(`${test.url}/api/v1/views`, {
      method: "POST",
      headers: { cookie: kim, origin: "https://evil.example", "content-type": "application/json" },
      body: JSON.stringify({ name: "forged", path: "/", query: "" }),
    });
    expect(response.status).toBe(403);
  });

  it("forget a user who is erased", async () => {
    await send({ cookie: kim }, "POST", "", { name: "Watch ann", path: "/users/ann", query: "q=ann" });
    await renameInViews(test.db, { from: "ann", to: "erased-7" });
    expect(JSON.stringify(await list())).not.toMatch(/\bann\b/);
    expect((await list()).items).toContainEqual(
      expect.objectContaining({ path: "/users/erased-7", query: "q=erased-7" }),
    );
  });

  it("are bounded, and say so", async () => {
    const data = Array.from({ length: MAX_VIEWS }, (_, n) => ({
      id: `v${n}`,
      name: `View ${n}`,
      path: "/",
      query: "",
    }));
    const who = { createdBy: "Kim", changedBy: "Kim" };
    await test.db.prisma.savedView.createMany({ data: data.map((view) => ({ ...view, ...who })) });
    const { status, body } = await send({ cookie: kim }, "POST", "", { name: "one more", path: "/", query: "" });
    expect([status, body.error?.code]).toEqual([409, "too_many_views"]);
  });
});
