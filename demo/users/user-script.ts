/**
 * What the users do, beat by beat. Depends on nothing but its options: the same seed gives the same script,
 * whatever routes the messages. People share moments: several ask at once, an office loses its network together.
 */
import { createRandom, type Random } from "../random";
import { REQUEST_TYPES, requestText } from "./requests";

export const BEAT_MS = 250;

export type UserAction =
  | { kind: "arrive"; userId: string; tabs: number }
  | { kind: "leave"; userId: string }
  | { kind: "drop"; userId: string; tab: number; backAfterMs: number }
  | { kind: "say"; userId: string; tab: number; type: string; messageId: string; threadId: string; text: string };

export interface ScriptOptions {
  seed: string;
  /** Goes into message ids, so that two starts of the demo never share one. */
  idPrefix: string;
  users: readonly string[];
  /** Requests a second, on average. */
  rate: number;
}

interface Person {
  userId: string;
  tabs: number;
  present: boolean;
  returnsAt: number;
  busyUntil: number;
  lastAskAt: number;
  thread: number;
}

const seconds = (count: number) => Math.round((count * 1000) / BEAT_MS);
/** How long a person waits for an answer before asking the next thing. */
const PATIENCE_BEATS = seconds(5);

/** One list of actions a beat, without end. */
export function* userScript({ seed, idPrefix, users, rate }: ScriptOptions): Generator<UserAction[]> {
  const random = createRandom(seed, "users");
  let messages = 0;
  const people: Person[] = users.map((userId) => ({
    userId,
    tabs: random.chance(0.35) ? 2 : 1,
    present: false,
    returnsAt: random.between(0, seconds(3)),
    busyUntil: 0,
    lastAskAt: -PATIENCE_BEATS,
    thread: 1,
  }));
  const later = new Map<number, UserAction[]>();
  const plan = (beat: number, action: UserAction) => later.set(beat, [...(later.get(beat) ?? []), action]);

  const say = (person: Person, type: string, tab: number): UserAction => {
    messages += 1;
    return {
      kind: "say",
      userId: person.userId,
      tab,
      type,
      messageId: `m-${idPrefix}-${messages}`,
      threadId: `${person.userId}-thread-${person.thread}`,
      text: type === "typing" ? "" : requestText(random),
    };
  };

  for (let beat = 0; ; beat += 1) {
    const actions: UserAction[] = [];
    for (const person of people) {
      if (!person.present && person.returnsAt === beat) {
        person.present = true;
        person.busyUntil = beat + 2;
        actions.push({ kind: "arrive", userId: person.userId, tabs: person.tabs });
        plan(beat + 1, say(person, "get_history", 0));
      }
    }
    actions.push(...(later.get(beat) ?? []));
    later.delete(beat);

    for (const person of askers(random, people, beat, rate)) {
      if (random.chance(0.2)) person.thread += 1;
      const tab = random.between(0, person.tabs - 1);
      if (random.chance(0.3)) actions.push(say(person, "typing", tab));
      actions.push(say(person, pickType(random), tab));
      person.lastAskAt = beat;
      person.busyUntil = beat + PATIENCE_BEATS;
      if (random.chance(0.05)) plan(beat + random.between(1, 3), say(person, "user_message", person.tabs - 1));
      else if (random.chance(0.012)) plan(beat + random.between(2, 3), say(person, "stop_agent", tab));
    }

    if (random.chance(1 / seconds(14))) actions.push(...outage(random, people, beat));
    if (random.chance(1 / seconds(25))) actions.push(...departure(random, people, beat));
    const focused = random.chance(1 / seconds(40)) ? anyPresent(random, people) : undefined;
    if (focused) actions.push(say(focused, "resume", 0));
    yield actions;
  }
}

/** Who asks at this beat. A moment that makes one person ask sometimes makes others ask too. */
function askers(random: Random, people: Person[], beat: number, rate: number): Person[] {
  const expected = (rate * BEAT_MS) / 1000;
  let count = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
  if (count > 0 && random.chance(0.025)) count += 1;
  const free = people.filter((person) => person.present && person.busyUntil <= beat);
  const chosen: Person[] = [];
  while (chosen.length < count && free.length > 0) {
    chosen.push(...free.splice(random.between(0, free.length - 1), 1));
  }
  return chosen;
}

function pickType(random: Random): string {
  let left = random.next();
  for (const { type, share } of REQUEST_TYPES) {
    left -= share;
    if (left < 0) return type;
  }
  return REQUEST_TYPES[0].type;
}

/** A network goes away, mostly under one person and at times under a whole table, and comes back soon. */
function outage(random: Random, people: Person[], beat: number): UserAction[] {
  const present = people.filter((person) => person.present);
  const waiting = present.filter((person) => beat - person.lastAskAt <= seconds(1.5));
  const affected = [...waiting, ...present.filter((person) => !waiting.includes(person))].slice(
    0,
    random.between(1, 3),
  );
  return affected.flatMap((person) =>
    Array.from({ length: person.tabs }, (_, tab) => ({
      kind: "drop" as const,
      userId: person.userId,
      tab,
      backAfterMs: random.between(200, 900),
    })),
  );
}

/** Somebody closes everything, an answer pending or not, and comes back after a while. Most people stay. */
function departure(random: Random, people: Person[], beat: number): UserAction[] {
  const present = people.filter((person) => person.present);
  const person = anyPresent(random, people);
  if (!person || present.length <= people.length * 0.75) return [];
  person.present = false;
  person.returnsAt = beat + random.between(seconds(40), seconds(70));
  person.tabs = random.chance(0.35) ? 2 : 1;
  return [{ kind: "leave", userId: person.userId }];
}

function anyPresent(random: Random, people: Person[]): Person | undefined {
  const present = people.filter((person) => person.present);
  return present[random.between(0, Math.max(0, present.length - 1))];
}
