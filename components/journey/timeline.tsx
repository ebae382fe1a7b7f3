"use client";
import { ChartNoAxesGantt, Table2 } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { duration } from "@/client/format";
import { useJourneyEvents } from "@/client/use-journey-events";
import type { JourneyDetail } from "@/contracts/http";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Time } from "../ui/time";
import { ZonedText } from "../ui/zoned-text";
import { breakingFinding } from "./prepare-story";
import { nextMark } from "./timeline/next-mark";
import { prepareTimeline } from "./timeline/prepare-timeline";
import type { Mark } from "./timeline/prepared-timeline";
import { TimelineCanvas } from "./timeline/timeline-canvas";
import { TimelineMark } from "./timeline/timeline-mark";
import { TimelineTable } from "./timeline/timeline-table";

interface Props {
  journey: JourneyDetail;
  onOpen: (id: string) => void;
}

/** Who had the message when, lane by lane; what was owed and never came is hollow. */
export function Timeline({ journey, onOpen }: Props) {
  const evidence = breakingFinding(journey)?.eventIds.at(-1) ?? null;
  const { events, gapAt } = useJourneyEvents(journey, evidence);
  const timeline = useMemo(() => {
    const broken = gapAt !== null && events.findIndex((event) => event.id === evidence) >= gapAt;
    return prepareTimeline(journey, broken ? events.slice(gapAt) : events);
  }, [journey, events, gapAt, evidence]);
  const [asTable, setAsTable] = useState(false);
  const [lookedAt, setLookedAt] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const fault = timeline.marks.find((mark) => mark.state === "missing" || mark.state === "bad");
  const current = timeline.marks.find((mark) => mark.key === lookedAt) ?? fault ?? timeline.marks[0];

  const faultX = fault?.x;
  useEffect(() => {
    const box = scroller.current;
    if (box && faultX !== undefined && faultX > box.clientWidth - 240) box.scrollLeft = faultX - box.clientWidth / 2;
  }, [faultX]);

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const next = current && nextMark(timeline.marks, timeline.lanes, current, event.key);
    if (!next) return;
    event.preventDefault();
    scroller.current?.querySelector<HTMLElement>(`[data-mark="${CSS.escape(next.key)}"]`)?.focus();
  }

  return (
    <Card
      title="Timeline"
      hint={timeline.bound ?? "silences are drawn shorter than they were"}
      flush
      actions={
        <Button look="quiet" size="small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? (
            <ChartNoAxesGantt aria-hidden className="size-3.5" />
          ) : (
            <Table2 aria-hidden className="size-3.5" />
          )}
          {asTable ? "As lanes" : "As a table"}
        </Button>
      }
    >
      {asTable ? (
        <TimelineTable timeline={timeline} />
      ) : (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a group of marks moved through by arrow keys is no fieldset */}
          <div
            ref={scroller}
            role="group"
            aria-label="Timeline; the arrow keys move from event to event"
            className="overflow-x-auto"
            onKeyDown={onKeyDown}
          >
            <TimelineCanvas timeline={timeline}>
              {timeline.marks.map((mark) => (
                <TimelineMark
                  key={mark.key}
                  mark={mark}
                  laneIndex={timeline.lanes.findIndex((lane) => lane.id === mark.laneId)}
                  reachable={mark === current}
                  onLook={() => setLookedAt(mark.key)}
                  onOpen={() => mark.eventId !== null && onOpen(mark.eventId)}
                />
              ))}
            </TimelineCanvas>
          </div>
          {current && <Detail mark={current} startMs={timeline.marks[0]?.atMs ?? current.atMs} />}
        </>
      )}
    </Card>
  );
}

function Detail({ mark, startMs }: { mark: Mark; startMs: number }) {
  return (
    <div className="flex min-h-16 flex-col justify-center gap-0.5 border-t bg-raised px-4 py-2 text-[13px]">
      <p className="flex flex-wrap gap-x-2">
        <strong
          className={mark.state === "bad" || mark.state === "missing" ? "font-semibold text-bad" : "font-semibold"}
        >
          {mark.title}
        </strong>
        <span className="text-muted">
          {mark.state === "missing" ? "owed until " : ""}
          <Time at={new Date(mark.atMs).toISOString()} as="clockWithMs" /> (+{duration(mark.atMs - startMs)})
        </span>
      </p>
      <p className="text-muted text-xs">
        {mark.detail ? (
          <ZonedText text={mark.detail} near={new Date(mark.atMs).toISOString()} />
        ) : (
          "no further detail reported"
        )}
      </p>
    </div>
  );
}
