"use client";
import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { useHref } from "@/client/url-state";

interface Props {
  /** The list that the page is of. */
  path: string;
  query?: Record<string, string | null>;
  children: string;
}

/** Leads from a page of one thing to the list of its kind, in the same environment. */
export function BackLink({ path, query, children }: Props) {
  const href = useHref();
  return (
    <Link
      href={href(path, query)}
      className="inline-flex w-fit items-center gap-1 self-start text-[13px] text-muted hover:text-ink"
    >
      <ChevronLeft aria-hidden className="size-3.5" />
      {children}
    </Link>
  );
}
