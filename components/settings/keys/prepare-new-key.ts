/** The key that was typed, or what is wrong with it. */
import { type KeyRole, type NewKey, newKey } from "@/contracts/access";

export interface TypedKey {
  name: string;
  role: KeyRole;
  environments: string[];
  requests: string;
  events: string;
}

type Problems = Partial<Record<keyof NewKey, string>>;
const WORDS: Problems = {
  name: "give it a name of one line, up to 100 characters",
  environments: "name at least one environment",
};
const NO_NUMBER = "write a whole number, or nothing for no limit";

export function prepareNewKey(typed: TypedKey): { body: NewKey | null; problems: Problems } {
  const { name, role, environments } = typed;
  const parsed = newKey.safeParse({
    ...{ name, role, environments },
    requestsPerMinute: limitOf(typed.requests),
    eventsPerMinute: limitOf(typed.events),
  });
  if (parsed.success) return { body: parsed.data, problems: {} };
  const problems: Problems = {};
  for (const { path, message } of parsed.error.issues) {
    const field = path[0] as keyof NewKey;
    problems[field] ??= field.endsWith("PerMinute") ? NO_NUMBER : (WORDS[field] ?? message);
  }
  return { body: null, problems };
}

/** NaN, which the contract refuses, for what is no number. */
function limitOf(text: string): number | null {
  const plain = text.replaceAll(/[\s,]/g, "");
  if (plain === "") return null;
  return /^\d+$/.test(plain) ? Number(plain) : Number.NaN;
}
