"use client";
import Link from "next/link";
import { useRouterHref } from "@/client/use-routers-view";
import { cn } from "../ui/cn";
import { WrappedName } from "../ui/wrapped-name";

interface Props {
  router: string;
  /** What its page shows; the range in view where nothing is given. */
  range?: { from: string; to: string };
  className?: string;
}

/** A router's name as the way to its page. */
export function RouterLink({ router, range, className }: Props) {
  const href = useRouterHref();
  return (
    <Link
      href={href(router, range)}
      prefetch={false}
      className={cn("font-mono text-[12.5px] underline-offset-2 hover:underline", className)}
    >
      <WrappedName>{router}</WrappedName>
    </Link>
  );
}
