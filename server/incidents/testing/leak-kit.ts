/** Leaks played into the app with real ingest and a real judge. */
import { expect } from "vitest";
import { incidentList } from "@/contracts/http";
import { createErasureKit, type ErasureKit } from "@/server/erasure/testing/erasure-kit";
import { ADMIN_KEY } from "@/server/http/testing/test-app";

/** A new environment is known so much later. */
const KNOWN_AFTER_MS = 3_000;

type WireItem = Record<string, unknown> & { id: string; time: string };
/** A leak at a place in time, under names of its own. */
export type PlayLeak = (at: { prefix: string; environment: string; nowMs: number }) => WireItem[];

export interface LeakKit extends ErasureKit {
  /** Alice's answer reaches Bob, by a version; it happened a quarter of an hour ago. Answers what was reported. */
  leak(environment: string, prefix: string, version?: string): Promise<WireItem[]>;
  /** Id of the environment's only leak to a wrong recipient. */
  only(environment: string): Promise<string>;
}

export async function createLeakKit(play: PlayLeak): Promise<LeakKit> {
  const kit = await createErasureKit(ADMIN_KEY);
  return {
    ...kit,
    async leak(environment, prefix, version) {
      const events = play({ prefix, environment, nowMs: kit.test.clock.nowMs });
      await kit.take(events.map((event) => ({ ...event, version })));
      await kit.judge.drain();
      kit.test.clock.nowMs += KNOWN_AFTER_MS;
      return events;
    },
    async only(environment) {
      const every = "open,acknowledged,resolved,regressed,withdrawn";
      const address = `/api/v1/incidents?environment=${environment}&rule=wrong_recipient&status=${every}`;
      const { items } = incidentList.parse((await kit.test.get(address)).body);
      expect(items).toHaveLength(1);
      return items[0]?.id ?? "";
    },
  };
}
