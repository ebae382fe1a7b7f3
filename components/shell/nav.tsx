"use client";
import { Activity, Bell, Cable, GitMerge, Route, Settings, ShieldAlert, UsersRound, Waypoints } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useHref } from "@/client/url-state";
import { cn } from "../ui/cn";
import { FiringCount } from "./firing-count";

/** The pages there are, for the bar and the palette. */
export const PAGES = [
  { path: "/", label: "Overview", icon: Activity },
  { path: "/journeys", label: "Journeys", icon: Route },
  { path: "/users", label: "Users", icon: UsersRound },
  { path: "/routers", label: "Routers", icon: Waypoints },
  { path: "/incidents", label: "Incidents", icon: ShieldAlert },
  { path: "/consolidation", label: "Consolidation", icon: GitMerge },
  { path: "/alerts", label: "Alerts", icon: Bell },
  { path: "/sources", label: "Sources", icon: Cable },
  { path: "/settings", label: "Settings", icon: Settings },
];

/** On a phone the bar is longer than the screen: the page in view is seen in it. */
function intoView(place: HTMLElement | null) {
  place?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

export function Nav() {
  const pathname = usePathname();
  const href = useHref();
  return (
    <nav aria-label="Pages" className="relative flex min-w-0 gap-0.5 overflow-x-auto [scrollbar-width:none]">
      {PAGES.map(({ path, label, icon: Icon }) => {
        const here = path === "/" ? pathname === "/" : pathname.startsWith(path);
        return (
          <Link
            key={path}
            href={href(path)}
            aria-current={here ? "page" : undefined}
            ref={here ? intoView : undefined}
            className={cn(
              "flex h-9 shrink-0 items-center gap-1.5 rounded-md px-2.5 -outline-offset-2 font-medium text-[13px] text-muted hover:bg-raised hover:text-ink",
              here && "bg-raised text-ink",
            )}
          >
            <Icon aria-hidden className="hidden size-4 2xl:block" strokeWidth={1.75} />
            {label}
            {path === "/alerts" && <FiringCount ref={here ? intoView : undefined} />}
          </Link>
        );
      })}
    </nav>
  );
}
