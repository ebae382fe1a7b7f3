"use client";
import { duration, NO_DATA } from "@/client/format";
import type { EvidenceAround, EvidenceEvent, OccurrenceRow } from "@/contracts/http";
import { IdText } from "../../ui/id-text";
import { type Column, Table } from "../../ui/table";
import { Time } from "../../ui/time";
import { WrappedName } from "../../ui/wrapped-name";
import { sinceFirstMs } from "./prepare-evidence";

/** Every stage of the message, in order, with whose connection it was at each. */
export function Hops({ around, occurrence }: { around: EvidenceAround; occurrence: OccurrenceRow }) {
  const { hops, hopsOmitted } = around;
  if (hops.length === 0) return <p className="text-[13px] text-muted">Its events are not kept any more.</p>;
  const columns: Column<EvidenceEvent>[] = [
    {
      head: "Time",
      cell: (hop) => (
        <>
          <Time at={hop.time} as="clockWithMs" />
          <span className="block text-faint text-xs">+{duration(sinceFirstMs(hops, hop))}</span>
        </>
      ),
    },
    {
      head: "Stage",
      cell: ({ stage, type, outcome, errorCode }) => (
        <>
          <span className="font-medium">{stage}</span> <span className="text-faint text-xs">{type}</span>
          {outcome === "error" && <span className="block text-bad text-xs">{errorCode ?? "error"}</span>}
        </>
      ),
    },
    {
      head: "Router",
      cell: ({ router, handler }) =>
        router === null && handler === null ? (
          NO_DATA
        ) : (
          <WrappedName className="block font-mono text-[12.5px]">
            {[router, handler].filter((name) => name !== null).join(" ")}
          </WrappedName>
        ),
    },
    {
      head: "Claims",
      cell: ({ userId }) => (userId === null ? NO_DATA : <IdText className="block max-w-40">{userId}</IdText>),
    },
    {
      head: "Connection",
      cell: ({ connectionId, connectionUser }) =>
        connectionId === null ? (
          NO_DATA
        ) : (
          <>
            <IdText className="block max-w-40">{connectionId}</IdText>
            <Whose user={connectionUser} foreign={connectionUser !== null && connectionUser !== occurrence.owner} />
          </>
        ),
    },
  ];
  return (
    <>
      <div className="-mx-4">
        <Table caption="The delivery" columns={columns} rows={hops} rowKey={({ id }) => id} />
      </div>
      {hopsOmitted > 0 && <p className="text-faint text-xs">More stages are not shown.</p>}
    </>
  );
}

function Whose({ user, foreign }: { user: string | null; foreign: boolean }) {
  if (user === null) return <span className="text-faint text-xs">nobody signed in</span>;
  return <span className={foreign ? "font-medium text-bad text-xs" : "text-muted text-xs"}>{user}&apos;s</span>;
}
