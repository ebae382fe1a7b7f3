"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { useHref } from "@/client/url-state";
import { useWindow } from "./use-window";

interface Props {
  router: string;
  /** Only those that failed. */
  failed?: boolean;
  children: ReactNode;
}

/** From a router's figure to the journeys behind it. */
export function JourneysLink({ router, failed = false, children }: Props) {
  const href = useHref();
  const window = useWindow();
  return (
    <Link
      href={href("/journeys", { router, status: failed ? "failed" : null, ...window })}
      prefetch={false}
      title={`${failed ? "Failed journeys" : "Journeys"} through ${router}`}
      className="underline decoration-line-strong underline-offset-2 hover:text-accent"
    >
      {children}
      <span className="sr-only">
        , {failed ? "failed journeys" : "journeys"} through {router}
      </span>
    </Link>
  );
}
