/** Which files are to be parsed, asked once of each content. */
import { matchesModule } from "@/domain/consolidation/concept";
import { grammarOf } from "./classify";
import type { Wanted } from "./scan";
import { importsMention, importsOf, mentions, namesJob, usesNames, type Words } from "./words";

/** By the words that a config gives: what a text imports where it holds none of them. */
type Found = "mentions" | { imports: string };

/** What a text says of the words; only what had to be asked. */
export interface Answer {
  found: Found;
  /** Null where it was not asked. */
  job: boolean | null;
  matters: boolean;
}

/** `isPlain`: it is known to hold none of the words that the config gives. */
export function askSource(words: Words, file: string, source: Uint8Array, isPlain: boolean): Answer {
  const text = Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString("latin1");
  const language = grammarOf(file) === "python" ? "python" : "other";
  if (!isPlain && mentions(words, text, language)) return { found: "mentions", job: null, matters: true };
  // A copy: a part of a text would keep the whole of it.
  const imports = Buffer.from(importsOf(text), "latin1").toString("latin1");
  const job = namesJob(words.jobs, text);
  return {
    found: { imports },
    job,
    matters: job || (importsMention(words, imports, language) ?? usesNames(words, text)),
  };
}

export interface Asked {
  /** Null where it cannot be known without the source. */
  matters(wanted: Wanted | null, file: string, key: string): boolean | null;
  /** Holds none of the words that the config gives. */
  isPlain(words: Words, key: string): boolean;
  /** What is known from now on. */
  learn(words: Words, key: string, answer: Answer): void;
}

export function createAsked(): Asked {
  const texts = createAnswers<Found>(({ any, twoOf, structure }) => [any, twoOf, structure]);
  const jobs = createAnswers<boolean>((words) => words.jobs);

  const ask = (words: Words, key: string): boolean | null => {
    const found = texts(words).get(key);
    if (found === undefined || found === "mentions") return found ? true : null;
    const job = jobs(words).get(key);
    const language = key.startsWith("python:") ? "python" : "other";
    return job === false ? importsMention(words, found.imports, language) : (job ?? null);
  };

  return {
    matters(wanted, file, key) {
      if (!wanted || wanted.files.has(file)) return true;
      if (matchesModule(wanted.words.legacy, "", file) !== null) return true;
      return ask(wanted.words, key);
    },
    isPlain: (words, key) => texts(words).get(key) !== undefined,
    learn(words, key, { found, job }) {
      texts(words).set(key, found);
      if (job !== null) jobs(words).set(key, job);
    },
  };
}

/** Keeps what was answered, by some of the words and by content. */
function createAnswers<T>(by: (words: Words) => unknown): (words: Words) => Map<string, T> {
  const known = new Map<string, Map<string, T>>();
  const ofWords = new WeakMap<Words, Map<string, T>>();
  return (words) => {
    const found = ofWords.get(words);
    if (found) return found;
    const key = JSON.stringify(by(words));
    const answers = known.get(key) ?? new Map<string, T>();
    known.set(key, answers);
    ofWords.set(words, answers);
    return answers;
  };
}
