/** Which part of a process's CPU time went into which part of the source, by its profile and the bundle's source map. */
import { readFileSync } from "node:fs";
import type { Profiler } from "node:inspector";
import { SourceMap } from "node:module";

/** Parts of the source by a piece of their path; the first that fits counts. */
export type Parts = readonly (readonly [name: string, path: RegExp])[];

/**
 * Milliseconds by part, everything that a part calls included, and of all of them `total` without idle time.
 * @throws when the profile names nothing of the bundle
 */
export function cpuShares(profilePath: string, bundlePath: string, parts: Parts) {
  const profile = JSON.parse(readFileSync(profilePath, "utf8")) as Profiler.Profile;
  const map = new SourceMap(JSON.parse(readFileSync(`${bundlePath}.map`, "utf8")));
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const selfMs = new Map<number, number>();
  for (const [i, id] of (profile.samples ?? []).entries()) {
    selfMs.set(id, (selfMs.get(id) ?? 0) + (profile.timeDeltas?.[i] ?? 0) / 1_000);
  }
  const byPart = new Map<string, number>(parts.map(([name]) => [name, 0]));
  let total = 0;
  let mapped = 0;
  const partOf = ({ url, lineNumber, columnNumber }: Profiler.ProfileNode["callFrame"]): string | null => {
    if (!url.endsWith(bundlePath)) return null;
    const source = map.findEntry(lineNumber, columnNumber);
    if (!("originalSource" in source)) return null;
    mapped++;
    return parts.find(([, path]) => path.test(source.originalSource))?.[0] ?? null;
  };
  const visit = (id: number, above: string | null) => {
    const node = nodes.get(id);
    if (!node || node.callFrame.functionName === "(idle)") return;
    const part = partOf(node.callFrame) ?? above;
    const ms = selfMs.get(id) ?? 0;
    total += ms;
    if (part !== null) byPart.set(part, (byPart.get(part) ?? 0) + ms);
    for (const child of node.children ?? []) visit(child, part);
  };
  const root = profile.nodes[0];
  if (root) visit(root.id, null);
  if (mapped === 0) throw new Error(`the profile names nothing of ${bundlePath}`);
  return { total, byPart };
}
