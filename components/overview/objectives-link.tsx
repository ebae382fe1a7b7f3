"use client";
import Link from "next/link";
import { useHref } from "@/client/url-state";

/** From a figure to what is promised of it, what is left of its budget and how fast that goes. */
export function ObjectivesLink({ children }: { children: string }) {
  const href = useHref();
  return (
    <Link className="whitespace-nowrap text-accent text-xs underline" href={href("/alerts", { tab: "objectives" })}>
      {children}
    </Link>
  );
}
