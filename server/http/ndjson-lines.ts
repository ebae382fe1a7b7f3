const CHUNK_CHARACTERS = 65_536;

/** Lines in chunks of about 64 KiB, made only as fast as they are taken. */
export async function* ndjsonLines(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  let chunk = "";
  for await (const item of items) {
    chunk += `${JSON.stringify(item)}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
