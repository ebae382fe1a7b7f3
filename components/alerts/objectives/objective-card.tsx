import { Card } from "../../ui/card";
import { cn } from "../../ui/cn";
import { type Column, Table } from "../../ui/table";
import { Budget } from "./budget";
import type { PreparedBurn, PreparedObjective } from "./prepare-objectives";

const COLUMNS: Column<PreparedBurn>[] = [
  {
    head: "Windows",
    cell: ({ windows, note }) => (
      <>
        <span className="whitespace-nowrap">{windows}</span>
        {note && <span className="block text-faint text-xs">{note}</span>}
      </>
    ),
  },
  { head: "Long", figures: true, cell: ({ long, burning }) => <Rate burning={burning}>{long}</Rate> },
  { head: "Short", figures: true, cell: ({ short, burning }) => <Rate burning={burning}>{short}</Rate> },
  { head: "Fires at", figures: true, cell: ({ fires }) => fires },
];

/** One promise: whether it is kept, what is left, and how fast that goes. */
export function ObjectiveCard({ objective }: { objective: PreparedObjective }) {
  const { title, meaning, target, ratio, counted, kept, budget, burn } = objective;
  return (
    <Card title={title} hint={`target ${target}`} flush>
      <div className="flex flex-col gap-2 p-4">
        <p className={cn("font-semibold text-xl", kept === false && "text-bad", kept === null && "text-muted")}>
          {ratio}
        </p>
        <p className="text-[13px] text-muted">
          {meaning} {counted}
        </p>
        <Budget budget={budget} />
      </div>
      <div className="border-t">
        <Table caption={`${title}, burn rates`} columns={COLUMNS} rows={burn} rowKey={({ windows }) => windows} />
      </div>
    </Card>
  );
}

function Rate({ burning, children }: { burning: boolean; children: string }) {
  return <span className={cn("whitespace-nowrap", burning && "font-semibold text-bad")}>{children}</span>;
}
