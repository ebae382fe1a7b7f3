"use client";
import type { AlertsTab } from "@/client/alert-words";
import { useAlertsTab } from "@/client/url-state";
import { assertNever } from "@/domain/assert-never";
import { PageHead } from "../ui/page-head";
import { AlertsNav } from "./alerts-nav";
import { ChannelsTab } from "./channels/channels-tab";
import { FiringTab } from "./firing-tab";
import { HistoryTab } from "./history-tab";
import { ObjectivesTab } from "./objectives/objectives-tab";
import { RulesTab } from "./rules/rules-tab";
import { SilencesTab } from "./silences/silences-tab";

/** What needs somebody now, what needed somebody before, and how that is decided. */
export function AlertsPage() {
  const tab = useAlertsTab();
  return (
    <>
      <PageHead title="Alerts" lead="What needs somebody now, and how that is decided and told." />
      <AlertsNav tab={tab} />
      <Tab tab={tab} />
    </>
  );
}

function Tab({ tab }: { tab: AlertsTab }) {
  switch (tab) {
    case "firing":
      return <FiringTab />;
    case "objectives":
      return <ObjectivesTab />;
    case "history":
      return <HistoryTab />;
    case "rules":
      return <RulesTab />;
    case "silences":
      return <SilencesTab />;
    case "channels":
      return <ChannelsTab />;
    default:
      return assertNever(tab);
  }
}
