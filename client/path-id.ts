/** The id that a segment of a page's path stands for. A "%" that encodes nothing stands for itself. */
export function pathId(segment: string): string {
  try {
    return decodeURIComponent(segment.replaceAll(/%(?![0-9a-f]{2})/gi, "%25"));
  } catch {
    return segment;
  }
}
