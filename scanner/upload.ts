/** Hands a scan to a running Signalbox. Names and places of symbols go over the wire, source text does not. */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { z } from "zod";
import { type StoredScan, storedScan } from "@/contracts/consolidation";
import type { ScanUpload } from "@/contracts/scans";

const pack = promisify(gzip);
const TIMEOUT_MS = 60_000;

const refusal = z.object({
  error: z.object({
    message: z.string(),
    details: z.array(z.object({ field: z.string().optional(), message: z.string() })).optional(),
  }),
});

export type UploadResult = ({ ok: true } & StoredScan) | { ok: false; message: string };

/** Fields of campaigns as the config calls them. */
function refusalText({ message, details = [] }: z.infer<typeof refusal>["error"]): string {
  const more = details.map((detail) => `${detail.field ?? ""}: ${detail.message}`).filter((text) => text !== message);
  return [message, ...more].join("; ").replaceAll(/\bcampaigns\.items\.(\d+)/g, "campaigns[$1]");
}

/** `address`: where Signalbox is, as in a browser; `key`: one that may ingest. */
export async function uploadScan(address: URL, key: string, upload: ScanUpload): Promise<UploadResult> {
  const url = new URL("api/v1/scans", address.href.endsWith("/") ? address : `${address.href}/`);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", "content-encoding": "gzip" },
      body: new Uint8Array(await pack(JSON.stringify(upload))),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: unknown = await response.json().catch(() => null);
    const stored = storedScan.safeParse(body);
    if (response.ok && stored.success) return { ok: true, ...stored.data };
    const said = refusal.safeParse(body);
    const why = said.success ? refusalText(said.data.error) : "the answer is none of Signalbox's";
    return { ok: false, message: `${url.origin} answered ${response.status}: ${why}` };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { ok: false, message: `${url.origin} cannot be reached: ${cause instanceof Error ? cause.message : "?"}` };
  }
}
