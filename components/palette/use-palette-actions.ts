"use client";
import { useTheme } from "next-themes";
import { usePause } from "@/client/live/live-provider";
import { useZone } from "@/client/url-state";
import { useViewsMenu } from "../views/views-menu-state";

interface PaletteAction {
  id: string;
  title: string;
  /** Further words it is found by. */
  words: string;
  run: () => void;
}

/** What the palette can do on any page besides opening another. */
export function usePaletteActions(): PaletteAction[] {
  const { setTheme } = useTheme();
  const [, setZone] = useZone();
  const [, openViews] = useViewsMenu();
  const { paused, toggle } = usePause();
  return [
    { id: "save-view", title: "Save what is shown as a view", words: "bookmark name", run: () => openViews(true) },
    { id: "pause", title: paused ? "Resume live updates" : "Pause live updates", words: "hold still", run: toggle },
    { id: "zone-utc", title: "Show times in UTC", words: "time zone", run: () => setZone("utc") },
    { id: "zone-local", title: "Show times in this browser's zone", words: "local", run: () => setZone("local") },
    { id: "theme-dark", title: "Dark theme", words: "colours", run: () => setTheme("dark") },
    { id: "theme-light", title: "Light theme", words: "colours", run: () => setTheme("light") },
    { id: "theme-system", title: "Theme as the system", words: "colours", run: () => setTheme("system") },
  ];
}
