import { figure, percent } from "@/client/format";
import type { RouterList } from "@/contracts/http";
import { FigureStrip } from "../ui/figure-strip";
import { notRoutedOf, ratio } from "./prepare-routers";
import type { PreparedStates } from "./states/prepared-states";

/** The figures that say whether there is anything to look into. */
export function RouterTotals({ data, states }: { data: RouterList; states: PreparedStates }) {
  const { totals, types, inbound } = data;
  const failed = ratio(totals.errors, totals.messages);
  const { notRouted, atLeast } = notRoutedOf(inbound);
  const figures = [
    { label: "Implementations", value: figure(totals.implementations) },
    { label: "Messages handled", value: figure(totals.messages) },
    {
      label: "Failed or dropped",
      value: failed === null ? "–" : `${figure(totals.errors)} · ${percent(failed, 1)}`,
      look: totals.errors > 0 && "text-bad",
    },
    {
      label: "Inconsistent types",
      value: types.items.length === 0 ? "–" : figure(types.inconsistent),
      look: types.inconsistent > 0 && "text-warn",
    },
    {
      label: "Other messages not routed",
      value: inbound.items.length === 0 ? "–" : `${atLeast ? "at least " : ""}${figure(notRouted)}`,
      look: notRouted > 0 && "text-bad",
    },
    {
      label: "Components in trouble",
      value: states.total === 0 ? "–" : figure(states.bad + states.degraded),
      look: states.bad > 0 ? "text-bad" : states.degraded > 0 && "text-warn",
    },
  ];
  return <FigureStrip label="Routers in figures" figures={figures} />;
}
