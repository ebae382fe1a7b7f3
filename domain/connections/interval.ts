/** An authentication, or where there is none a claim, that says whose a connection is. */
export interface Binding {
  userId: string;
  atMs: number;
  eventId: string;
  /** The process that reported it, and received − stated of its clock (ms). */
  source: string;
  offsetMs: number;
}

/** One life of a connection id: from opened to closed, with who was authenticated on it. */
export interface ConnectionInterval {
  environment: string;
  /** Server instance; "" where the source reports none. */
  instance: string;
  connectionId: string;
  /** Position among the intervals of this connection id, oldest first. */
  n: number;
  /** null = open since ever (closed or authenticated without an open that was seen). */
  openedAtMs: number | null;
  /** First authentication that bound a user; null if nobody ever authenticated. */
  authenticatedAtMs: number | null;
  /** null = still open. */
  closedAtMs: number | null;
  closeCode: number | null;
  /** First user bound in the interval (before its first authentication the interval is theirs too). */
  userId: string | null;
  /** Every authentication in the interval, by time. More than one user here is an identity switch. */
  bindings: Binding[];
  /** Whether any `acked` event was seen in this interval: only then is a missing ack evidence. */
  acks: boolean;
}
