/**
 * What is odd about telemetry itself, counted beside the process that sends it; it fails no journey and is no leak. The
 * last two only a journey's judgment can tell, and take back.
 */
export const QUALITY_NOTES = [
  "no_message_id",
  "no_run_id",
  "id_reused",
  "clock_skew",
  "time_in_future",
  "thread_as_user",
  "unknown_user",
  "unknown_connection",
] as const;
export type QualityNote = (typeof QUALITY_NOTES)[number];
