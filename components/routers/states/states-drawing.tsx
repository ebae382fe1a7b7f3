"use client";
import { axisTime, dayAndClock, type Zone } from "@/client/format";
import { useZone } from "@/client/url-state";
import { cn } from "../../ui/cn";
import { useWidth } from "../../ui/use-width";
import { prepareScale, type TimeScale } from "../../user/overview/prepare-scale";
import { useBrush } from "../../user/overview/use-brush";
import type { Band, Lane, PreparedStates } from "./prepared-states";
import { bandLook, StateWord } from "./state-look";

const AXIS_PX = 24;
const LANE_PX = 36;
/** A band that is narrower has no room for its word. */
const WORD_PX = 44;
const HATCHED = "repeating-linear-gradient(135deg, transparent 0 4px, var(--line-strong) 4px 5px)";

interface Props {
  states: PreparedStates;
  lanes: Lane[];
  onSelect: (fromMs: number, toMs: number) => void;
}

/** One lane a component, all on one axis; dragging selects a stretch. The table says all of it. */
export function StatesDrawing({ states, lanes, onSelect }: Props) {
  const [zone] = useZone();
  const [widthPx, measure] = useWidth();
  const { fromMs, toMs, unheard } = states;
  const scale = prepareScale({ fromMs, toMs, active: [], widthPx, shorten: false });
  const brush = useBrush(
    (fromX, toX) => onSelect(scale.msOf(fromX), scale.msOf(toX)),
    () => undefined,
  );
  return (
    <div aria-hidden className="flex">
      <LaneNames lanes={lanes} />
      <div
        ref={measure}
        {...brush.handlers}
        className="relative min-w-0 flex-1 cursor-crosshair touch-pan-y select-none overflow-hidden"
        style={{ height: AXIS_PX + lanes.length * LANE_PX }}
      >
        {widthPx > 0 && (
          <>
            <Axis scale={scale} zone={zone} />
            {unheard.map((span) => (
              <span
                key={span.from}
                title="A source could not be heard: reports of this time may be missing."
                className="absolute bottom-0 opacity-60"
                style={{ ...stretch(scale, span), top: AXIS_PX, backgroundImage: HATCHED }}
              />
            ))}
            {lanes.map((lane, n) => (
              <div
                key={lane.key}
                className="absolute inset-x-0"
                style={{ top: AXIS_PX + n * LANE_PX, height: LANE_PX }}
              >
                {lane.bands.map((band) => (
                  <BandMark key={band.key} lane={lane} band={band} scale={scale} zone={zone} />
                ))}
              </div>
            ))}
            {brush.selected && (
              <span
                className="pointer-events-none absolute bottom-0 bg-accent/20"
                style={{
                  left: brush.selected.fromX,
                  width: brush.selected.toX - brush.selected.fromX,
                  top: AXIS_PX,
                }}
              />
            )}
          </>
        )}
      </div>
    </div>
  );
}

function LaneNames({ lanes }: { lanes: Lane[] }) {
  return (
    <ul className="w-36 shrink-0 border-r sm:w-72" style={{ paddingTop: AXIS_PX }}>
      {lanes.map((lane) => (
        <li
          key={lane.key}
          className="flex items-center gap-2 px-3 leading-tight sm:px-4"
          style={{ height: LANE_PX }}
          title={`${lane.component} ${lane.where}`}
        >
          <span className="min-w-0 flex-1">
            <span className="block truncate font-mono text-[11.5px]">{lane.component}</span>
            {lane.where && <span className="block truncate text-[11px] text-faint">{lane.where}</span>}
          </span>
          <span className="hidden max-w-28 shrink-0 text-xs sm:block">
            <StateWord {...lane.last} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Axis({ scale, zone }: { scale: TimeScale; zone: Zone }) {
  return scale.ticks.map(({ x, atMs }) => (
    <span
      key={x}
      className="absolute inset-y-0 whitespace-nowrap border-line border-l pl-1 text-[10.5px] text-faint"
      style={{ left: x }}
    >
      {axisTime(atMs, scale.stepMs, zone)}
    </span>
  ));
}

interface BandProps {
  lane: Lane;
  band: Band;
  scale: TimeScale;
  zone: Zone;
}

function BandMark({ lane, band, scale, zone }: BandProps) {
  const place = stretch(scale, band);
  const narrow = place.width < WORD_PX;
  return (
    <span
      title={`${lane.component}: ${bandWords(band, zone)}`}
      className={cn(
        "absolute top-1/2 flex -translate-y-1/2 items-center overflow-hidden rounded-sm border px-1.5 text-[11px]",
        bandLook(band.tone, narrow),
        band.fromBefore && "rounded-l-none border-l-0",
        band.lasts && "rounded-r-none border-r-0",
        narrow && "px-0",
      )}
      style={place}
    >
      {!narrow && band.state !== null && band.tone !== "good" && <span className="truncate">{band.state}</span>}
    </span>
  );
}

function stretch(scale: TimeScale, { fromMs, toMs }: { fromMs: number; toMs: number }) {
  const left = scale.xOf(fromMs);
  return { left, width: Math.max(2, scale.xOf(toMs) - left) };
}

/** "open, 21 Nov 10:03:12 – 21 Nov 10:13:12" */
function bandWords({ title, reportedAt, toMs, lasts }: Band, zone: Zone): string {
  const end = lasts ? "nothing else since" : dayAndClock(new Date(toMs).toISOString(), zone);
  return reportedAt === null ? title : `${title}, ${dayAndClock(reportedAt, zone)} – ${end}`;
}
