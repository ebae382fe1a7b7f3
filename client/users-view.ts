/** What the users list shows, as the URL says it. */
import { type UserSort, userSort } from "@/contracts/http";
import type { Range } from "./range";

export interface UsersView {
  /** Exact id or the beginning of one. */
  q: string | null;
  sort: UserSort;
  /** null = everything that is kept: a search that names no time. */
  range: Range | null;
}

export const USER_SORTS: readonly UserSort[] = userSort.options;
export const DEFAULT_SORT: UserSort = "seen";
