"use client";
import Link from "next/link";
import { counted, figure, outOf } from "@/client/format";
import { commitName, roleWords } from "@/client/role-words";
import { useEnvironment, useHref } from "@/client/url-state";
import { useRoutersInCode } from "@/client/use-consolidation";
import { useNow } from "@/client/use-now";
import type { CodeAndTraffic, RoutersInCode as InCode } from "@/contracts/http";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { ErrorState } from "../ui/error-state";
import { SkeletonRows } from "../ui/skeleton";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";
import { RouterLink } from "./router-link";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const STATES: Record<CodeAndTraffic["state"], { title: string; meaning: string; look: string }> = {
  live: { title: "live", meaning: "in the code and in the traffic", look: "text-good" },
  silent: { title: "silent", meaning: "in the code, without traffic", look: "text-muted" },
  unknown: {
    title: "unknown",
    meaning: "in the traffic, not in the scanned code: a stale deployment?",
    look: "text-bad",
  },
};

/** Routers of the newest scan beside those of the traffic: which are used, which could go, and which nobody knows. */
export function RoutersInCode() {
  const [environment] = useEnvironment();
  const { data, error, refetch } = useRoutersInCode(environment);
  if (error && !data) {
    return <ErrorState error={error} title="The code's routers could not be fetched" onRetry={() => refetch()} />;
  }
  if (!data) return <SkeletonRows rows={3} label="The code's routers are being fetched" />;
  if (!data.scan) return <NoScan />;
  return (
    <Card
      title="Code and traffic"
      hint={
        <>
          commit {commitName(data.scan.commit)}, silent after {counted(data.silentDays, "day")} without a message
          {data.routers.omitted > 0 && `, ${outOf(data.routers.items.length, data.routers.omitted)} routers`}
        </>
      }
      flush
    >
      <Table
        caption="Routers in code and traffic"
        columns={columnsOf(data)}
        rows={data.routers.items}
        rowKey={({ router }) => router}
      />
    </Card>
  );
}

function columnsOf({ watchedSince }: InCode): Column<CodeAndTraffic>[] {
  return [
    { head: "Router", cell: ({ router }) => <RouterLink router={router} /> },
    {
      head: "State",
      cell: ({ state }) => (
        <>
          <span className={cn("font-medium", STATES[state].look)}>{STATES[state].title}</span>
          <span className="block text-faint text-xs">{STATES[state].meaning}</span>
        </>
      ),
    },
    { head: "In the code", cell: ({ symbols }) => <Symbols symbols={symbols} /> },
    { head: "Messages", figures: true, cell: ({ messages }) => figure(messages) },
    { head: "Last seen", roomy: true, cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
    { head: "To delete", cell: (row) => <Deletion row={row} watchedSince={watchedSince} /> },
  ];
}

function Symbols({ symbols }: Pick<CodeAndTraffic, "symbols">) {
  if (symbols.length === 0) return <span className="text-faint">not in the scan</span>;
  return (
    <ul className="min-w-40">
      {symbols.map(({ name, file, line, role }) => (
        <li key={`${file}:${line} ${name}`} className="break-words">
          {roleWords(role).title}{" "}
          <code className="break-all font-mono text-faint text-xs">
            {file}:{line}
          </code>
        </li>
      ))}
    </ul>
  );
}

/** Whether it may go, and what that is known by. */
function Deletion({ row, watchedSince }: { row: CodeAndTraffic; watchedSince: string | null }) {
  const { state, safeToDelete, importers, symbols } = row;
  if (state !== "silent") return <span className="text-faint">–</span>;
  if (symbols.some(({ role }) => role === "canonical"))
    return <span className="text-muted">no: the canonical one</span>;
  if (importers > 0)
    return <span className="text-muted">not while {counted(importers, "file imports", "files import")} it</span>;
  if (!safeToDelete) return <span className="text-muted">not watched for long enough</span>;
  return <SafeToDelete row={row} watchedSince={watchedSince} />;
}

/** What makes it safe: its role, who imports it, how long nothing came, and what came before. */
function SafeToDelete({ row, watchedSince }: { row: CodeAndTraffic; watchedSince: string | null }) {
  const nowMs = useNow(MINUTE_MS);
  const since = row.lastSeenAt ?? watchedSince;
  const days = since === null ? 0 : Math.floor((nowMs - Date.parse(since)) / DAY_MS);
  const roles = [...new Set(row.symbols.map(({ role }) => roleWords(role).title))].join(", ");
  return (
    <div className="min-w-40">
      <strong className="text-good">safe to delete</strong>
      <span className="block text-faint text-xs">
        {roles}, imported by no file, no message for {counted(days, "day")} (since <Time at={since} />
        ); {row.messages === 0 ? "none was ever seen" : `${counted(row.messages, "message")} before that`}
      </span>
    </div>
  );
}

function NoScan() {
  const href = useHref();
  return (
    <p className="text-[13px] text-muted">
      Which of these routers the code still has, and which it could do without, a scan would say:{" "}
      <Link className="underline" href={href("/consolidation")}>
        consolidation
      </Link>
      .
    </p>
  );
}
