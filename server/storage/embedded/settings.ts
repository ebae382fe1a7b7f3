/** Server settings for one application on a small machine: durable, private to this host, quiet about content. */

const MIB = 1024 * 1024;

/** The whole environment of the server's processes: the same messages and times whatever the user's locale. */
export const SERVER_ENVIRONMENT = { LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" } as const;

export interface SettingsInput {
  socketDir: string;
  totalMemoryBytes: number;
  /** Overrides, for tests that need no durability. */
  extra?: Readonly<Record<string, string>>;
}

/** Command line arguments (`-c name=value`) for `postgres`. Memory sizes follow the machine's, within bounds. */
export function serverArguments({ socketDir, totalMemoryBytes, extra }: SettingsInput): string[] {
  const totalMiB = totalMemoryBytes / MIB;
  const settings: Record<string, string> = {
    listen_addresses: "",
    unix_socket_directories: socketDir,
    unix_socket_permissions: "0700",
    max_connections: "60",
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
    shared_buffers: `${Math.round(Math.min(1024, Math.max(64, totalMiB / 16)))}MB`,
    effective_cache_size: `${Math.round(Math.max(128, totalMiB / 3))}MB`,
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    max_wal_size: "2GB",
    min_wal_size: "256MB",
    wal_compression: "pglz",
    checkpoint_timeout: "10min",
    random_page_cost: "1.1",
    jit: "off",
    max_parallel_workers_per_gather: "0",
    autovacuum_max_workers: "2",
    autovacuum_naptime: "15s",
    timezone: "UTC",
    log_timezone: "UTC",
    // Errors quote values, so only the server's own life is logged.
    log_min_messages: "log",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_checkpoints: "off",
    ...extra,
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
