"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { useHref } from "@/client/url-state";
import { useSession } from "@/client/use-session";
import { PaletteButton } from "../palette/palette-button";
import { PaletteProvider } from "../palette/palette-provider";
import { ViewsMenuProvider } from "../views/views-menu-state";
import { EnvironmentSwitch } from "./environment-switch";
import { BehindBanner } from "./judged-status";
import { Logo } from "./logo";
import { Nav } from "./nav";
import { OpenIncidents } from "./open-incidents";
import { StatusBar } from "./status-bar";
import { ViewMenu } from "./view-menu";

/**
 * The frame of every page. It comes to life together with what it holds: behind a Suspense boundary a part would come
 * later, when answers may be there already that the server did not draw.
 */
export function AppShell({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-accent focus:px-3 focus:py-2 focus:text-accent-ink"
      >
        Skip to the content
      </a>
      <ViewsMenuProvider>
        <PaletteProvider>
          <TopBar />
        </PaletteProvider>
      </ViewsMenuProvider>
      <BehindBanner />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-[1600px] flex-1 flex-col gap-4 p-3 outline-none sm:p-5"
      >
        {children}
      </main>
    </div>
  );
}

function TopBar() {
  const href = useHref();
  const person = useSession().data?.person;
  return (
    <header className="sticky top-0 z-30 border-b bg-surface">
      <div className="mx-auto flex max-w-[1600px] flex-wrap items-center gap-x-4 px-3 sm:px-5">
        <Link href={href("/")} className="flex h-12 items-center gap-2 font-semibold tracking-tight">
          <Logo />
          Signalbox
        </Link>
        <div className="order-last -mx-2.5 w-full sm:order-none sm:mx-0 sm:w-auto">
          <Nav />
        </div>
        <div className="ml-auto flex items-center gap-2">
          <OpenIncidents />
          <PaletteButton />
          <EnvironmentSwitch />
          <ViewMenu />
          {person && (
            <span title={`Signed in as ${person}`} className="hidden max-w-32 truncate text-muted text-xs md:block">
              {person}
            </span>
          )}
        </div>
      </div>
      <StatusBar />
    </header>
  );
}
