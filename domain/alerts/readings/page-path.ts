/** Address of a page of Signalbox, in an environment. */
export function pagePath(path: string, environment: string, query: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries({ environment, ...query });
  return `${path}?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
}
