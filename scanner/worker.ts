/** A thread that parses what it is sent. */
import { parentPort } from "node:worker_threads";
import { type ModuleReading, readModule } from "./read-module";
import { createParse } from "./syntax/parse";
import type { Words } from "./words";

export interface ReadRequest {
  files: { file: string; source: Uint8Array }[];
  words: Words | null;
}
export type ReadAnswer = [string, ModuleReading][];

const parsing = createParse();

parentPort?.on("message", async ({ files, words }: ReadRequest) => {
  const parse = await parsing;
  const answer: ReadAnswer = [];
  for (const { file, source } of files) answer.push([file, await readModule(parse, file, source, words)]);
  parentPort?.postMessage(answer);
});
