/** A thread that parses what it is sent, one request after the other. */
import { parentPort } from "node:worker_threads";
import { type ModuleReading, readModule } from "./read-module";
import { createParse } from "./syntax/parse";

export interface ReadRequest {
  files: { file: string; source: Uint8Array }[];
}
export type ReadAnswer = [string, ModuleReading][];

const parsing = createParse();

async function read({ files }: ReadRequest): Promise<void> {
  const parse = await parsing;
  const answer: ReadAnswer = [];
  for (const { file, source } of files) answer.push([file, await readModule(parse, file, source)]);
  parentPort?.postMessage(answer);
}

let last = Promise.resolve();
parentPort?.on("message", (request: ReadRequest) => {
  last = last.then(() => read(request));
});
