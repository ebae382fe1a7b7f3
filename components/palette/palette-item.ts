/** What the palette lists. Every decision is taken by the prepare functions; the drawing decides nothing. */
import type { SearchKind } from "@/contracts/http";

export type ItemIcon = SearchKind | "page" | "view" | "action" | "journey";

/** What choosing an item does. */
export type Choice =
  | { do: "open"; path: string; query: Record<string, string | null>; environment: string | null }
  | { do: "view"; path: string; query: string }
  | { do: "act"; action: string };

export interface PaletteItem {
  /** Its name within the list. */
  value: string;
  icon: ItemIcon;
  title: string;
  /** Ids stand in the type of code. */
  isId: boolean;
  /** What it is about, as short as possible. */
  details: string[];
  /** A journey's status. */
  status: string | null;
  at: string | null;
  /** Named where it is not the environment in view. */
  environment: string | null;
  /** Null where there is nothing to open. */
  choice: Choice | null;
}

export interface PaletteGroup {
  title: string;
  items: PaletteItem[];
  /** There is more than is listed. */
  more: boolean;
}
