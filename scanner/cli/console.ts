/** What a scanning command speaks to. */
export interface ScanConsole {
  /** The folder that the command was called from. */
  folder: string;
  /** Standard output: the answer, and nothing else. */
  write(text: string): void;
  /** Standard error: what a person should know beside it. */
  note(text: string): void;
  /** Says why, and makes the command fail. */
  fail(text: string): void;
  /** Where readings are kept between scans. */
  cacheFolder(): string;
  /** By which a scan may be handed to a running Signalbox. */
  apiKey(): string | null;
  /** Standard error is a terminal. */
  interactive: boolean;
}
