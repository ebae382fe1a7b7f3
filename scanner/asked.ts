/** Which files are to be parsed, asked once of each content. */
import { matchesModule } from "@/domain/consolidation/concept";
import type { Wanted } from "./scan";
import { MAX_BYTES } from "./syntax/parse";
import { importsMention, importsOf, mentions, namesJob, usesNames, type Words } from "./words";

export interface Asked {
  /** Null where it cannot be known without the source. */
  matters(wanted: Wanted | null, file: string, key: string, source: Uint8Array | null): boolean | null;
}

type Found = "mentions" | { imports: string };

export function createAsked(): Asked {
  /** By the words that a config gives, then by content: what it imports where it holds none of them. */
  const texts = createAnswers<Found>(({ any, twoOf, structure }) => [any, twoOf, structure]);
  const jobs = createAnswers<boolean>((words) => words.jobs);

  const ask = (words: Words, key: string, source: Uint8Array | null): boolean | null => {
    const text = source && characters(source);
    const found = texts(words, key, () => (text === null ? null : look(words, text)));
    if (found === null || found === "mentions") return found && true;
    const job = jobs(words, key, () => (text === null ? null : namesJob(words.jobs, text)));
    if (job !== false) return job;
    const imported = importsMention(words, found.imports);
    return imported === null && text !== null ? usesNames(words, text) : imported;
  };

  return {
    matters(wanted, file, key, source) {
      if (!wanted || wanted.files.has(file)) return true;
      if (matchesModule(wanted.words.legacy, "", file) !== null) return true;
      // What is no text, or too long, is named as such.
      if (source && (source.length > MAX_BYTES || source.includes(0))) return true;
      return ask(wanted.words, key, source);
    },
  };
}

const characters = (source: Uint8Array): string =>
  Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString("latin1");

/** The imports as a copy: a part of a text would keep the whole of it. */
const look = (words: Words, text: string): Found =>
  mentions(words, text) ? "mentions" : { imports: Buffer.from(importsOf(text), "latin1").toString("latin1") };

/** Keeps what was answered, by some of the words and by content; null is no answer. */
function createAnswers<T>(by: (words: Words) => unknown) {
  const known = new Map<string, Map<string, T>>();
  const ofWords = new WeakMap<Words, Map<string, T>>();
  const of = (words: Words): Map<string, T> => {
    const key = JSON.stringify(by(words));
    const found = known.get(key) ?? new Map<string, T>();
    known.set(key, found);
    ofWords.set(words, found);
    return found;
  };
  return (words: Words, key: string, answer: () => T | null): T | null => {
    const answers = ofWords.get(words) ?? of(words);
    const found = answers.get(key) ?? answer();
    if (found !== null) answers.set(key, found);
    return found;
  };
}
