"use client";
import type { JourneyDetail } from "@/contracts/http";
import { Card } from "../ui/card";
import { EventLinks } from "./event-links";

/** What a reader should know of the data, none of which fails anything. */
export function Notes({ notes, onOpen }: { notes: JourneyDetail["notes"]; onOpen: (id: string) => void }) {
  if (notes.length === 0) return null;
  return (
    <Card title="Notes on the data" flush>
      <ul>
        {notes.map((note) => (
          <li
            key={`${note.code} ${note.text}`}
            className="flex flex-col gap-1 border-b px-4 py-2.5 text-[13px] last:border-b-0"
          >
            <p>
              {note.text} <code className="font-mono text-faint text-xs">{note.code}</code>
            </p>
            <EventLinks ids={note.eventIds} omitted={note.eventIdsOmitted} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
