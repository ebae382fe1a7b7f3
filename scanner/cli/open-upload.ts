import { basename } from "node:path";
import type { StoredScan } from "@/contracts/consolidation";
import type { HistoryEntry } from "@/contracts/scans";
import { uploadScan } from "../upload";
import type { ScanConsole } from "./console";
import type { Checkout } from "./open-checkout";

/** Sends one scan; false after having said why it was not stored. */
export type Send = (scan: {
  committedAt: string | null;
  report: HistoryEntry["report"];
  /** Every file of the tree. */
  paths: string[];
}) => Promise<boolean>;

/** More are not taken. */
const MAX_PATHS = 500_000;

/** Null after having said what is missing. Without an address nothing is sent. */
export function openUpload(
  terminal: ScanConsole,
  address: string | undefined,
  { root, config, configHash }: Checkout,
): Send | null {
  if (address === undefined) return async () => true;
  const url = URL.canParse(address) ? new URL(address) : null;
  const key = terminal.apiKey();
  if (!url || !/^https?:$/.test(url.protocol))
    terminal.fail(`--upload ${address}: must be an address such as https://signalbox.example`);
  else if (key === null)
    terminal.fail("--upload needs a key that may ingest in SIGNALBOX_KEY; `signalbox key create` makes one");
  else {
    const campaigns = { project: config.project ?? basename(root), items: config.campaigns };
    return async ({ committedAt, report, paths }) => {
      const known = paths.length <= MAX_PATHS ? { paths } : {};
      const result = await uploadScan(url, key, { configHash, committedAt, report, campaigns, ...known });
      if (result.ok) {
        terminal.note(`${report.commit?.slice(0, 12) ?? "scan"} stored as ${result.id} (${result.status})\n`);
        terminal.note(campaignNotes(result.campaigns));
      } else terminal.fail(result.message);
      return result.ok;
    };
  }
  return null;
}

/** A line for each campaign of the config that is new, changed or ended. */
function campaignNotes(campaigns: StoredScan["campaigns"]): string {
  const said = (ids: readonly string[], what: string) => ids.map((id) => `campaign ${id} ${what}\n`).join("");
  if (!campaigns) return "";
  return said(campaigns.created, "created") + said(campaigns.changed, "changed") + said(campaigns.ended, "ended");
}
