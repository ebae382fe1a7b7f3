/** By what a class is known to do the job, read off its own body. */
import { type Concept, matchingPattern } from "../concept";
import type { ClassFact, FunctionFact } from "../facts";
import type { Reason } from "../types";
import { ownMethods } from "./hierarchy";

const MESSAGE =
  /^(m|evt)$|(^|_)(message|msg|event|payload|envelope|packet|frame|notification|update|raw|data)s?($|_)|(Message|Event|Payload|Envelope)$/;
const MESSAGE_TYPE = /(Message|Event|Envelope|Payload|Packet|WebSocket)/;
const JOB_VERB =
  /^(_?)(route|dispatch|broadcast|deliver|forward|relay|publish|handle_?message|process_?message|on_?message|send_?to_?user|emit)/i;
/** Methods that say nothing about the job because everything has them. */
const COMMON =
  /^(start|stop|close|shutdown|run|init|initialize|get_stats|getStats|stats|health|health_check|reset|clear|to_dict|toJSON|__\w+__|get|set|name|describe)$/;

export interface Evidence {
  reasons: Reason[];
  /** The method that does the job; the one that takes handlers in. */
  dispatching: FunctionFact | null;
  registering: FunctionFact | null;
  /** Keeps handlers, takes them in, looks one up by type or asks them one by one. */
  registry: boolean;
  /** As above, and it may be a registry whatever it is called. */
  strong: boolean;
}

/** A body that does something itself. */
export const isReal = ({ body, abstract }: FunctionFact): boolean =>
  !abstract && body.shape === "other" && body.statements > 0;

export const takesMessage = ({ params }: FunctionFact): boolean =>
  params.some((param) => MESSAGE.test(param.name) || param.types.some((type) => MESSAGE_TYPE.test(type)));

/** `sharedWith` are the canonical's methods that do the job. */
export function evidenceOf(file: string, fact: ClassFact, concept: Concept, sharedWith: ReadonlySet<string>): Evidence {
  const methods = [...ownMethods(fact).values()];
  const real = methods.filter(isReal);
  const reasons: Reason[] = [];
  const say = (line: number, text: string) => reasons.push({ file, line, text });
  const registry = registryOf(fact, methods);
  if (registry) {
    const { name, kept, dispatch, by } = registry;
    say(kept.line, `keeps handlers in ${name}${kept.method ? `, taken in by ${kept.method.name}()` : ""}`);
    say(dispatch.line, `${dispatch.method.name}() ${BY[by]} ${name} and calls what it finds`);
  }
  const hinted = real.filter((method) => concept.methods.includes(method.name));
  for (const method of hinted) say(method.line, `${method.name}() is a method of the concept, with a body of its own`);
  const shared = real.filter(
    (method) => sharedWith.has(method.name) && !COMMON.test(method.name) && !hinted.includes(method),
  );
  for (const method of shared) say(method.line, `${method.name}() does what the canonical's method of that name does`);
  const branching = real.find(
    (method) => takesMessage(method) && method.body.dispatches.some(({ by }) => by === "branches"),
  );
  const branch = branching?.body.dispatches.find(({ by }) => by === "branches");
  if (branching && branch) say(branch.line, `${branching.name}() tells messages apart by their type`);
  const named = real.find(
    (method) => takesMessage(method) && method.body.dispatches.some(({ by }) => by === "method_name"),
  );
  const made = named?.body.dispatches.find(({ by }) => by === "method_name");
  if (named && made) say(made.line, `${named.name}() calls a method that is named after the message`);
  const verb = real.find((method) => JOB_VERB.test(method.name) && takesMessage(method) && method.body.statements > 1);
  if (verb && !hinted.includes(verb)) say(verb.line, `${verb.name}() takes a message and decides itself where it goes`);
  const known = hinted.find(takesMessage) ?? hinted[0] ?? shared.find(takesMessage) ?? shared[0];
  const dispatching = registry?.dispatch.method ?? branching ?? named ?? verb ?? known ?? null;
  const enoughHints = hinted.length >= 2 && hinted.length >= concept.methods.length / 2;
  return {
    reasons,
    dispatching,
    registering: registry?.kept.method ?? null,
    registry: registry !== null,
    strong: enoughHints || (registry !== null && takesMessage(registry.dispatch.method) && registry.callable),
  };
}

const BY: Record<string, string> = {
  key: "looks one up by key in",
  asking: "asks one by one in",
  fan_out: "goes through all of",
};

interface Registry {
  name: string;
  /** `filled`: something is put into it by a key or written in it. */
  kept: { line: number; method: FunctionFact | null; filled: boolean };
  dispatch: { line: number; method: FunctionFact };
  by: "key" | "asking" | "fan_out";
  /** Its name or its entries say that it holds things to be called. */
  callable: boolean;
}

const SAYS_CALLABLE = /handler|route|callback|listener|processor|chain|dispatch|subscriber|action|consumer/i;
/** All are given every message: one job among handlers, another among observers. */
const FAN_OUT = /^self\.\w*(handler|processor|route)/i;

/** The attribute that handlers are kept in, looked up in and called from. */
function registryOf(fact: ClassFact, methods: FunctionFact[]): Registry | null {
  for (const method of methods) {
    for (const { registry, by, line, direct } of method.body.dispatches) {
      if (registry === null || by === "branches" || by === "method_name") continue;
      if (by === "fan_out" && !FAN_OUT.test(registry)) continue;
      const names = throughHelper(registry, methods);
      for (const name of names) {
        const kept = keptIn(name, fact, methods);
        if (!kept) continue;
        const callable = SAYS_CALLABLE.test(name) || (direct && kept.filled);
        return { name, kept, dispatch: { line, method }, by: name === registry ? by : "asking", callable };
      }
    }
  }
  return null;
}

/** `self._find()` stands for the registries that this method gives things from. */
function throughHelper(registry: string, methods: FunctionFact[]): string[] {
  const helper = /^self\.(\w+)\(\)$/.exec(registry)?.[1];
  if (!helper) return [registry];
  const found = methods.find((method) => method.name === helper);
  return found ? [...found.body.returnsFrom] : [];
}

function keptIn(name: string, fact: ClassFact, methods: FunctionFact[]): Registry["kept"] | null {
  if (!name.startsWith("self.")) return null;
  const attribute = fact.attributes.find((one) => `self.${one.name}` === name);
  const takers = methods.flatMap((method) =>
    method.body.registers.filter((one) => one.registry === name).map((one) => ({ line: one.line, method })),
  );
  const taker = takers.find(({ method }) => method.name !== "__init__" && method.params.length > 0) ?? takers[0];
  if (taker) return { line: taker.line, method: taker.method.name === "__init__" ? null : taker.method, filled: true };
  return attribute?.collection ? { line: attribute.line, method: null, filled: false } : null;
}

/** Says by which of the config's words a name came into question. */
export function nameReason(file: string, line: number, name: string, concept: Concept): Reason | null {
  const pattern = matchingPattern(concept, name);
  return pattern ? { file, line, text: `its name fits ${pattern}` } : null;
}
