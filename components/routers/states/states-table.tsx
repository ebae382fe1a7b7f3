"use client";
import Link from "next/link";
import { duration, figure, NO_DATA } from "@/client/format";
import { useHref } from "@/client/url-state";
import { type Column, Table } from "../../ui/table";
import { Time } from "../../ui/time";
import { useWindow } from "../use-window";
import { type StateRow, stateRows } from "./prepare-states";
import type { Band, Lane } from "./prepared-states";
import { StateWord } from "./state-look";

const MAX_ROWS = 200;

/** The bands as rows. */
export function StatesTable({ lanes }: { lanes: Lane[] }) {
  const { rows, omitted } = stateRows(lanes, MAX_ROWS);
  return (
    <>
      <Table caption="Component states" columns={COLUMNS} rows={rows} rowKey={(row) => row.key} />
      {omitted > 0 && (
        <p className="border-t px-4 py-2 text-faint text-xs">
          {figure(rows.length)} of {figure(rows.length + omitted)} stretches; choose a shorter time for the others.
        </p>
      )}
    </>
  );
}

/** The same for those who do not see the drawing, without links: nothing unseen takes the focus. */
export function UnseenStatesTable({ lanes }: { lanes: Lane[] }) {
  const { rows, omitted } = stateRows(lanes, MAX_ROWS);
  return (
    <div className="sr-only">
      <table>
        <caption>Component states</caption>
        <thead>
          <tr>
            {["Component", "Where", "State", "From", "To"].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, lane, band }) => (
            <tr key={key}>
              <th scope="row">{lane.component}</th>
              <td>{lane.where || NO_DATA}</td>
              <td>{band.state ?? band.title}</td>
              <td>
                <Time at={band.reportedAt} />
              </td>
              <td>
                <End band={band} />
              </td>
            </tr>
          ))}
          {omitted > 0 && (
            <tr>
              <td colSpan={5}>{figure(omitted)} more stretches are left out</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function End({ band: { lasts, toMs } }: { band: Band }) {
  return lasts ? "no other report" : <Time at={new Date(toMs).toISOString()} />;
}

const COLUMNS: Column<StateRow>[] = [
  {
    head: "Component",
    cell: ({ lane }) => (
      <span className="block min-w-32 break-words font-mono text-[12.5px]" title={lane.component}>
        {lane.component}
      </span>
    ),
  },
  { head: "Where", cell: ({ lane }) => lane.where || NO_DATA },
  {
    head: "State",
    cell: ({ band }) => <StateWord state={band.state ?? band.title} tone={band.tone} />,
  },
  { head: "From", cell: ({ band }) => <Time at={band.reportedAt} /> },
  {
    head: "To",
    cell: ({ band }) => <End band={band} />,
  },
  {
    head: "For",
    figures: true,
    cell: ({ lastedMs, band }) => (
      <span className="whitespace-nowrap">
        {band.lasts && lastedMs !== null && "at least "}
        {duration(lastedMs)}
      </span>
    ),
  },
  { head: "Meanwhile", cell: (row) => <Meanwhile row={row} /> },
];

/** The journeys that failed while a component was in this state. */
function Meanwhile({ row: { lane, band } }: { row: StateRow }) {
  const href = useHref();
  const { to } = useWindow();
  const iso = (ms: number) => new Date(ms).toISOString();
  if (band.state === null) return null;
  return (
    <Link
      href={href("/journeys", {
        status: "failed",
        router: lane.router,
        from: iso(band.fromMs),
        to: band.lasts ? to : iso(band.toMs),
      })}
      prefetch={false}
      className="whitespace-nowrap text-accent underline"
      aria-label={`Failed journeys while ${lane.component} was ${band.state}`}
    >
      failed journeys
    </Link>
  );
}
