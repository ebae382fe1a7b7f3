"use client";
import { figure } from "@/client/format";
import { commitName, partTitle, roleWords } from "@/client/role-words";
import { useConsolidationView, useScan, useScanPart } from "@/client/use-consolidation";
import { SCAN_PARTS, type ScanDetail } from "@/contracts/http";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { ErrorState } from "../ui/error-state";
import { ScrollRegion } from "../ui/scroll-region";
import { Select } from "../ui/select";
import { SkeletonRows } from "../ui/skeleton";
import { PartRow } from "./part-row";
import { rowsOf, sizeOf } from "./prepare-parts";

/** What a scan found of one concept, part by part, each with file, line and reasons. */
export function ScanParts({ scan, concept }: { scan: string; concept: string }) {
  const { view, setView } = useConsolidationView();
  const { data } = useScan(scan);
  const figures = data?.parts.find((part) => part.concept === concept);
  return (
    <>
      <Card
        title={concept}
        hint={[
          data && `in commit ${commitName(data.commit)}`,
          view.part === "symbols" && view.role && roleWords(view.role).meaning,
        ]
          .filter(Boolean)
          .join(": ")}
        flush
        actions={
          view.part === "symbols" && (
            <Select
              label="Role"
              labelled
              value={view.role ?? ""}
              options={[
                { value: "" as const, label: "all" },
                ...(figures?.roles ?? []).map(({ role, symbols }) => ({
                  ...{ value: role, label: `${roleWords(role).title} (${figure(symbols)})` },
                })),
              ]}
              onChange={(role) => setView({ role: role || null })}
            />
          )
        }
      >
        <nav aria-label={`Parts of ${concept}`} className="flex flex-wrap gap-1 border-b px-3 py-2">
          {SCAN_PARTS.map((part) => (
            <button
              key={part}
              type="button"
              aria-pressed={view.part === part}
              onClick={() => setView({ part })}
              className={cn(
                "h-7 rounded-md px-2.5 text-[13px] text-muted hover:bg-raised hover:text-ink",
                view.part === part && "bg-raised font-medium text-ink",
              )}
            >
              {partTitle(part)} <span className="text-faint">{figures ? figure(sizeOf(figures, part)) : ""}</span>
            </button>
          ))}
        </nav>
        <Rows scan={scan} concept={concept} />
      </Card>
      {data && data.notAnalysedFiles.items.length > 0 && <NotAnalysed files={data.notAnalysedFiles} />}
    </>
  );
}

function Rows({ scan, concept }: { scan: string; concept: string }) {
  const { view } = useConsolidationView();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useScanPart(scan, {
    ...{ concept, part: view.part, role: view.role },
  });
  if (error && !data) {
    return <ErrorState error={error} title="This part could not be fetched" onRetry={() => refetch()} />;
  }
  if (!data) return <SkeletonRows rows={4} label="This part is being fetched" />;
  const rows = data.pages.flatMap(rowsOf);
  if (rows.length === 0) return <p className="px-4 py-3 text-[13px] text-muted">Nothing of this kind was found.</p>;
  return (
    <>
      <ul aria-label={partTitle(view.part)} className="divide-y">
        {rows.map((row) => (
          <PartRow key={row.key} row={row} />
        ))}
      </ul>
      {hasNextPage && (
        <div className="border-t p-3 text-center">
          <Button disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {isFetchingNextPage ? "Fetching …" : "Show more"}
          </Button>
        </div>
      )}
    </>
  );
}

function NotAnalysed({ files: { items, omitted } }: { files: ScanDetail["notAnalysedFiles"] }) {
  return (
    <Card title="Not analysed" hint="nothing is known of these files: they count as neither clean nor old" flush>
      <ScrollRegion label="Files that were not analysed" className="max-h-72 overflow-y-auto">
        <ul aria-label="Files not analysed" className="divide-y">
          {items.map(({ file, reason }) => (
            <li key={file} className="px-4 py-2 text-[13px]">
              <code className="break-words font-mono text-xs">{file}</code>
              <span className="block text-muted">{reason}</span>
            </li>
          ))}
          {omitted > 0 && <li className="px-4 py-2 text-[13px] text-faint">and {figure(omitted)} more</li>}
        </ul>
      </ScrollRegion>
    </Card>
  );
}
