/** The lives of one connection id while its events are told in order. */
import type { ConnectionEvent } from "../telemetry/event";
import type { Binding, ConnectionInterval } from "./interval";
import { sourceOf } from "./source-of";

type Life = Omit<ConnectionInterval, "n" | "acks">;

interface Draft {
  life: Life;
  /** Known from an authentication alone: an `opened` that is told later is this life's. */
  awaitsOpen: boolean;
  /** Users named by `opened` or `closed`: they count where nobody ever authenticated. */
  claims: Binding[];
}

/** Tells opened, authenticated and closed, in this order of calls, into lives. */
export class LifeLine {
  readonly #drafts: Draft[] = [];

  /** Whether the newest life still goes on. */
  get isOpen(): boolean {
    return this.#current() !== null;
  }

  /** Whether the newest life goes on and its `opened` was not seen yet. */
  get awaitsOpen(): boolean {
    return this.#current()?.awaitsOpen ?? false;
  }

  /** Whether the life that goes on is authenticated, and none of these logins is of its user. */
  belongsToAnother(logins: readonly ConnectionEvent[]): boolean {
    const user = this.#current()?.life.bindings.at(-1)?.userId;
    return user !== undefined && logins.length > 0 && logins.every((login) => login.userId !== user);
  }

  /** A socket was accepted: ends a life that goes on, unless that one only waited for its `opened`. */
  open(event: ConnectionEvent): void {
    const current = this.#current();
    if (current?.awaitsOpen) {
      current.awaitsOpen = false;
      claim(current, event);
      return;
    }
    if (current) current.life.closedAtMs = event.timeMs;
    claim(this.#begin(event, event.timeMs), event);
  }

  /** A source says again that the connection is open: it opened some time before. */
  announce(event: ConnectionEvent): void {
    const current = this.#current();
    if (current) current.awaitsOpen = false;
    claim(current ?? this.#begin(event, this.#sinceLastClose()), event);
  }

  /** A user was bound; a connection that nobody saw opening opened then. */
  authenticate(event: ConnectionEvent): void {
    const { userId } = event;
    if (userId === null) return;
    const draft = this.#current() ?? this.#beginAuthenticated(event);
    const { bindings } = draft.life;
    if (event.snapshot && bindings.at(-1)?.userId === userId) return;
    bindings.push(bindingBy(event, userId, event.timeMs));
  }

  /** The connection ended. Told again without an open in between it adds at most the close code. */
  close(event: ConnectionEvent): void {
    const newest = this.#drafts.at(-1);
    if (newest && newest.life.closedAtMs !== null) {
      newest.life.closeCode ??= event.closeCode;
      return;
    }
    const draft = newest ?? this.#begin(event, null);
    draft.life.closedAtMs = event.timeMs;
    draft.life.closeCode = event.closeCode;
    claim(draft, event);
  }

  /** Every life with who it belongs to, oldest first. */
  intervals(): Life[] {
    return this.#drafts.map(({ life, claims }) => {
      const proved = life.bindings[0];
      const claimed = claims[0];
      return {
        ...life,
        authenticatedAtMs: proved?.atMs ?? null,
        userId: (proved ?? claimed)?.userId ?? null,
        bindings: proved || !claimed ? life.bindings : [claimed],
      };
    });
  }

  #current(): Draft | null {
    const newest = this.#drafts.at(-1);
    return newest && newest.life.closedAtMs === null ? newest : null;
  }

  #sinceLastClose(): number | null {
    return this.#drafts.at(-1)?.life.closedAtMs ?? null;
  }

  #beginAuthenticated(event: ConnectionEvent): Draft {
    const draft = this.#begin(event, event.snapshot ? this.#sinceLastClose() : event.timeMs);
    draft.awaitsOpen = true;
    return draft;
  }

  #begin(event: ConnectionEvent, openedAtMs: number | null): Draft {
    const life: Life = {
      environment: event.environment,
      instance: event.instance ?? "",
      connectionId: event.connectionId ?? "",
      openedAtMs,
      authenticatedAtMs: null,
      closedAtMs: null,
      closeCode: null,
      userId: null,
      bindings: [],
    };
    const draft = { life, awaitsOpen: false, claims: [] };
    this.#drafts.push(draft);
    return draft;
  }
}

function claim(draft: Draft, event: ConnectionEvent): void {
  if (event.userId === null) return;
  draft.claims.push(bindingBy(event, event.userId, draft.life.openedAtMs ?? event.timeMs));
}

function bindingBy(event: ConnectionEvent, userId: string, atMs: number): Binding {
  return { userId, atMs, eventId: event.id, source: sourceOf(event), offsetMs: event.clockOffsetMs };
}
