"use client";
import { ScrollText } from "lucide-react";
import { useAudit } from "@/client/settings/use-access";
import { useMayChange } from "@/client/settings/use-may-change";
import { useListFilter } from "@/client/url-state";
import { type AuditEntry, auditAction } from "@/contracts/access";
import { IdText } from "../../ui/id-text";
import { Select } from "../../ui/select";
import type { Column } from "../../ui/table";
import { Time } from "../../ui/time";
import { ListCard } from "../list-card";
import { AdminsOnly } from "../read-only-note";
import { ACTION_WORDS, detailText } from "./prepare-audit";

const ANY = "";
const ACTIONS = [
  { value: ANY, label: "any action" },
  ...auditAction.options.map((action) => ({ value: action, label: ACTION_WORDS[action] })),
];

const COLUMNS: Column<AuditEntry>[] = [
  {
    head: "When",
    cell: (entry) => (
      <>
        <Time at={entry.at} />
        {entry.times > 1 && (
          <span className="block text-faint text-xs">
            {entry.times} times until <Time at={entry.lastAt} as="clock" />
          </span>
        )}
      </>
    ),
  },
  {
    head: "Who",
    cell: (entry) => (
      <>
        <span className="font-medium">{entry.actor.name}</span>
        <span className="block text-faint text-xs">
          {entry.actor.kind === "cli" ? "at the command line" : (entry.address ?? "an unknown address")}
        </span>
      </>
    ),
  },
  {
    head: "Did",
    cell: (entry) => (
      <>
        <span className="sm:whitespace-nowrap">{ACTION_WORDS[entry.action]}</span>
        {entry.target && <IdText className="block max-w-48 text-muted">{entry.target}</IdText>}
        {entry.environment && <span className="block text-faint text-xs">in {entry.environment}</span>}
        <span className="mt-1 block break-words text-muted text-xs sm:hidden">{detailText(entry)}</span>
      </>
    ),
  },
  {
    head: "With",
    roomy: true,
    className: "min-w-64 text-muted",
    cell: (entry) => <span className="break-words">{detailText(entry)}</span>,
  },
];

/** Who did what to whom, newest first. */
export function AuditTab() {
  const mayChange = useMayChange();
  const [action, setAction] = useListFilter("action");
  const known = auditAction.safeParse(action).success ? action : null;
  const list = useAudit(known, mayChange === true);
  if (mayChange === false) return <AdminsOnly what="The audit log and what it holds" />;
  return (
    <ListCard
      title="Audit log"
      hint="Kept for 400 days."
      actions={
        <Select label="Action" value={known ?? ANY} options={ACTIONS} onChange={(value) => setAction(value || null)} />
      }
      list={list}
      columns={COLUMNS}
      rowKey={(entry) => entry.id}
      empty={{ icon: ScrollText, title: known === null ? "Nothing was done yet" : "Nothing of this kind was done" }}
    />
  );
}
