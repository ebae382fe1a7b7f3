import { afterAll, beforeAll, expect, it } from "vitest";
import { planOf } from "../testing/explain";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import {
  DELIVERIES_PULSE,
  LIST_CHANNELS,
  LIST_DELIVERIES,
  LIST_DELIVERIES_OF_CHANNEL,
  READ_CHANNEL,
  WAITING_DELIVERIES,
} from "./channel-rows";
import { END_REPEATS, INSERT_DELIVERIES } from "./enqueue-deliveries";
import * as queue from "./send-queue";
import { CANCEL_DELIVERIES, END_CHANNEL_REPEATS, UPDATE_CHANNEL } from "./write-channels";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.pool.query(`
    INSERT INTO alert_channel (id, kind, name, target, shown, environments, minimum_severity, send_resolved, enabled,
      next_at, created_at, created_by, changed_at, changed_by)
    SELECT 'c' || i, 'alertmanager', 'c' || i, '', '{}', '{*}', 'info', true, true,
      now(), now() - i * interval '1 hour', '', now(), '' FROM generate_series(1, 2000) i;
    INSERT INTO alert_delivery (id, channel_id, environment, group_key, status, notification, state, attempts, created_at,
      next_at, ended_at, repeat_at)
    SELECT i, 'c' || (1 + i % 2000), CASE WHEN i % 20 = 0 THEN 'rare' ELSE 'prod' END, 'g' || i % 1000, 'firing', '{}', CASE WHEN i % 50 = 0 THEN 'waiting' ELSE 'sent' END, 1,
      now() - i * interval '1 minute', now(), CASE WHEN i % 50 = 0 THEN NULL ELSE now() - i * interval '1 minute' END,
      CASE WHEN i % 40 = 1 THEN now() END FROM generate_series(1, 60000) i;
    INSERT INTO alert_evaluation (environment, rule, evaluated_at, readings)
    SELECT CASE i WHEN 1 THEN 'prod' ELSE 'e' || i END, 'watchdog', now(), '[]' FROM generate_series(1, 5000) i;`);
  await db.pool.query("ANALYZE");
});
afterAll(() => db.drop());

const NOW_MS = Date.now();
const REPEAT = "alert_delivery_repeat_idx";
const CHANNEL = "alert_delivery_channel_idx";
const WAITING = "alert_delivery_waiting_idx";

it.each([
  ["repeats of a group are ended", END_REPEATS, ["prod", "g7", null], [REPEAT]],
  ["a channel's next delivery is found", queue.DUE_DELIVERY, [NOW_MS, "c7"], [WAITING]],
  ["what is told again is found", queue.DUE_REPEAT, [NOW_MS, "c7"], [CHANNEL, REPEAT, "alert_evaluation_pkey"]],
  ["a lease is given back", queue.RELEASE_CHANNEL, ["c7", "l", NOW_MS], ["alert_channel_pkey"]],
  [
    "an attempt is written",
    queue.MARK_ATTEMPT,
    ["c7", "l", "7", "sent", 200, null, NOW_MS, NOW_MS, NOW_MS, null],
    ["alert_channel_pkey", "alert_delivery_channel_idx", "alert_delivery_pkey"],
  ],
  [
    "a repetition is written",
    queue.MARK_REPEAT,
    ["c7", "l", "7", 200, null, NOW_MS, NOW_MS, NOW_MS],
    ["alert_channel_pkey", "alert_delivery_pkey"],
  ],
  ["what waits in a channel is given up", CANCEL_DELIVERIES, ["c7", NOW_MS], [WAITING]],
  ["repeats of a channel are ended", END_CHANNEL_REPEATS, ["c7"], [REPEAT]],
  [
    "a channel is changed",
    UPDATE_CHANNEL,
    ["c7", 0, "n", ["*"], "info", true, true, null, null, NOW_MS, ""],
    ["alert_channel_pkey"],
  ],
  ["what is late is given up", queue.EXPIRE_DELIVERIES, [NOW_MS, 6 * 3_600_000], [WAITING]],
  ["the log forgets", queue.FORGET_DELIVERIES, [NOW_MS - 40 * 86_400_000], ["alert_delivery_ended_idx"]],
  [
    "channels are listed",
    LIST_CHANNELS,
    [null, "2100-01-01T00:00:00Z", "c", 50],
    ["alert_channel_created_idx", "alert_delivery_channel_idx", WAITING],
  ],
  ["what waits is counted", WAITING_DELIVERIES, [], [WAITING]],
  ["whether the log is still the newest", DELIVERIES_PULSE, ["rare"], ["alert_delivery_environment_idx"]],
  ["a channel is read", READ_CHANNEL, ["c7"], ["alert_channel_pkey", "alert_delivery_channel_idx", WAITING]],
  ["the log is read", LIST_DELIVERIES, [null, null, "50000", 50], ["alert_channel_pkey", "alert_delivery_pkey"]],
  [
    "the log of a channel is read",
    LIST_DELIVERIES_OF_CHANNEL,
    [null, null, "50000", 50, "c7"],
    ["alert_channel_pkey", "alert_delivery_channel_idx"],
  ],
] as const)("%s by their index, and no table is read whole", async (_what, text, values, indexes) => {
  expect(await planOf(db, text, values)).toEqual({ indexes, scans: [] });
});

it("what is due is found by its index; channels are few and looked at one by one", async () => {
  expect(await planOf(db, queue.LEASE_CHANNEL, [NOW_MS, "l", 20_000])).toEqual({
    indexes: expect.arrayContaining([WAITING]),
    scans: ["alert_channel"],
  });
  const parts = [{ minimums: ["info"], alertmanager: true, status: "firing", notification: {} }];
  const told = ["prod", "g", JSON.stringify(parts), NOW_MS, null];
  expect(await planOf(db, INSERT_DELIVERIES, told)).toEqual({ indexes: [], scans: ["alert_channel"] });
});
