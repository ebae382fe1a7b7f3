import { figure } from "@/client/format";
import type { TestSuiteList } from "@/contracts/test-runs";
import { FigureStrip } from "../../ui/figure-strip";
import { connectionsText, progressOf } from "./prepare-suites";

/** How far the suites are: what waits for its fix, what passes, what should not, and what they run on. */
export function SuiteBoard({ list }: { list: TestSuiteList }) {
  const { waiting, early, passing, failing, silent } = progressOf(list.items);
  const figures = [
    { label: "Pass, as expected", value: figure(passing), look: passing > 0 && "text-good" },
    { label: "Fail until their fix lands", value: figure(waiting), look: null },
    { label: "Pass too early", value: figure(early), look: early > 0 && "text-warn" },
    { label: "Fail, and should pass", value: figure(failing), look: failing > 0 && "text-bad" },
    { label: "Without a result", value: figure(silent), look: silent > 0 && "text-muted" },
    { label: "Tests on real connections", value: connectionsText(list.connections), look: null },
  ];
  return <FigureStrip label="Progress of the suites" figures={figures} />;
}
