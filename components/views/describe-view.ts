/** "Journeys: status failed, user ann": what a saved view shows, in one line. */
export function describeView({ path, query }: { path: string; query: string }): string {
  const [, place = "", ...ids] = path.split("/");
  const page = place === "" ? "Overview" : `${place[0]?.toUpperCase()}${place.slice(1)}`;
  const where = [page, ...ids.filter((id) => id !== "").map(decoded)].join(" ");
  const filters = [...new URLSearchParams(query)].filter(([, value]) => value !== "").map((pair) => pair.join(" "));
  return filters.length === 0 ? where : `${where}: ${filters.join(", ")}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
