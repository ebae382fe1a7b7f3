/** A thread that reads what it is sent, one request after the other. */
import { parentPort } from "node:worker_threads";
import { createRead, type ReadRequest } from "./read";

const read = createRead();

let last: Promise<unknown> = Promise.resolve();
parentPort?.on("message", (request: ReadRequest) => {
  last = last.then(async () => parentPort?.postMessage(await read(request)));
});
