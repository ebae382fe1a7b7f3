/** Which rows lie in which chunk of a counted timeline. Pure. */
import type { CountedTimeline } from "./timeline-parts";

/** So many rows, behind `cursor`. */
export interface Chunk {
  index: number;
  firstRow: number;
  rows: number;
  /** null = from the beginning. */
  cursor: string | null;
  /** Time of its last row. */
  endsAt: string;
}

type Chunked = Pick<CountedTimeline, "chunks">;

/** The index of the chunk that a row lies in; of a row beyond the last, the last. -1 without rows. */
export function chunkOfRow({ chunks }: Chunked, row: number): number {
  let [low, high] = [0, chunks.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((chunks[middle]?.firstRow ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return high;
}

/** The chunks from `first` to `last` and the one on either side, so that scrolling on finds its rows. */
export function chunksAround({ chunks }: Chunked, first: number, last: number): readonly Chunk[] {
  return chunks.slice(Math.max(0, first - 1), last + 2);
}

/** The first chunk that has a row at or after a time; the last one if none has. */
export function chunkOfTime({ chunks }: Chunked, atMs: number): Chunk | null {
  return chunks.find(({ endsAt }) => Date.parse(endsAt) >= atMs) ?? chunks.at(-1) ?? null;
}
