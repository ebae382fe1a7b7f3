"use client";
import { ShieldAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { counted, figure } from "@/client/format";
import { useHref } from "@/client/url-state";
import type { UserRow } from "@/contracts/http";
import { Status } from "../ui/status";
import { Time } from "../ui/time";

const ORDER = ["failed", "degraded", "running", "succeeded", "abandoned", "cancelled", "unobserved"] as const;

interface Props {
  id: string;
  user: UserRow | null;
  loading: boolean;
  children: ReactNode;
}

/** Who it is and what came of their journeys, over everything that is kept. */
export function UserHeader({ id, user, loading, children }: Props) {
  const href = useHref();
  return (
    <section aria-label="User" className="flex flex-wrap items-start gap-x-6 gap-y-2">
      <div className="min-w-0">
        <h1 className="break-all font-mono font-semibold text-lg tracking-tight">{id}</h1>
        <p className="text-[13px] text-muted">
          {loading ? (
            "…"
          ) : user === null ? (
            "No connection ever authenticated this user here; what claims the id is shown."
          ) : (
            <>
              {user.openConnections > 0 ? `${counted(user.openConnections, "connection")} open` : "offline"}, last seen{" "}
              <Time at={user.lastSeenAt} />
            </>
          )}
        </p>
      </div>
      {user && (
        <ul aria-label="Journeys by status" className="flex flex-wrap items-center gap-x-4 gap-y-1 pt-1.5 text-[13px]">
          {ORDER.filter((status) => user.statuses[status] > 0).map((status) => (
            <li key={status}>
              <Link href={href("/journeys", { user: id, status })} className="group inline-flex items-center gap-1.5">
                <Status status={status} />
                <span className="font-semibold group-hover:underline">{figure(user.statuses[status])}</span>
              </Link>
            </li>
          ))}
          {user.leaksAsOwner + user.leaksAsRecipient > 0 && (
            <li className="inline-flex items-center gap-1.5 font-medium text-bad">
              <ShieldAlert aria-hidden className="size-3.5" />
              {leakWords(user)}
            </li>
          )}
        </ul>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2">{children}</div>
    </section>
  );
}

function leakWords({ leaksAsOwner, leaksAsRecipient }: UserRow): string {
  const parts = [
    leaksAsOwner > 0 && `${counted(leaksAsOwner, "message")} of theirs reached others`,
    leaksAsRecipient > 0 && `${counted(leaksAsRecipient, "message")} of others reached them`,
  ];
  return parts.filter(Boolean).join(", ");
}
