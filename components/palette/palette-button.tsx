"use client";
import { Search } from "lucide-react";
import { useHydrated } from "@/client/use-hydrated";
import { Button } from "../ui/button";
import { useOpenPalette } from "./palette-provider";

/** Opens the palette, and says by which keys it opens too. */
export function PaletteButton() {
  const open = useOpenPalette();
  const apple = useHydrated() && /Mac|iPhone|iPad/.test(navigator.platform);
  return (
    <Button
      onClick={open}
      aria-label="Find anything"
      aria-keyshortcuts="Control+K Meta+K"
      className="px-2 font-normal text-faint md:w-44 md:justify-start"
    >
      <Search aria-hidden className="size-4" strokeWidth={1.75} />
      <span className="hidden md:inline">Find</span>
      <kbd className="ml-auto hidden rounded border px-1.5 font-sans text-[11px] md:block">
        {apple ? "⌘K" : "Ctrl K"}
      </kbd>
    </Button>
  );
}
