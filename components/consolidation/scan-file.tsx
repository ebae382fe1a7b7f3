"use client";
import { counted, figure } from "@/client/format";
import { commitName } from "@/client/role-words";
import { useScanFile } from "@/client/use-consolidation";
import type { ScanFile as FileInScan } from "@/contracts/http";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { ErrorState } from "../ui/error-state";
import { ScrollRegion } from "../ui/scroll-region";
import { SkeletonRows } from "../ui/skeleton";
import { Time } from "../ui/time";

interface Props {
  scan: string;
  file: string;
  onClose: () => void;
}

/** Whether a file is among those of the scanned checkout: what a campaign that waits for its end is evaluated from. */
export function ScanFile({ scan, file, onClose }: Props) {
  const { data, error, refetch } = useScanFile(scan, file);
  if (error && !data) {
    return <ErrorState error={error} title="The files of this scan could not be fetched" onRetry={() => refetch()} />;
  }
  if (!data) return <SkeletonRows rows={3} label="The files of this scan are being fetched" />;
  return (
    <Card
      title={file}
      hint={
        <>
          in commit {commitName(data.scan.commit)} of <Time at={data.scan.committedAt} />
        </>
      }
      flush
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <p className="px-4 py-3 text-[13px]">{verdictOf(data)}</p>
      {data.files !== null && <Beside data={data} />}
    </Card>
  );
}

function verdictOf({ there, files }: FileInScan) {
  if (there === null || files === null)
    return "This scan was uploaded without the paths of its checkout: whether the file is there is not known.";
  return there ? (
    <>
      <strong>There</strong>: it is one of the {counted(files, "file")} of this checkout.
    </>
  ) : (
    <>
      <strong>Gone</strong>: it is none of the {counted(files, "file")} of this checkout.
    </>
  );
}

function Beside({ data: { folder, beside } }: { data: FileInScan }) {
  const where = folder === "" ? "at the top of the checkout" : `in ${folder}`;
  if (beside.items.length === 0)
    return <p className="border-t px-4 py-2 text-[13px] text-muted">No other file stands {where}.</p>;
  return (
    <div className="border-t">
      <p className="break-words px-4 pt-2 text-[13px] text-muted">
        What else stands {where}, {counted(beside.items.length + beside.omitted, "file")}:
      </p>
      <ScrollRegion label="Files beside it" className="max-h-60 overflow-y-auto">
        <ul aria-label="Files beside it" className="px-4 py-2">
          {beside.items.map((path) => (
            <li key={path}>
              <code className="break-all font-mono text-xs">{path}</code>
            </li>
          ))}
          {beside.omitted > 0 && <li className="text-[13px] text-faint">and {figure(beside.omitted)} more</li>}
        </ul>
      </ScrollRegion>
    </div>
  );
}
