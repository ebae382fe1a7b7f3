/**
 * Which texts can say anything about the concepts. A large tree is parsed whole, but only files that hold one of these
 * words are looked into; what is found there gives further words, until none is new.
 */
import { createHash } from "node:crypto";
import type { ConceptReport, ScanReport } from "@/domain/consolidation/types";
import type { ScanConfig } from "./config";

/** Sources of regular expressions, all without regard to case. */
export interface Words {
  key: string;
  any: string[];
  /** Both of a pair. */
  together: [string, string][];
  /** Two different ones of them, as names that are called or defined. */
  twoOf: string[];
  /** What was added to which words: a text without those can only hold one of these. */
  added: { to: string; any: string[] } | null;
}

const REGISTRY = String.raw`(?:self|this)\.#?\w*(?:handler|route|callback|listener|processor|chain|dispatch|subscriber|action|consumer)`;
/** Something is looked up and called on the spot, whatever it is kept in. */
const LOOKUP = String.raw`(?:self|this)\.#?\w+\s*(?:\[\w[^\]\n]*\]|\.get\([^()\n]*\))`;
const MESSAGE = "message|msg|event|payload|envelope|packet|frame";
const CLAIMS = [
  String.raw`(?:can|supports?)_?handle|supported_?\w*types|message_?types`,
  String.raw`handlers?\w*\s*(?:\[|(?::[^=\n]*)?=\s*(?:\{|new Map))`,
  String.raw`(?:register|add)_?\w*handler\s*\(`,
  String.raw`@\w+\.on(?:_\w+)?\(`,
];

const escaped = (text: string): string => text.replace(/[.+^${}()|[\]\\*?]/g, "\\$&");

/** The longest part without a star, also in snake_case; null where nothing is left to look for. */
function chunkOf(glob: string): string | null {
  const [longest = ""] = glob.split(/[*?]+/).sort((a, b) => b.length - a.length);
  if (longest.length < 3) return null;
  return longest
    .split(/(?<=[a-z0-9])(?=[A-Z])|_/)
    .map(escaped)
    .join("_?");
}

const lastPart = (path: string): string =>
  path
    .replace(/\/\*\*?$/, "")
    .replace(/\.(py|pyi|[mc]?[jt]sx?)$/, "")
    .split(/[./:]/)
    .filter(Boolean)
    .at(-1) ?? path;

/** Null: every text can. */
export function wordsOf({ concepts }: ScanConfig): Words | null {
  const any = new Set(CLAIMS);
  const twoOf = new Set<string>();
  for (const { names, methods, bases, canonical, legacyImports, canonicalImports } of concepts) {
    const chunks = names.map(chunkOf);
    if (chunks.includes(null)) return null;
    for (const chunk of chunks) if (chunk) any.add(chunk);
    for (const name of [
      ...bases,
      ...[canonical ?? []].flat().flatMap((one) => [lastPart(one), lastPart(one.split(":")[0] ?? one)]),
    ])
      any.add(String.raw`\b${escaped(name)}\b`);
    for (const path of [...legacyImports, ...canonicalImports]) any.add(String.raw`\b${escaped(lastPart(path))}\b`);
    for (const method of methods) twoOf.add(String.raw`\b${escaped(method)}\s*\(`);
  }
  return withKey({
    any: [...any],
    together: concepts.some(({ structure }) => structure) ? [[`${REGISTRY}|${LOOKUP}`, MESSAGE]] : [],
    twoOf: [...twoOf],
    added: null,
  });
}

const withKey = (words: Omit<Words, "key">): Words => ({
  ...words,
  key: createHash("sha1").update(JSON.stringify(words)).digest("hex"),
});

/** The words with the names and modules that a report found, and the bases of its classes; null where none is new. */
export function moreWords(words: Words, { concepts }: ScanReport, bases: string[]): Words | null {
  const listed = concepts.flatMap(({ symbols }: ConceptReport) => symbols.filter(({ role }) => role !== "unrelated"));
  const modules = listed.map(({ file }) => file.replace(/\/(__init__|index)\.\w+$/, ""));
  const names = [...listed.map(({ name }) => name), ...modules.map(lastPart), ...bases].filter((name) =>
    /^\w{3,}$/.test(name),
  );
  const known = new Set(words.any);
  const fresh = [...new Set(names)].map((name) => String.raw`\b${escaped(name)}\b`).filter((word) => !known.has(word));
  return fresh.length === 0
    ? null
    : withKey({ ...words, any: [...words.any, ...fresh], added: { to: words.key, any: fresh } });
}

const compiled = new Map<string, RegExp>();

/** Word lists are few, texts are many. */
function regexp(source: string): RegExp {
  const known = compiled.get(source) ?? new RegExp(source, "i");
  compiled.set(source, known);
  return known;
}

export function mentions(words: Words, text: string): boolean {
  if (regexp(words.any.join("|")).test(text)) return true;
  if (words.together.some(([a, b]) => regexp(a).test(text) && regexp(b).test(text))) return true;
  return words.twoOf.filter((word) => regexp(word).test(text)).length > 1;
}

/** Whether a text that held none of the words before holds one of those added. */
export const mentionsAdded = ({ added }: Words, text: string): boolean =>
  added !== null && regexp(added.any.join("|")).test(text);
