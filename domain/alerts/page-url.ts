/**
 * The address of a page, in which everything that no address may hold is encoded. It stays within Signalbox, whatever
 * `path` begins with.
 * @param baseUrl where Signalbox is, without a slash at its end
 */
export function pageUrl(baseUrl: string, path: string): string {
  const whole = path.replace(/\p{Cs}/gu, "\uFFFD").replace(/%(?![0-9A-Fa-f]{2})/g, "%25");
  return `${baseUrl}/${whole.replace(/^[/\\]+/, "").replace(/[^A-Za-z0-9\-._~:/?#@!$()*+,;=&%]/gu, encodeURIComponent)}`;
}
