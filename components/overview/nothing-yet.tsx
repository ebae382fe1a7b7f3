"use client";
import Link from "next/link";
import { useHref } from "@/client/url-state";
import { useSession } from "@/client/use-session";
import type { Overview } from "@/contracts/http";
import { ConnectGuide } from "../connect/connect-guide";
import { Card } from "../ui/card";

/** An environment without a single event: what else is watched, and how to connect a source here. */
export function NothingYet({ data }: { data: Overview }) {
  const title =
    data.seen.sources > 0 ? "Connected, and waiting for the first event" : "Nothing is watched in this environment yet";
  return (
    <>
      <Elsewhere here={data.environment} />
      <Card title={title}>
        <ConnectGuide />
      </Card>
    </>
  );
}

function Elsewhere({ here }: { here: string }) {
  const href = useHref();
  const others = useSession().data?.environments.filter((name) => name !== here) ?? [];
  return (
    <div role="status">
      {others.length > 0 && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border bg-accent-soft px-4 py-2.5 text-[13px]">
          Watched in other environments:
          {others.map((name) => (
            <Link key={name} href={href("/", { environment: name })} className="font-medium text-accent underline">
              {name}
            </Link>
          ))}
        </p>
      )}
    </div>
  );
}
