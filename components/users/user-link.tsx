"use client";
import { ShieldAlert } from "lucide-react";
import Link from "next/link";
import { counted, figure } from "@/client/format";
import { useHref } from "@/client/url-state";
import type { UserRow } from "@/contracts/http";
import { IdText } from "../ui/id-text";
import { Time } from "../ui/time";
import { prepareShares } from "./prepare-shares";
import { StatusShares } from "./status-shares";

export const USER_COLUMNS =
  "grid-cols-[minmax(10rem,2fr)_9rem_7.5rem_minmax(10rem,1.6fr)_6rem_minmax(9rem,1fr)] gap-x-4";

/** One user as a row, on a phone as a small card. */
export function UserLink({ user }: { user: UserRow }) {
  const href = useHref();
  const shares = prepareShares(user.statuses);
  return (
    <Link
      href={href(`/users/${encodeURIComponent(user.id)}`, { environment: user.environment })}
      prefetch={false}
      className={`flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-[13px] -outline-offset-2 hover:bg-raised md:grid ${USER_COLUMNS}`}
    >
      <IdText className="max-w-full font-medium">{user.id}</IdText>
      <span className="ml-auto text-muted md:ml-0">
        <Time at={user.lastSeenAt} />
      </span>
      <Connections open={user.openConnections} />
      <span className="flex min-w-0 items-center gap-2.5" title={shares.text}>
        <span className="whitespace-nowrap md:w-10 md:text-right">
          {figure(user.journeys)}
          <span className="md:sr-only"> {user.journeys === 1 ? "journey" : "journeys"}</span>
        </span>
        {user.journeys > 0 && <StatusShares shares={shares} className="hidden md:flex" />}
        <span className="sr-only">, {shares.text}</span>
      </span>
      <span
        className={
          user.failures > 0 ? "font-medium text-bad md:text-right" : "hidden text-faint md:block md:text-right"
        }
      >
        {figure(user.failures)}
        <span className="md:sr-only"> failed</span>
      </span>
      <Leaks user={user} />
    </Link>
  );
}

function Connections({ open }: { open: number }) {
  if (open === 0) return <span className="text-faint">offline</span>;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className="size-2 rounded-full bg-good-fill" />
      {counted(open, "connection")}
    </span>
  );
}

function Leaks({ user: { leaksAsOwner, leaksAsRecipient } }: { user: UserRow }) {
  const parts = [
    leaksAsOwner > 0 && `${figure(leaksAsOwner)} to others`,
    leaksAsRecipient > 0 && `${figure(leaksAsRecipient)} from others`,
  ].filter(Boolean);
  if (parts.length === 0) return <span className="hidden text-faint md:inline">none</span>;
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-bad">
      <ShieldAlert aria-hidden className="size-3.5 shrink-0" />
      <span className="md:sr-only">leaked</span>
      {parts.join(", ")}
    </span>
  );
}
