/** Which files are to be parsed, asked once of each content. */
import { matchesModule } from "@/domain/consolidation/concept";
import type { Wanted } from "./scan";
import { MAX_BYTES } from "./syntax/parse";
import { importsMention, importsOf, mentions, usesNames, type Words } from "./words";

export interface Asked {
  /** Null where it cannot be known without the source. */
  matters(wanted: Wanted | null, file: string, key: string, source: Uint8Array | null): boolean | null;
}

export function createAsked(): Asked {
  /** By the words that do not come from imports, then by content: what it imports where it holds none of them. */
  const lacking = new Map<string, Map<string, { imports: string } | "mentions">>();

  const textOf = (source: Uint8Array): string =>
    Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString("latin1");

  const ask = (words: Words, key: string, source: Uint8Array | null): boolean | null => {
    const own = JSON.stringify([words.any, words.twoOf, words.jobs, words.structure]);
    const known = lacking.get(own) ?? new Map<string, { imports: string } | "mentions">();
    lacking.set(own, known);
    const found = known.get(key) ?? (source && look(words, source));
    if (!found) return null;
    known.set(key, found);
    if (found === "mentions") return true;
    const answer = importsMention(words, found.imports);
    return answer === null && source ? usesNames(words, textOf(source)) : answer;
  };

  const look = (words: Words, source: Uint8Array): { imports: string } | "mentions" => {
    // What is no text, or too long, is named as such.
    if (source.length > MAX_BYTES || source.includes(0)) return "mentions";
    const text = textOf(source);
    return mentions(words, text) ? "mentions" : { imports: importsOf(text) };
  };

  return {
    matters(wanted, file, key, source) {
      if (!wanted || wanted.files.has(file)) return true;
      if (matchesModule(wanted.words.legacy, "", file) !== null) return true;
      return ask(wanted.words, key, source);
    },
  };
}
