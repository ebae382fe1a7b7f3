/** Contents of git objects through one `git cat-file --batch`. */
import { spawn } from "node:child_process";
import { SAFE_FLAGS } from "./git";

export interface ObjectReader {
  /** Null where the object is not there, as in a shallow or partial clone. */
  read(hash: string): Promise<Buffer | null>;
  close(): void;
}

export function openObjects(folder: string): ObjectReader {
  const child = spawn("git", [...SAFE_FLAGS, "-C", folder, "cat-file", "--batch"], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const waiting: { resolve(found: Buffer | null): void; reject(error: Error): void }[] = [];
  let chunks: Buffer[] = [];
  let held = 0;
  /** What the next whole answer needs; 0 until its header is known. */
  let needed = 0;

  const take = (): void => {
    if (held < needed) return;
    let buffer = Buffer.concat(chunks);
    for (;;) {
      const end = buffer.indexOf(10);
      if (end < 0) break;
      const size = /^\S+ \w+ (\d+)$/.exec(buffer.toString("latin1", 0, end))?.[1];
      const whole = size === undefined ? end + 1 : end + 1 + Number(size) + 1;
      if (buffer.length < whole) {
        needed = whole;
        break;
      }
      needed = 0;
      waiting.shift()?.resolve(size === undefined ? null : Buffer.from(buffer.subarray(end + 1, whole - 1)));
      buffer = buffer.subarray(whole);
    }
    chunks = [buffer];
    held = buffer.length;
  };
  child.stdout.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    held += chunk.length;
    take();
  });
  const fail = (error: Error) => {
    for (const one of waiting.splice(0)) one.reject(error);
  };
  child.on("error", fail);
  child.on("close", () => fail(new Error("git cat-file ended")));
  child.stdin.on("error", fail);
  return {
    read(hash) {
      if (!/^[0-9a-f]{40,64}$/.test(hash)) return Promise.resolve(null);
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${hash}\n`);
      });
    },
    close: () => child.stdin.end(),
  };
}
