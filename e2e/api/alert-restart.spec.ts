import { expect, test } from "@playwright/test";
import type { DeliveryList } from "@/contracts/http";
import { startReceiver } from "@/server/alerts/channels/testing/receiver";
import { get, post, send } from "../support/api";
import { freePort, makeDataDir, removeDataDir, startAppProcess } from "../support/app-process";
import { instantiate, loadScenarios } from "../support/scenario";

const ENVIRONMENT = "restarted";

test("an alert that is being told when the app is killed is told again after the restart, as the same one", async () => {
  test.setTimeout(180_000);
  const [receiver, dataDir, port] = [await startReceiver(), makeDataDir(), await freePort()];
  const key = "an-admin-key-for-this-test";
  let app = await startAppProcess({ dataDir, port, key });
  const url = `${receiver.url}/hooks/s3cr3t-path`;
  await send(app, "channels", { kind: "webhook", name: "Pager", url, environments: [ENVIRONMENT] });

  // The first request is never answered.
  receiver.answer(() => undefined);
  const scenario = loadScenarios().find(({ name }) => name === "leak-wrong-connection");
  if (!scenario) throw new Error("no such scenario");
  await post(app, instantiate(scenario, { prefix: "r-", environment: ENVIRONMENT, nowMs: Date.now() }).events);
  await receiver.until(1);
  const before = app.output();
  await app.end("SIGKILL");

  app = await startAppProcess({ dataDir, port, key });
  const [first, again] = await receiver.until(2);
  expect(again?.headers["idempotency-key"]).toBe(first?.headers["idempotency-key"]);
  expect(again?.body).toEqual(first?.body);
  await expect
    .poll(async () => (await get<DeliveryList>(app, "/api/v1/deliveries")).items.map(({ state }) => state))
    .toEqual(["sent"]);
  expect(before + app.output()).not.toContain("s3cr3t");
  await app.end("SIGTERM");
  await receiver.close();
  removeDataDir(dataDir);
});
