import { CircleCheck } from "lucide-react";
import { figure, outOf, percent } from "@/client/format";
import type { RouterDetail } from "@/contracts/http";
import { ratio } from "../routers/prepare-routers";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";

type Code = RouterDetail["codes"]["items"][number];

/** Its errors by code, and since when each is seen within the time chosen. */
export function CodesTable({ data }: { data: RouterDetail }) {
  const { codes, router } = data;
  const columns: Column<Code>[] = [
    {
      head: "Code",
      cell: ({ code }) => <span className="break-words font-medium font-mono text-[12.5px]">{code}</span>,
    },
    {
      head: "Messages",
      figures: true,
      cell: ({ count }) => <span className="font-medium text-bad">{figure(count)}</span>,
    },
    {
      head: "Of its messages",
      figures: true,
      cell: ({ count }) => <span className="whitespace-nowrap">{percent(ratio(count, router.messages), 1)}</span>,
    },
    { head: "First in this time", cell: ({ firstSeenAt }) => <Time at={firstSeenAt} /> },
    { head: "Last", cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
  ];
  return (
    <Card
      title="Errors by code, in figures"
      hint={codes.omitted > 0 ? `${outOf(codes.items.length, codes.omitted)} codes` : undefined}
      flush
    >
      {codes.items.length === 0 ? (
        <EmptyState icon={CircleCheck} title="No message of this router failed in this time">
          {router.messages === 0 && "It handled none either: this is no proof that all is well."}
        </EmptyState>
      ) : (
        <Table caption="Errors by code, in figures" columns={columns} rows={codes.items} rowKey={({ code }) => code} />
      )}
    </Card>
  );
}
