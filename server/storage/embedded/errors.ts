export type EmbeddedErrorCode =
  /** No server binaries for this system: set DATABASE_URL. */
  | "unsupported_platform"
  /** The platform's package is not installed, or its programs do not run. */
  | "binaries_unusable"
  /** PostgreSQL never runs as root, and switching to another user was refused. */
  | "cannot_switch_user"
  /** Another running Signalbox owns the data directory. */
  | "data_dir_in_use"
  /** Made by another major version of PostgreSQL. */
  | "data_dir_version"
  /** Belongs to another user, or lies where the server's user cannot reach it. */
  | "data_dir_unusable"
  | "start_failed";

/** An expected reason why the embedded database cannot run; `message` is written for the person at the terminal. */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";
  constructor(
    readonly code: EmbeddedErrorCode,
    message: string,
  ) {
    super(message);
  }
}
