/**
 * Whoever judges holds this lock shared, from before the first read until the commit. Whoever changes what journeys
 * rest on, in several tables at once, takes it alone for the last moment before the commit: then nobody has read a part
 * of the change and will read the rest of it.
 */
const LOCK = "1163019603, 0";

export const JOIN_JUDGING = `SELECT pg_advisory_xact_lock_shared(${LOCK})`;
export const PAUSE_JUDGING = `SELECT pg_advisory_xact_lock(${LOCK})`;
