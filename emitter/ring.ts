/**
 * A bounded buffer of the newest events, addressed by position. Positions count from 0 and never repeat;
 * a cursor is a position with the epoch (process life) it belongs to, and means "everything before it was read".
 */
export interface Ring<T> {
  push(item: T, bytes: number): void;
  /** Up to `maxItems` and about `maxBytes` from a position that is still held; at least one item if there is one. */
  read(from: number, maxItems: number, maxBytes: number): T[];
  /** Position of the oldest item still held. */
  oldest(): number;
  /** Position that the next item will get. */
  next(): number;
}

export function createRing<T>(bounds: { capacity: number; maxBytes: number }): Ring<T> {
  const slots: ({ item: T; bytes: number } | undefined)[] = new Array(bounds.capacity);
  let oldest = 0;
  let next = 0;
  let heldBytes = 0;

  const at = (position: number) => slots[position % bounds.capacity];

  function forgetOldest() {
    heldBytes -= at(oldest)?.bytes ?? 0;
    slots[oldest % bounds.capacity] = undefined;
    oldest += 1;
  }

  return {
    push(item, bytes) {
      if (next - oldest === bounds.capacity) forgetOldest();
      while (next > oldest && heldBytes + bytes > bounds.maxBytes) forgetOldest();
      slots[next % bounds.capacity] = { item, bytes };
      heldBytes += bytes;
      next += 1;
    },
    read(from, maxItems, maxBytes) {
      const items: T[] = [];
      let total = 0;
      for (let position = Math.max(from, oldest); position < next && items.length < maxItems; position += 1) {
        const slot = at(position);
        if (!slot || (items.length > 0 && total + slot.bytes > maxBytes)) break;
        items.push(slot.item);
        total += slot.bytes;
      }
      return items;
    },
    oldest: () => oldest,
    next: () => next,
  };
}

export const formatCursor = (epoch: string, position: number) => `${epoch}:${position}`;

/** What a cursor is made of; null if it is none. */
export function splitCursor(cursor: string): { epoch: string; position: number } | null {
  const match = /^(.*):(\d+)$/.exec(cursor);
  return match?.[1] === undefined ? null : { epoch: match[1], position: Number(match[2]) };
}

/** The position a cursor stands for, or null if it belongs to another epoch or to nothing. */
export function parseCursor(epoch: string, cursor: string): number | null {
  const parts = splitCursor(cursor);
  return parts?.epoch === epoch ? parts.position : null;
}
