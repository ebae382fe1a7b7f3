/** What failed and healthy journeys are compared by. */
export const DIMENSIONS = [
  "router",
  "handler",
  "version",
  "instance",
  "connectionAge",
  "payloadSize",
  "agent",
  "tool",
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Edges of the buckets of a measured dimension, in ms and in bytes; a bucket holds its lower edge. */
export const BUCKET_EDGES: Readonly<Partial<Record<Dimension, readonly number[]>>> = {
  connectionAge: [1_000, 10_000, 60_000, 600_000, 3_600_000, 21_600_000],
  payloadSize: [256, 1_024, 4_096, 16_384, 65_536],
};

export interface Bucket {
  /** Null = from zero. */
  from: number | null;
  /** Exclusive; null = without end. */
  below: number | null;
}

/** The bucket at a position: 0 lies below the first edge. */
export function bucketAt(dimension: Dimension, position: number): Bucket | null {
  const edges = BUCKET_EDGES[dimension];
  return edges ? { from: edges[position - 1] ?? null, below: edges[position] ?? null } : null;
}
