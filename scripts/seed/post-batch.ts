/** One compressed batch to the public API; a sender that is asked to wait, waits. */
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type BatchAnswer, batchAnswer } from "@/contracts/http";

const compress = promisify(gzip);
const LEVEL = 1;

/** @throws when the app is gone, refuses the batch, or rejects one of its events */
export async function postBatch(
  { url, key }: { url: string; key: string },
  events: readonly unknown[],
  onWait: () => void,
): Promise<BatchAnswer> {
  const body = new Uint8Array(await compress(JSON.stringify(events), { level: LEVEL }));
  for (;;) {
    const response = await fetch(`${url}/api/v1/telemetry`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        "content-encoding": "gzip",
      },
      body,
    });
    if (response.ok) return accepted(batchAnswer.parse(await response.json()));
    if (response.status !== 429) throw new Error(`the app answered ${response.status}: ${await response.text()}`);
    await response.body?.cancel();
    onWait();
    await wait(Number(response.headers.get("retry-after") ?? 1) * 1_000);
  }
}

function accepted(answer: BatchAnswer): BatchAnswer {
  const [first] = answer.rejected;
  if (!first) return answer;
  throw new Error(
    `${answer.rejectedTotal} events were rejected; the first, ${first.id}: ${first.message} (${first.code})`,
  );
}
