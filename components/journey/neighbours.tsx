"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useRef } from "react";
import { dayAndClock } from "@/client/format";
import { useHref, useZone } from "@/client/url-state";
import { useNeighbours } from "@/client/use-journey";
import { useJourneyChanges } from "@/client/use-journeys";
import type { JourneyDetail, JourneyRow } from "@/contracts/http";
import { prepareOutcome } from "../journeys/prepare-outcome";
import { cn } from "../ui/cn";
import { StatusIcon } from "../ui/status";
import { isTyping } from "./is-typing";
import { prepareNeighbours } from "./prepare-neighbours";

/** What its owner did before and after a journey; Shift and the arrow keys go from one to the next. */
export function Neighbours({ journey }: { journey: JourneyDetail }) {
  const { environment, id, key, owner } = journey;
  const { data } = useNeighbours(environment, id, key);
  const { changes } = useJourneyChanges(environment);
  const router = useRouter();
  const hrefOf = useRowHref();
  const around = useMemo(() => data && prepareNeighbours(journey, data, changes), [data, journey, changes]);
  const earlier = around?.before.at(-1);
  const later = around?.after[0];
  const current = useRef<HTMLLIElement>(null);
  const listed = around !== undefined;

  useEffect(() => {
    const row = current.current;
    if (listed && row?.parentElement) row.parentElement.scrollLeft = row.offsetLeft - row.parentElement.clientWidth / 2;
  }, [listed]);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const to = event.key === "ArrowLeft" ? earlier : event.key === "ArrowRight" ? later : undefined;
      if (!to || !event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      event.preventDefault();
      router.push(hrefOf(to));
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [earlier, later, router, hrefOf]);

  if (owner === null || !around || (!earlier && !later)) return null;
  return (
    <nav aria-label={`Journeys of ${owner}`} className="flex min-w-0 items-center gap-1 text-[13px] text-muted">
      <Step row={earlier} side="earlier" href={earlier && hrefOf(earlier)} />
      <ol className="relative flex min-w-0 items-center overflow-x-auto">
        {around.more.before && <More />}
        {around.before.map((row) => (
          <Dot key={row.key} row={row} href={hrefOf(row)} />
        ))}
        <li
          ref={current}
          aria-current="page"
          className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft"
        >
          <StatusIcon status={journey.status} />
          <span className="sr-only">this journey, {journey.status}</span>
        </li>
        {around.after.map((row) => (
          <Dot key={row.key} row={row} href={hrefOf(row)} />
        ))}
        {around.more.after && <More />}
      </ol>
      <Step row={later} side="later" href={later && hrefOf(later)} />
    </nav>
  );
}

function useRowHref(): (row: JourneyRow) => string {
  const href = useHref();
  return useMemo(
    () => (row) => href(`/journeys/${encodeURIComponent(row.id)}`, { environment: row.environment }),
    [href],
  );
}

function useWords(row: JourneyRow | undefined): string {
  const [zone] = useZone();
  if (!row) return "";
  const { text } = prepareOutcome(row);
  return `${row.status}, ${dayAndClock(row.startedAt, zone)}${text && `, ${text}`}`;
}

function Dot({ row, href }: { row: JourneyRow; href: string }) {
  const words = useWords(row);
  return (
    <li className="shrink-0">
      <Link
        href={href}
        prefetch={false}
        aria-label={words}
        title={words}
        className="grid size-6 place-items-center rounded-full -outline-offset-2 hover:bg-raised"
      >
        <StatusIcon status={row.status} className="size-3.5" />
      </Link>
    </li>
  );
}

function More() {
  return (
    <li className="px-1 text-faint" title="The user has more journeys in this direction">
      …<span className="sr-only">and more</span>
    </li>
  );
}

function Step({
  row,
  side,
  href,
}: {
  row: JourneyRow | undefined;
  side: "earlier" | "later";
  href: string | undefined;
}) {
  const words = useWords(row);
  const earlier = side === "earlier";
  const Icon = earlier ? ChevronLeft : ChevronRight;
  const className = cn("inline-flex h-7 items-center gap-0.5 rounded px-1.5", !earlier && "flex-row-reverse");
  const label = earlier ? "Earlier" : "Later";
  if (!href)
    return (
      <span className={cn(className, "text-faint")}>
        <Icon aria-hidden className="size-3.5" />
        {label}
      </span>
    );
  return (
    <Link
      href={href}
      prefetch={false}
      aria-keyshortcuts={earlier ? "Shift+ArrowLeft" : "Shift+ArrowRight"}
      title={`${words} (Shift and ${earlier ? "←" : "→"})`}
      className={cn(className, "hover:bg-raised hover:text-ink")}
    >
      <Icon aria-hidden className="size-3.5" />
      {label}
    </Link>
  );
}
