/**
 * A seeded storm: journeys of many users with every kind of fault, interleaved as a busy server reports them, with
 * the verdict that each was built to get. Each user has one journey at a time; connections close when it is over.
 */
import { AGENT_FAULTS } from "./faults/agent";
import { CONNECTION_FAULTS } from "./faults/connection";
import { DELIVERY_FAULTS } from "./faults/delivery";
import { IDENTITY_ODDITIES } from "./faults/identity";
import { INBOUND_FAULTS } from "./faults/inbound";
import { LEAKS } from "./faults/leak";
import { labelOf } from "./label";
import { createPrng, type Prng } from "./prng";
import { type Bystander, createScript, type Script } from "./script";
import { drawStyle, PLAIN_STYLE } from "./style";
import type { Expectation, JourneyLabel, Storm, SyntheticEvent } from "./types";

export interface StormOptions {
  seed: number;
  journeys: number;
  users: number;
  environment: string;
  startMs: number;
}

export const FAULTS: Readonly<Record<string, (script: Script) => Expectation>> = {
  ...INBOUND_FAULTS,
  ...AGENT_FAULTS,
  ...DELIVERY_FAULTS,
  ...CONNECTION_FAULTS,
  ...LEAKS,
  ...IDENTITY_ODDITIES,
};

/** A user's next journey begins this long after the last, later than every deadline. */
const SLOT_MS = 180_000;
const CLOSES_AFTER_MS = 120_000;
const BYSTANDERS = 3;

/** `startMs` must be a whole number; the storm lasts 3 minutes for each round of its users. */
export function makeStorm(options: StormOptions): Storm {
  const prng = createPrng(options.seed);
  const prefix = `storm${options.seed}-`;
  const instances = prng.pick([[undefined], ["router-a"], ["router-a", "router-b"]] as const);
  const connections = new Map<string | undefined, number>();
  const bystanders = Array.from({ length: BYSTANDERS }, (_, index): Bystander => {
    const name = `${prefix}bystander${index}`;
    return { user: name, connection: { id: `${name}-c`, instance: instances[0] } };
  });
  const events = bystanders.flatMap((bystander) => attend(bystander, prng, options));
  const labels: JourneyLabel[] = [];
  const inboundNumbers = new Map<number, number>();

  for (let number = 0; number < options.journeys; number++) {
    const userNumber = number % options.users;
    const round = Math.floor(number / options.users);
    const nextInbound = () => {
      const next = (inboundNumbers.get(userNumber) ?? 0) + 1;
      inboundNumbers.set(userNumber, next);
      return next;
    };
    const instance = instances[userNumber % instances.length];
    const nextConnection = () => {
      const next = (connections.get(instance) ?? 0) + 1;
      connections.set(instance, next);
      return `${prefix}socket${next}`;
    };
    const script = createScript({
      prng,
      style: drawStyle(prng),
      user: `${prefix}user${userNumber}`,
      environment: options.environment,
      instance,
      prefix: `${prefix}j${number}-`,
      startMs: options.startMs + 1_000 + round * SLOT_MS + prng.int(0, 20_000),
      bystanders,
      nextInbound,
      nextConnection,
    });
    labels.push(play(script, prng));
    events.push(...script.events);
  }
  events.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  const known = new Set(events.map((event) => (event.stage === "connection_authenticated" ? event.userId : undefined)));
  for (const label of labels) if (label.owner !== null && !known.has(label.owner)) label.owner = null;
  const rounds = Math.ceil(options.journeys / options.users);
  return { events, labels, settledAtMs: options.startMs + (rounds + 1) * SLOT_MS };
}

/** A user who only looks on, with one connection for the whole storm. */
function attend(bystander: Bystander, prng: Prng, options: StormOptions): SyntheticEvent[] {
  const script = createScript({
    prng,
    style: { ...PLAIN_STYLE },
    user: bystander.user,
    environment: options.environment,
    instance: bystander.connection.instance,
    prefix: `${bystander.user}-`,
    startMs: options.startMs,
    bystanders: [],
    nextInbound: () => 1,
    nextConnection: () => bystander.connection.id,
  });
  script.open();
  return script.events;
}

function play(script: Script, prng: Prng): JourneyLabel {
  const fault = prng.pick(Object.keys(FAULTS));
  const runTheFault = FAULTS[fault];
  if (!runTheFault) throw new RangeError(`no such fault: ${fault}`);
  const expected = runTheFault(script);
  const [begun] = script.events;
  const begunAtMs = begun ? Date.parse(begun.time) : script.nowMs();
  script.wait(Math.max(0, begunAtMs + CLOSES_AFTER_MS - script.nowMs()));
  for (const connection of [...script.openConnections]) script.close(connection, 1000);

  return labelOf(script, fault, expected);
}
