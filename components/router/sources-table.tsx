import { Cable } from "lucide-react";
import { figure, NO_DATA, outOf } from "@/client/format";
import type { RouterDetail } from "@/contracts/http";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { type Column, Table } from "../ui/table";
import { Time } from "../ui/time";

type Place = RouterDetail["sources"]["items"][number];

const COLUMNS: Column<Place>[] = [
  { head: "Service", cell: ({ service }) => service ?? NO_DATA },
  { head: "Instance", cell: ({ instance }) => <span className="font-mono text-[12.5px]">{instance ?? NO_DATA}</span> },
  { head: "Version", cell: ({ version }) => <span className="font-mono text-[12.5px]">{version ?? NO_DATA}</span> },
  { head: "Messages", figures: true, cell: ({ messages }) => figure(messages) },
  { head: "First in this time", cell: ({ firstSeenAt }) => <Time at={firstSeenAt} /> },
  { head: "Last", cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
];

/** Where it runs and in which version: a release shows as one that begins while another ends. */
export function SourcesTable({ sources: { items, omitted } }: { sources: RouterDetail["sources"] }) {
  return (
    <Card title="Where it runs" hint={omitted > 0 ? `${outOf(items.length, omitted)} places` : undefined} flush>
      {items.length === 0 ? (
        <EmptyState icon={Cable} title="Nothing of it was heard in this time" />
      ) : (
        <Table
          caption="Where it runs"
          columns={COLUMNS}
          rows={items}
          rowKey={({ service, instance, version }) => JSON.stringify([service, instance, version])}
        />
      )}
    </Card>
  );
}
