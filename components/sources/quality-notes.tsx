"use client";
import { BadgeCheck } from "lucide-react";
import { figure, NO_DATA, outOf } from "@/client/format";
import { noteMeaning } from "@/client/words";
import type { SourceList } from "@/contracts/http";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";

type Note = SourceList["notes"][number];

const COLUMNS: Column<Note>[] = [
  {
    head: "Note",
    cell: (note) => (
      <span className="block min-w-44">
        <code className="font-mono text-[12.5px]">{note.code}</code>
        <span className="block text-faint text-xs">{noteMeaning(note.code)}</span>
      </span>
    ),
  },
  { head: "Service", cell: (note) => note.service || NO_DATA },
  { head: "Instance", cell: (note) => note.instance || NO_DATA },
  { head: "Times", figures: true, cell: (note) => figure(note.count) },
  { head: "First", cell: (note) => <Time at={note.firstAt} /> },
  { head: "Last", cell: (note) => <Time at={note.lastAt} /> },
  {
    head: "Example",
    cell: (note) => <span className="break-all font-mono text-[12.5px]">{note.sample ?? NO_DATA}</span>,
  },
];

/** What is odd about the telemetry itself; none of it fails a journey. */
export function QualityNotes({ notes, omitted }: { notes: Note[]; omitted: number }) {
  return (
    <Card
      title="Quality of the data"
      hint={omitted > 0 ? `the newest ${outOf(notes.length, omitted)}` : "what looked odd in the telemetry itself"}
      flush
    >
      {notes.length === 0 ? (
        <EmptyState icon={BadgeCheck} title="Nothing odd was noticed" />
      ) : (
        <Table
          caption="Quality of the data"
          columns={COLUMNS}
          rows={notes}
          rowKey={(note) => `${note.code} ${note.service} ${note.instance}`}
        />
      )}
    </Card>
  );
}
