"use client";
import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { useEnvironment, useHref } from "@/client/url-state";
import { UserTimeline } from "./user-timeline";

/** What happened to one user, across tabs, reconnects and threads. */
export function UserPage({ id }: { id: string }) {
  const [environment] = useEnvironment();
  const href = useHref();
  return (
    <>
      <Link
        href={href("/users")}
        className="-mb-2 inline-flex w-fit items-center gap-1 text-[13px] text-muted hover:text-ink"
      >
        <ChevronLeft aria-hidden className="size-3.5" />
        Users
      </Link>
      {environment !== null && <UserTimeline key={environment} environment={environment} id={id} />}
    </>
  );
}
