"use client";
import { Users } from "lucide-react";
import { useState } from "react";
import { useEndSession, useSendAway, useSessions } from "@/client/settings/use-access";
import { useMayChange } from "@/client/settings/use-may-change";
import { useListFilter } from "@/client/url-state";
import type { SessionRow } from "@/contracts/access";
import { Button } from "../../ui/button";
import { Confirm } from "../../ui/confirm";
import { Select } from "../../ui/select";
import type { Column } from "../../ui/table";
import { Time } from "../../ui/time";
import { ListCard } from "../list-card";
import { AdminsOnly } from "../read-only-note";
import { browserName } from "./browser-name";
import { Invite } from "./invite";

const STATES = [
  { value: "open", label: "open" },
  { value: "ended", label: "ended" },
  { value: "", label: "all" },
];

/** Who is signed in, from where, and how to let somebody in or send them away. */
export function PeopleTab() {
  const mayChange = useMayChange();
  const [chosen, setState] = useListFilter("state");
  const state = chosen ?? "open";
  const list = useSessions(state === "all" ? null : state, mayChange === true);
  const [ending, setEnding] = useState<SessionRow | null>(null);
  const [leaving, setLeaving] = useState<SessionRow | null>(null);
  const end = useEndSession();
  const sendAway = useSendAway();
  if (mayChange === false) return <AdminsOnly what="People and their sessions" />;
  const columns: Column<SessionRow>[] = [
    {
      head: "Person",
      cell: (session) => (
        <>
          <span className="font-medium">{session.person}</span>
          {session.current && <span className="ml-1.5 text-accent text-xs">this browser</span>}
        </>
      ),
    },
    { head: "May", cell: (session) => (session.role === "admin" ? "read and change" : "read") },
    {
      head: "From",
      cell: (session) => (
        <>
          {session.address ?? "an unknown address"}
          <span className="block text-faint text-xs" title={session.userAgent ?? undefined}>
            {browserName(session.userAgent)}
          </span>
        </>
      ),
    },
    { head: "Signed in", roomy: true, cell: (session) => <Time at={session.createdAt} /> },
    { head: "Last seen", roomy: true, cell: (session) => <Time at={session.lastSeenAt} /> },
    {
      head: "Action",
      headHidden: true,
      figures: true,
      cell: (session) => (
        <Ended session={session} onEnd={() => setEnding(session)} onSendAway={() => setLeaving(session)} />
      ),
    },
  ];
  return (
    <>
      <Invite />
      <ListCard
        title="Sessions"
        hint="A session ends 12 hours after its last use."
        actions={
          <Select
            label="Show"
            labelled
            value={state === "all" ? "" : state}
            options={STATES}
            onChange={(value) => setState(value === "open" ? null : value || "all")}
          />
        }
        list={list}
        columns={columns}
        rowKey={(session) => session.id}
        empty={{ icon: Users, title: "No session" }}
      />
      <Confirm
        title={`End the session of ${ending?.person ?? ""}?`}
        action="End the session"
        open={ending !== null}
        busy={end.isPending}
        problem={end.error?.message ?? null}
        onClose={() => setEnding(null)}
        onConfirm={() => ending && end.mutate(ending.id, { onSuccess: () => setEnding(null) })}
      >
        {ending?.current
          ? "This is your own session, in this browser: you need a new sign-in link afterwards."
          : "The browser is refused from the next request on, and its live connection closes within five seconds."}
      </Confirm>
      <Confirm
        title={`Send ${leaving?.person ?? ""} away?`}
        action="Send away"
        open={leaving !== null}
        busy={sendAway.isPending}
        problem={sendAway.error?.message ?? null}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving && sendAway.mutate(leaving.person, { onSuccess: () => setLeaving(null) })}
      >
        Every session under this name ends, and every sign-in link that was not used yet is worth nothing.
      </Confirm>
    </>
  );
}

interface EndedProps {
  session: SessionRow;
  onEnd: () => void;
  onSendAway: () => void;
}

function Ended({ session, onEnd, onSendAway }: EndedProps) {
  if (session.revokedAt) {
    return (
      <span className="text-faint text-xs">
        ended <Time at={session.revokedAt} /> by {session.revokedBy ?? "the person"}
      </span>
    );
  }
  if (Date.parse(session.expiresAt) <= Date.now()) {
    return (
      <span className="text-faint text-xs">
        ran out <Time at={session.expiresAt} />
      </span>
    );
  }
  return (
    <span className="inline-flex flex-wrap justify-end gap-1">
      <Button size="small" look="quiet" aria-label={`End the session of ${session.person}`} onClick={onEnd}>
        End …
      </Button>
      <Button size="small" look="quiet" aria-label={`Send ${session.person} away`} onClick={onSendAway}>
        Send away …
      </Button>
    </span>
  );
}
