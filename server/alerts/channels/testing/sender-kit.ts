/** A real receiver, a real outbox and senders on a clock that tests move. */
import type { NewChannel } from "@/contracts/channels";
import { newChannel } from "@/contracts/channels";
import type { Notification } from "@/domain/alerts/notification";
import { buildNotification } from "@/domain/alerts/testing/notifications";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { inTransaction } from "@/server/storage/transaction";
import { createChannel } from "../channels";
import { createSender, type Sender, type SenderDeps } from "../create-sender";
import { enqueueNotification } from "../enqueue";
import { createSeal } from "../sealed-target";
import { type Receiver, startReceiver } from "./receiver";

export const NOW_MS = Date.UTC(2026, 10, 21, 12);

export interface SenderKit {
  db: TestDatabase;
  seal: ReturnType<typeof createSeal>;
  receiver: Receiver;
  clock: { nowMs: number };
  errors: unknown[];
  /** As another node would have it. */
  newSender(given?: Partial<SenderDeps>): Sender;
  /** A channel to the receiver. Answers its id. */
  channel(given?: Partial<NewChannel>): Promise<string>;
  tell(given?: Partial<Notification>): Promise<void>;
  /** As if rules were looked at now. */
  look(environment?: string): Promise<void>;
  /** What the log says, oldest first. */
  log(): Promise<{ state: string; attempts: number; statusCode: number | null; error: string | null }[]>;
  /** Forgets channels and what was received. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function startSenderKit(): Promise<SenderKit> {
  const [db, receiver] = [await createTestDatabase(), await startReceiver()];
  const seal = createSeal("the key of channels under test");
  const clock = { nowMs: NOW_MS };
  const nowMs = () => clock.nowMs;
  const errors: unknown[] = [];
  const deps = { db, seal, nowMs, baseUrl: () => "http://signalbox.example", random: () => 0 };
  return {
    ...{ db, seal, receiver, clock, errors },
    newSender: (given) => createSender({ ...deps, onError: (error) => errors.push(error), ...given }),
    async channel(given = {}) {
      const whole = {
        kind: "webhook",
        name: "Hook",
        url: `${receiver.url}/hook`,
        environments: ["*"],
        minimumSeverity: "info",
      };
      const { id } = await createChannel({ db, seal }, newChannel.parse({ ...whole, ...given }), {
        by: "Ada",
        nowMs: clock.nowMs,
      });
      return id;
    },
    tell: async (given) => {
      await inTransaction(db, (tx) => enqueueNotification(tx, buildNotification(given), clock.nowMs));
    },
    async look(environment = "prod") {
      const [about, evaluatedAt] = [{ environment, rule: "watchdog" }, new Date(clock.nowMs)];
      await db.prisma.alertEvaluation.upsert({
        where: { environment_rule: about },
        create: { ...about, evaluatedAt, readings: [] },
        update: { evaluatedAt },
      });
    },
    async log() {
      const rows = await db.prisma.alertDelivery.findMany({ orderBy: { seq: "asc" } });
      return rows.map(({ state, attempts, statusCode, error }) => ({ state, attempts, statusCode, error }));
    },
    async clear() {
      await db.prisma.alertChannel.deleteMany();
      await db.prisma.alertEvaluation.deleteMany();
      receiver.reset();
      errors.length = 0;
      clock.nowMs = NOW_MS;
    },
    async close() {
      await receiver.close();
      await db.drop();
    },
  };
}
