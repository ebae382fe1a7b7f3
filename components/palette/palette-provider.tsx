"use client";
import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { keptVisits, visitOf, withVisit } from "@/client/recent";
import { useEnvironment } from "@/client/url-state";
import { Palette } from "./palette";

const PaletteContext = createContext<() => void>(() => undefined);

/** Opens the palette. */
export function useOpenPalette(): () => void {
  return useContext(PaletteContext);
}

/** The palette of every page: by ⌘K or Ctrl+K, or by {@link useOpenPalette}. Keeps what was opened last. */
export function PaletteProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      if (event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      setOpen((now) => !now);
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  useKeepVisits();
  return (
    <PaletteContext value={() => setOpen(true)}>
      {children}
      <Palette open={open} onOpenChange={setOpen} />
    </PaletteContext>
  );
}

function useKeepVisits() {
  const pathname = usePathname();
  const [environment] = useEnvironment();
  useEffect(() => {
    const visit = environment === null ? null : visitOf(pathname, environment);
    if (visit) keptVisits.write(withVisit(keptVisits.read(), visit));
  }, [pathname, environment]);
}
