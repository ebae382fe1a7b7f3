/**
 * About how many bytes of JSON a value came from, counted no further than `limit`. Without recursion: what comes from a
 * socket may be nested as deep as its message is long.
 */
export function jsonBytes(value: unknown, limit: number): number {
  const waiting: unknown[] = [value];
  let bytes = 0;
  while (waiting.length > 0 && bytes <= limit) {
    const item = waiting.pop();
    if (typeof item === "string") bytes += Buffer.byteLength(item) + 2;
    else if (typeof item !== "object" || item === null) bytes += 4;
    else if (ArrayBuffer.isView(item)) bytes += item.byteLength;
    else if (Array.isArray(item)) {
      bytes += 2 + item.length;
      for (const part of item) waiting.push(part);
    } else {
      bytes += 2;
      for (const [name, part] of Object.entries(item)) {
        bytes += name.length + 4;
        waiting.push(part);
      }
    }
  }
  return bytes;
}
