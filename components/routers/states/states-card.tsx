"use client";
import { ChartGantt, HeartPulse, Table2 } from "lucide-react";
import { useState } from "react";
import { figure } from "@/client/format";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { EmptyState } from "../../ui/empty-state";
import { Time } from "../../ui/time";
import type { PreparedStates } from "./prepared-states";
import { StatesDrawing } from "./states-drawing";
import { StatesTable, UnseenStatesTable } from "./states-table";

const DRAWN_AT_FIRST = 12;
const MAX_UNHEARD_NAMED = 3;

interface Props {
  states: PreparedStates;
  onSelect: (fromMs: number, toMs: number) => void;
}

/** Circuit breakers, degradation: what components said of themselves, as bands over the time chosen. */
export function StatesCard({ states, onSelect }: Props) {
  const [asTable, setAsTable] = useState(false);
  const [all, setAll] = useState(false);
  const drawn = all ? states.lanes : states.lanes.slice(0, DRAWN_AT_FIRST);
  const more = states.lanes.length - drawn.length;
  return (
    <Card
      title="Component states"
      hint={states.omitted ?? "a state holds until the next report"}
      actions={
        states.lanes.length > 0 && (
          <Button
            look="quiet"
            size="icon"
            aria-pressed={asTable}
            aria-label="Component states as a table"
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? <ChartGantt aria-hidden className="size-4" /> : <Table2 aria-hidden className="size-4" />}
          </Button>
        )
      }
      flush
    >
      {states.lanes.length === 0 ? (
        <EmptyState icon={HeartPulse} title="No component reported a state until the end of this time">
          Report <code>state</code> with <code>attributes.component</code> and <code>attributes.state</code> when a
          circuit breaker opens or a part is degraded.
        </EmptyState>
      ) : (
        <>
          {!asTable && <StatesDrawing states={states} lanes={drawn} onSelect={onSelect} />}
          {!asTable && (more > 0 || all) && states.lanes.length > DRAWN_AT_FIRST && (
            <p className="border-t px-4 py-1.5">
              <Button look="quiet" size="small" className="-ml-2" onClick={() => setAll(!all)}>
                {all ? `Show the first ${figure(DRAWN_AT_FIRST)}` : `Show the other ${figure(more)}`}
              </Button>
            </p>
          )}
          {asTable ? <StatesTable lanes={states.lanes} /> : <UnseenStatesTable lanes={states.lanes} />}
          <Unheard states={states} />
        </>
      )}
    </Card>
  );
}

/** Where telemetry was interrupted, what is drawn is what was last heard. */
function Unheard({ states: { unheard } }: { states: PreparedStates }) {
  if (unheard.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-1.5 border-t px-4 py-2 text-warn text-xs">
      <span>A source could not be heard, so that reports may be missing (hatched):</span>
      {unheard.slice(0, MAX_UNHEARD_NAMED).map(({ from, to }) => (
        <span key={from} className="whitespace-nowrap">
          <Time at={from} />–<Time at={to} as="clock" />
        </span>
      ))}
      {unheard.length > MAX_UNHEARD_NAMED && <span>and {figure(unheard.length - MAX_UNHEARD_NAMED)} times more</span>}
    </p>
  );
}
