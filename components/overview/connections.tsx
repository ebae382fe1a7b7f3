import { duration, figure } from "@/client/format";
import type { Overview } from "@/contracts/http";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { ObjectivesLink } from "./objectives-link";

/** Connections have figures of their own: a total refusal on the way in is an outage, not "no data". */
export function Connections({ connections }: { connections: Overview["connections"] }) {
  const figures = [
    { label: "Open now", value: figure(connections.open) },
    { label: "Opened", value: figure(connections.opened) },
    { label: "Authenticated", value: figure(connections.authenticated) },
    { label: "Refused", value: figure(connections.rejected), bad: connections.rejected > 0 },
    { label: "Abnormal closes", value: figure(connections.abnormalCloses), warn: connections.abnormalCloses > 0 },
    { label: "Time to authenticate, p95", value: duration(connections.authP95Ms) },
  ];
  return (
    <Card title="Connections" actions={<ObjectivesLink>objectives</ObjectivesLink>} flush>
      <dl className="grid grid-cols-2 gap-px bg-line sm:grid-cols-3">
        {figures.map(({ label, value, bad, warn }) => (
          <div key={label} className="bg-surface px-4 py-3">
            <dt className="text-faint text-xs">{label}</dt>
            <dd className={cn("font-semibold text-lg", bad && "text-bad", warn && "text-warn")}>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
