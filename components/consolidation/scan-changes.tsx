"use client";
import { counted, figure, outOf, percent } from "@/client/format";
import { commitName, roleWords } from "@/client/role-words";
import { useScanDifference } from "@/client/use-consolidation";
import type { ConceptDifference, Consolidation } from "@/contracts/http";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { ErrorState } from "../ui/error-state";
import { ScrollRegion } from "../ui/scroll-region";
import { SkeletonRows } from "../ui/skeleton";
import { Time } from "../ui/time";

interface Props {
  trend: Consolidation["trend"];
  omitted: number;
  /** What reliability should be. */
  target: number;
  /** The scan whose changes are shown. */
  shown: string;
  onShow: (scan: string | null) => void;
}

/** The commits that were scanned, newest first, and what came and went with the one that is chosen. */
export function ScanChanges({ trend, omitted, target, shown, onShow }: Props) {
  const newest = trend.at(-1)?.id;
  return (
    <Card title="What came and what went" hint={outOf(trend.length, omitted)} flush>
      <div className="grid min-w-0 md:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <ol aria-label="Scanned commits" className="max-h-80 overflow-y-auto border-b md:border-r md:border-b-0">
          {[...trend].reverse().map((scan) => (
            <li key={scan.id} className="border-b last:border-b-0">
              <button
                type="button"
                aria-pressed={scan.id === shown}
                onClick={() => onShow(scan.id === newest ? null : scan.id)}
                className={cn(
                  "flex w-full items-baseline justify-between gap-3 px-4 py-2 text-left text-[13px] hover:bg-raised",
                  scan.id === shown && "bg-raised",
                )}
              >
                <span className="min-w-0">
                  <code className="block truncate font-mono text-xs">{commitName(scan.commit)}</code>
                  <span className="text-faint text-xs">
                    <Time at={scan.committedAt} />
                  </span>
                </span>
                <span className="shrink-0 text-right">
                  {counted(
                    scan.concepts.reduce((sum, { count }) => sum + count, 0),
                    "implementation",
                  )}
                  <AfterCommit until={scan.until} newest={scan.id === newest} target={target} />
                  {scan.notAnalysed > 0 && (
                    <span className="block text-bad text-xs">{figure(scan.notAnalysed)} not analysed</span>
                  )}
                </span>
              </button>
            </li>
          ))}
        </ol>
        <Changes scan={shown} />
      </div>
    </Card>
  );
}

/** Reliability of the traffic from the commit on, until the next one was made. */
function AfterCommit({
  until: { good, bad, ratio },
  newest,
  target,
}: {
  until: Consolidation["trend"][number]["until"];
  newest: boolean;
  target: number;
}) {
  if (ratio === null)
    return <span className="block text-faint text-xs">no journey judged {newest ? "since" : "until the next"}</span>;
  return (
    <span className="block text-xs" title={`${counted(good + bad, "journey")} judged`}>
      <span className={ratio >= target ? "text-good" : "text-bad"}>{percent(ratio)}</span>{" "}
      <span className="text-faint">reliable {newest ? "since" : "until the next"}</span>
    </span>
  );
}

function Changes({ scan }: { scan: string }) {
  const { data, error, refetch } = useScanDifference(scan);
  if (error && !data) {
    return <ErrorState error={error} title="The changes could not be fetched" onRetry={() => refetch()} />;
  }
  if (!data) return <SkeletonRows rows={3} label="The changes are being fetched" />;
  return (
    <ScrollRegion label="Changes" className="max-h-80 overflow-y-auto p-4 text-[13px]">
      <p className="text-muted">
        {data.before === null ? (
          "The first scan there is."
        ) : (
          <>
            Since <code className="font-mono text-xs">{commitName(data.before.commit)}</code> of{" "}
            <Time at={data.before.committedAt} />
          </>
        )}
      </p>
      {data.concepts.length === 0 && <p className="mt-2">Nothing changed its role, came or went.</p>}
      {data.concepts.map((concept) => (
        <ConceptChanges key={concept.id} concept={concept} />
      ))}
    </ScrollRegion>
  );
}

function ConceptChanges({
  concept: { id, count, came, went, changed, moved, legacyImporters },
}: {
  concept: ConceptDifference;
}) {
  const lines = [
    ...came.items.map(({ name, file, role }) => ({ sign: "+", text: `${name}, ${roleWords(role).title}`, file })),
    ...went.items.map(({ name, file, role }) => ({ sign: "−", text: `${name}, ${roleWords(role).title}`, file })),
    ...changed.items.map(({ name, file, role, before }) => ({
      ...{ sign: "~", text: `${name}: ${roleWords(before).title} → ${roleWords(role).title}`, file },
    })),
    ...moved.items.map(({ name, file, from }) => ({ sign: "~", text: `${name} moved from ${from}`, file })),
    ...legacyImporters.came.items.map((file) => ({ sign: "+", text: "old import", file })),
    ...legacyImporters.went.items.map((file) => ({ sign: "−", text: "old import", file })),
  ];
  const omitted = [came, went, changed, moved, legacyImporters.came, legacyImporters.went].reduce(
    (sum, list) => sum + list.omitted,
    0,
  );
  return (
    <div className="mt-3">
      <h3 className="font-medium">
        <code className="font-mono text-xs">{id}</code>
        {count.before !== count.after && (
          <span className="ml-2 text-muted">
            {count.before ?? "unknown"} → {count.after ?? "unknown"} implementations
          </span>
        )}
      </h3>
      <ul className="mt-1">
        {lines.map(({ sign, text, file }) => (
          <li key={`${sign} ${text} ${file}`} className="flex gap-2">
            <span aria-hidden className="w-3 text-faint">
              {sign}
            </span>
            <span className="sr-only">{sign === "+" ? "came:" : sign === "−" ? "went:" : "changed:"}</span>
            <span className="min-w-0 break-words">
              {text} <span className="font-mono text-faint text-xs">{file}</span>
            </span>
          </li>
        ))}
        {omitted > 0 && <li className="text-faint">and {figure(omitted)} more</li>}
      </ul>
    </div>
  );
}
