import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { instantiate, loadScenarios } from "@/e2e/support/scenario";
import { ADMIN_KEY } from "@/server/http/testing/test-app";
import { portions, seeded, shuffled } from "@/server/judge/testing/judge-kit";
import { verifyStore } from "@/server/judge/verify-store";
import { createErasureKit, type ErasureKit } from "./testing/erasure-kit";

const PLAYED = 60;
let kit: ErasureKit;
beforeAll(async () => {
  kit = await createErasureKit(ADMIN_KEY, 2);
});
afterAll(() => kit.close());

it("while events come in, twice and in any order, and judges work, accuses nobody and changes no verdict", async () => {
  const random = seeded(11);
  const healthy = loadScenarios().filter(({ name, fresh }) => name.startsWith("healthy") && !fresh);
  const played = Array.from({ length: PLAYED }, (_, n) => {
    const scenario = healthy[n % healthy.length] ?? expect.unreachable();
    const { events, expect: expected } = instantiate(scenario, {
      ...{ prefix: `n${n}-`, environment: "busy", nowMs: kit.test.clock.nowMs },
    });
    return { user: `n${n}-alice`, events, expected };
  });
  kit.judge.start();
  const feed = async () => {
    const all = shuffled(
      played.flatMap(({ events }) => events),
      random,
    );
    for (const portion of portions([...all, ...all.slice(0, 200)], 40, random)) {
      await kit.take(portion);
      await wait(5);
    }
  };
  const erase = async () => {
    for (const { user } of shuffled(played, random).slice(0, PLAYED / 2)) {
      expect((await kit.erase(user, "busy")).status).toBe(200);
    }
  };
  await Promise.all([feed(), erase()]);
  for (const { user } of played) await kit.erase(user, "busy");
  await kit.judge.stop();
  await kit.judge.drain();

  expect(kit.judge.errors).toEqual([]);
  expect(await kit.dump()).not.toMatch(/n\d+-alice/);
  // Withdrawn ones are kept: none means that nobody was taken for somebody else, not even for a moment. What came in out
  // of order may look as if nobody was on a connection yet.
  const unnamed = ["sent_to_unauthenticated", "sent_after_close"];
  expect(await kit.test.db.prisma.occurrence.findMany({ where: { rule: { notIn: unnamed } } })).toEqual([]);
  const { differences } = await verifyStore(kit.test.db, kit.test.clock.nowMs);
  expect(differences).toEqual([]);
  for (const { expected } of played) {
    for (const [id, { status }] of Object.entries(expected.journeys)) {
      const { body } = await kit.test.get(`/api/v1/journeys/${id}?environment=busy`);
      expect(body).toMatchObject({ status, owner: expect.stringMatching(/^erased-/) });
    }
  }
});
