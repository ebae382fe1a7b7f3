/** What a saved view keeps of an address, and the address that opens it. */
import { queryString } from "./api";

/** What belongs to the reader, not to what is looked at. */
const PERSONAL = ["environment", "tz"];

/** Page and filters of an address, to be saved. */
export function viewAddress(address: string): { path: string; query: string } {
  const { pathname, searchParams } = new URL(address);
  for (const name of PERSONAL) searchParams.delete(name);
  return { path: pathname, query: searchParams.toString() };
}

/** The address of a view in the environment that is looked at. */
export function viewHref(
  { path, query }: { path: string; query: string },
  mine: { environment: string | null; tz: string | null },
): string {
  const own = queryString(mine).slice(1);
  const all = [own, query].filter((part) => part !== "").join("&");
  return all === "" ? path : `${path}?${all}`;
}
