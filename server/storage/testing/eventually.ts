import { vi } from "vitest";

interface Patience {
  timeout?: number;
  interval?: number;
}

/** Tries again until the check passes; for long, because test files share the machine and the database server. @throws its last error */
export function eventually<T>(check: () => T | Promise<T>, patience: Patience = {}): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000, ...patience });
}
