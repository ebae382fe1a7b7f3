/** Bytes of telemetry that may be held at the same time, over every way in. Beyond it, a sender is asked to wait. */
export interface ByteBudget {
  /** For one body or batch, from its first byte until it is answered. */
  open(): Reservation;
  /** Whether that many bytes more could be held now. */
  fits(bytes: number): boolean;
  inFlight(): number;
}

export interface Reservation {
  /** False, and nothing is added, when that many bytes more would be too many. */
  grow(bytes: number): boolean;
  release(): void;
}

/** `maxBytes` must be more than the largest body: one alone is never refused. */
export function createByteBudget(maxBytes: number): ByteBudget {
  let inFlight = 0;
  const fits = (bytes: number) => inFlight + bytes <= maxBytes;
  return {
    fits,
    open() {
      let held = 0;
      return {
        grow(bytes) {
          if (!fits(bytes)) return false;
          inFlight += bytes;
          held += bytes;
          return true;
        },
        release() {
          inFlight -= held;
          held = 0;
        },
      };
    },
    inFlight: () => inFlight,
  };
}
