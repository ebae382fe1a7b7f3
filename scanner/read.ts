/** Says of sources whether they matter, and reads those that do. */
import { type Answer, askSource } from "./asked";
import { type ModuleReading, readModule } from "./read-module";
import { createParse, type Parse } from "./syntax/parse";
import type { Words } from "./words";

export interface SentFile {
  file: string;
  source: Uint8Array;
  /** Whether it matters is to be asked; `plain`: it is known to hold none of the words that the config gives. */
  ask: "all" | "plain" | null;
  /** Its facts are known already. */
  isKnown: boolean;
}

export interface ReadRequest {
  /** Null where nothing is asked. */
  words: Words | null;
  files: SentFile[];
}

export interface ReadAnswer {
  file: string;
  asked: Answer | null;
  /** Null where it does not matter, or is known. */
  reading: ModuleReading | null;
}

export type Read = (request: ReadRequest) => Promise<ReadAnswer[]>;

/** The parser is loaded with the first file that matters. */
export function createRead(): Read {
  let parsing: Promise<Parse> | null = null;
  return async ({ words, files }) => {
    const answers: ReadAnswer[] = [];
    for (const { file, source, ask, isKnown } of files) {
      const asked = words && ask ? askSource(words, file, source, ask === "plain") : null;
      let reading: ModuleReading | null = null;
      if (!isKnown && asked?.matters !== false) {
        parsing ??= createParse();
        reading = await readModule(await parsing, file, source);
      }
      answers.push({ file, asked, reading });
    }
    return answers;
  };
}
