"use client";
import { ShieldCheck } from "lucide-react";
import { figure } from "@/client/format";
import { findingMeaning, findingTitle } from "@/client/words";
import type { JourneyDetail } from "@/contracts/http";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { type Column, Table } from "../ui/table";
import { compareFindings, type FindingRow } from "./prepare-facts";

/** How often each finding stands on either side. */
export function CompareFindings({ left, right }: { left: JourneyDetail; right: JourneyDetail }) {
  const rows = compareFindings(left, right);
  const cell = (side: "left" | "right") => (row: FindingRow) =>
    row[side] > 0 ? figure(row[side]) : <span className="text-faint">none</span>;
  const columns: Column<FindingRow>[] = [
    {
      head: "Finding",
      cell: ({ code }) => (
        <>
          <span className="font-medium">{findingTitle(code)}</span>
          <span className="block text-faint text-xs">{findingMeaning(code) ?? code}</span>
        </>
      ),
    },
    { head: "Left", figures: true, cell: cell("left") },
    { head: "Right", figures: true, cell: cell("right") },
  ];
  const omitted = left.omitted.findings + right.omitted.findings;
  return (
    <Card title="Findings" hint={omitted > 0 ? `${figure(omitted)} of them not counted here` : undefined} flush>
      {rows.length === 0 ? (
        <EmptyState icon={ShieldCheck} title="Nothing was found wrong with either" />
      ) : (
        <Table caption="Findings of both" columns={columns} rows={rows} rowKey={(row) => row.code} />
      )}
    </Card>
  );
}
