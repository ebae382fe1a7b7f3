/** One visit of one user: tabs that stay open over several requests in several threads, then close. */
import { labelOf } from "../label";
import type { Prng } from "../prng";
import { type Bystander, type Connection, createScript } from "../script";
import { arrive } from "../steps";
import type { JourneyLabel, SyntheticEvent } from "../types";
import { chat } from "./chatter";
import { dresser } from "./dress";
import { FAULTY, type Service } from "./fleet";
import { type Course, course, drawCourse, FAILING_COURSES } from "./mix";

/** Small mishaps are rarer than in a storm, which wants to see them all. */
const MISHAPS = 0.12;
/** Later than every deadline of what went wrong. */
const AFTER_FAILURE_MS = 75_000;
const REQUESTS_A_THREAD = 3;

export interface VisitSetting {
  prng: Prng;
  user: string;
  /** Whether the user has no other visit at the same time. */
  alone: boolean;
  service: Service;
  instance: string;
  environment: string;
  journeys: number;
  startMs: number;
  /** Prefix of the ids of the next journey. */
  nextPrefix(): string;
  nextInbound(): number;
  nextConnection(): string;
  versionAt(timeMs: number): string;
}

export interface Told {
  events: SyntheticEvent[];
  label: JourneyLabel | null;
}

export class Visit {
  readonly openConnections: Connection[] = [];
  /** When something happens next; may be put off. */
  nextMs: number;
  over = false;
  private readonly tabs: 1 | 2;
  private readonly acks: boolean;
  private readonly agent: string;
  private journeysLeft: number;
  private asked = 0;
  private threadId = "";
  /** A line that breaks later would be one more reason for every failure before it. */
  private hasFailed = false;

  constructor(readonly setting: VisitSetting) {
    const { prng, service } = setting;
    this.nextMs = setting.startMs;
    this.journeysLeft = setting.journeys;
    this.tabs = prng.chance(0.2) ? 2 : 1;
    this.acks = service.style.outboundIds === "unique" && prng.chance(0.4);
    this.agent = prng.pick(service.agents);
  }

  /** Whether only the tabs are left to be closed. */
  get isLeaving(): boolean {
    return this.journeysLeft === 0;
  }

  /** The next request with all that follows from it, or the end of the visit. */
  step(wanted: Course | null = null, bystanders: readonly Bystander[] = []): Told {
    return this.isLeaving ? this.leave() : this.ask(wanted, bystanders);
  }

  private ask(wanted: Course | null, bystanders: readonly Bystander[]): Told {
    const { prng } = this.setting;
    const prefix = this.setting.nextPrefix();
    if (this.asked++ % REQUESTS_A_THREAD === 0) this.threadId = `${prefix}thread`;
    this.journeysLeft -= 1;
    const chatter = this.script(`${prefix}c-`, this.nextMs, []);
    arrive(chatter);
    chat(chatter);
    const script = this.script(prefix, chatter.nowMs() + prng.int(50, 900), bystanders);
    const { name, play } = wanted ?? this.course();
    const label = labelOf(script, name, play(script));
    const fails = FAILING_COURSES.has(name);
    this.hasFailed ||= fails;
    const pauseMs = fails || script.openConnections.length === 0 ? AFTER_FAILURE_MS : 8_000;
    this.nextMs =
      script.nowMs() + (this.isLeaving ? AFTER_FAILURE_MS : pauseMs) + Math.floor(-90_000 * Math.log(1 - prng.next()));
    return { events: [...chatter.events, ...script.events], label };
  }

  private leave(): Told {
    const script = this.script(`${this.setting.nextPrefix()}c-`, this.nextMs, []);
    const closeCode = script.prng.pick(this.hasFailed || !this.setting.alone ? [1000, 1001] : [1000, 1001, 1001, 1006]);
    for (const connection of [...this.openConnections]) script.close(connection, closeCode);
    this.over = true;
    return { events: script.events, label: null };
  }

  private course(): Course {
    const { prng, alone, service, versionAt } = this.setting;
    const drawn = drawCourse(prng, alone && !this.hasFailed);
    const isFaulty = service.name === FAULTY.service && versionAt(this.nextMs) === FAULTY.version;
    return isFaulty && drawn.name === "healthy" && prng.chance(FAULTY.share) ? course("answerNeverSent") : drawn;
  }

  private script(prefix: string, startMs: number, bystanders: readonly Bystander[]) {
    const { prng, user, environment, instance, service, nextInbound, nextConnection, versionAt } = this.setting;
    return createScript({
      prng,
      style: { ...service.style, tabs: this.tabs, acks: this.acks },
      user,
      environment,
      instance,
      prefix,
      startMs,
      bystanders,
      nextInbound,
      nextConnection,
      threadId: this.threadId,
      openConnections: this.openConnections,
      mishaps: MISHAPS,
      pace: 0.5 + 1.8 * prng.next(),
      dress: dresser({ service, version: versionAt(startMs), agent: this.agent }, prng),
    });
  }
}
