import { BellOff, CircleAlert, CircleCheck, Clock, type LucideIcon, UserCheck } from "lucide-react";
import Link from "next/link";
import { alertRuleTitle, ownLabels } from "@/client/alert-words";
import type { AlertRow } from "@/contracts/http";
import { cn } from "../ui/cn";
import { WrappedName } from "../ui/wrapped-name";
import { valueText } from "./prepare-alerts";

/** What the alert says, with the way to its evidence. */
export function AlertWhat({ alert }: { alert: AlertRow }) {
  const value = valueText(alert);
  return (
    <div className="min-w-52">
      <Link className="group block" href={alert.path}>
        <span className="font-medium group-hover:underline">{alertRuleTitle(alert.rule)}</span>
        <span className="block text-muted">{alert.summary}</span>
      </Link>
      {value && <span className="block text-faint text-xs">{value}</span>}
    </div>
  );
}

/** Labels that tell it from others of its rule. */
export function AlertLabels({ alert }: { alert: AlertRow }) {
  return (
    <ul className="flex max-w-80 flex-wrap gap-1">
      {ownLabels(alert.labels).map(([name, value]) => (
        <li key={name} className="rounded bg-raised px-1.5 py-px font-mono text-xs">
          <span className="text-muted">{name}=</span>
          <WrappedName>{value}</WrappedName>
        </li>
      ))}
    </ul>
  );
}

/** Whether it fires, waits or ended, and who hears of it. */
export function AlertState({ alert }: { alert: AlertRow }) {
  const { phase, silencedBy, takenOn, clearSince } = alert;
  if (phase === "resolved") return <State icon={CircleCheck} text="text-good" word="resolved" />;
  if (phase === "pending") {
    return <State icon={Clock} text="text-warn" word="pending" note="not for long enough yet" />;
  }
  if (silencedBy !== null) return <State icon={BellOff} text="text-muted" word="silenced" note="nobody is told" />;
  if (takenOn) return <State icon={UserCheck} text="text-accent" word="firing" note="acknowledged, not told again" />;
  const note = clearSince === null ? undefined : "its condition passed; kept for a while";
  return <State icon={CircleAlert} text="text-bad" word="firing" note={note} />;
}

interface StateProps {
  icon: LucideIcon;
  text: string;
  word: string;
  note?: string | undefined;
}

function State({ icon: Icon, text, word, note }: StateProps) {
  return (
    <>
      <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap font-medium", text)}>
        <Icon aria-hidden className="size-3.5 shrink-0" />
        {word}
      </span>
      {note && <span className="block text-faint text-xs">{note}</span>}
    </>
  );
}
