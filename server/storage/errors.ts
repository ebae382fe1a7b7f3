export type StorageErrorCode = "server_too_old" | "migration_changed" | "migration_unknown" | "migration_failed";

/** An expected reason why the database cannot be used; `message` is written for the person at the terminal. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  constructor(
    readonly code: StorageErrorCode,
    message: string,
  ) {
    super(message);
  }
}
