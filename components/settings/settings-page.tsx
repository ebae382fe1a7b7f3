"use client";
import { type SettingsTab, useSettingsTab } from "@/client/url-state";
import { assertNever } from "@/domain/assert-never";
import { PageHead } from "../ui/page-head";
import { AliasesTab } from "./aliases-tab";
import { AuditTab } from "./audit/audit-tab";
import { CanariesTab } from "./canaries/canaries-tab";
import { FieldsTab } from "./fields-tab";
import { KeysTab } from "./keys/keys-tab";
import { PeopleTab } from "./people/people-tab";
import { PolicyTab } from "./policy/policy-tab";
import { ReadOnlyNote } from "./read-only-note";
import { RetentionTab } from "./retention/retention-tab";
import { SettingsNav } from "./settings-nav";
import { SourcesTab } from "./sources-tab";

/** What may be changed while Signalbox runs, and who did what. */
export function SettingsPage() {
  const tab = useSettingsTab();
  return (
    <>
      <PageHead title="Settings" lead="What counts from now on, on every node, without a restart." />
      <div className="grid min-w-0 gap-4 lg:grid-cols-[11rem_minmax(0,1fr)]">
        <SettingsNav tab={tab} />
        <div className="flex min-w-0 flex-col gap-4">
          <ReadOnlyNote />
          <Tab tab={tab} />
        </div>
      </div>
    </>
  );
}

function Tab({ tab }: { tab: SettingsTab }) {
  switch (tab) {
    case "policy":
      return <PolicyTab />;
    case "aliases":
      return <AliasesTab />;
    case "fields":
      return <FieldsTab />;
    case "retention":
      return <RetentionTab />;
    case "sources":
      return <SourcesTab />;
    case "canaries":
      return <CanariesTab />;
    case "keys":
      return <KeysTab />;
    case "people":
      return <PeopleTab />;
    case "audit":
      return <AuditTab />;
    default:
      return assertNever(tab);
  }
}
