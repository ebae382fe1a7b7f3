/** Which rows lie in which chunk of a summarised timeline. Pure. */
import type { TimelineSummary } from "@/contracts/http";

/** So many rows of `total`, behind `cursor`. */
export interface Chunk {
  index: number;
  firstRow: number;
  rows: number;
  /** null = from the beginning. */
  cursor: string | null;
}

type Chunked = Pick<TimelineSummary, "total" | "chunkRows" | "chunks">;

/** The chunk with this index; null beyond the last. */
export function chunkAt({ total, chunkRows, chunks }: Chunked, index: number): Chunk | null {
  if (index < 0 || index >= chunks.length) return null;
  const firstRow = index * chunkRows;
  const cursor = index === 0 ? null : (chunks[index - 1]?.cursor ?? null);
  return { index, firstRow, rows: Math.min(chunkRows, total - firstRow), cursor };
}

/** The chunks that rows `first` to `last` lie in, and the one on either side, so that scrolling on finds its rows. */
export function chunksAround(summary: Chunked, first: number, last: number): Chunk[] {
  const from = Math.floor(first / summary.chunkRows) - 1;
  const to = Math.floor(last / summary.chunkRows) + 1;
  const found: Chunk[] = [];
  for (let index = from; index <= to; index += 1) {
    const chunk = chunkAt(summary, index);
    if (chunk) found.push(chunk);
  }
  return found;
}

/** The first chunk that has a row at or after a time; the last one if none has. */
export function chunkOfTime(summary: Chunked, atMs: number): Chunk | null {
  const index = summary.chunks.findIndex(({ endsAt }) => Date.parse(endsAt) >= atMs);
  return chunkAt(summary, index < 0 ? summary.chunks.length - 1 : index);
}
