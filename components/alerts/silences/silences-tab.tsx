"use client";
import { BellOff, History } from "lucide-react";
import { useState } from "react";
import { useEnvironment } from "@/client/url-state";
import { useMayAct } from "@/client/use-may-act";
import { useEndSilence, useSilences } from "@/client/use-silences";
import type { SilenceRow } from "@/contracts/http";
import { ListCard } from "../../settings/list-card";
import { Button } from "../../ui/button";
import type { Column } from "../../ui/table";
import { Time } from "../../ui/time";
import { matcherText } from "./prepare-silence";
import { SilenceForm } from "./silence-form";

const COLUMNS: Column<SilenceRow>[] = [
  { head: "Alerts", cell: (silence) => <Matchers silence={silence} /> },
  { head: "Why", cell: ({ comment }) => <span className="wrap-anywhere block min-w-40 max-w-96">{comment}</span> },
  { head: "By", cell: ({ createdBy }) => createdBy },
  { head: "Begins", roomy: true, cell: ({ startsAt }) => <Time at={startsAt} /> },
  {
    head: "Ends",
    cell: ({ endsAt, expiredBy }) => (
      <>
        <Time at={endsAt} />
        {expiredBy && <span className="block text-faint text-xs">ended by {expiredBy}</span>}
      </>
    ),
  },
];

/** What is told to nobody, until when and why. */
export function SilencesTab() {
  const [environment] = useEnvironment();
  const mayAct = useMayAct();
  const standing = useSilences(environment, "standing");
  const ended = useSilences(environment, "ended");
  const [making, setMaking] = useState(false);
  const columns = mayAct && environment ? [...COLUMNS, endColumn(environment)] : COLUMNS;
  return (
    <>
      <ListCard
        title="Silences"
        hint="Alerts that match are told to nobody until the end."
        actions={mayAct && environment && <Button onClick={() => setMaking(true)}>New silence …</Button>}
        list={standing}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{ icon: BellOff, title: "Nothing is silenced" }}
      />
      <ListCard
        title="Ended silences"
        list={ended}
        columns={COLUMNS}
        rowKey={({ id }) => id}
        empty={{ icon: History, title: "No silence has ended yet" }}
      />
      {making && environment && (
        <SilenceForm environment={environment} matchers={[]} onClose={() => setMaking(false)} />
      )}
    </>
  );
}

function endColumn(environment: string): Column<SilenceRow> {
  return {
    head: "Action",
    headHidden: true,
    figures: true,
    cell: (silence) => <EndSilence environment={environment} silence={silence} />,
  };
}

function EndSilence({ environment, silence: { id, comment } }: { environment: string; silence: SilenceRow }) {
  const end = useEndSilence(environment);
  return (
    <>
      <Button
        size="small"
        look="quiet"
        aria-label={`End the silence: ${comment}`}
        disabled={end.isPending}
        onClick={() => end.mutate(id)}
      >
        End now
      </Button>
      {end.error && (
        <span role="alert" className="block text-bad text-xs">
          {end.error.message}
        </span>
      )}
    </>
  );
}

function Matchers({ silence: { matchers, state } }: { silence: SilenceRow }) {
  return (
    <ul className="flex max-w-96 flex-wrap gap-1">
      {matchers.map((matcher) => (
        <li key={matcherText(matcher)} className="wrap-anywhere rounded bg-raised px-1.5 py-px font-mono text-xs">
          {matcherText(matcher)}
        </li>
      ))}
      {state === "pending" && <li className="text-warn text-xs">has not begun</li>}
    </ul>
  );
}
