/**
 * Whom the server's processes run as. PostgreSQL refuses to run as root, so root hands over to "nobody" (or to the
 * owner of data that is already there) without creating a user.
 */
import { chmodSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** null = the process's own user. */
export type ServerUser = { uid: number; gid: number } | null;

export const NOBODY = { uid: 65534, gid: 65534 } as const;

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Whether `user` may enter `dir` and every folder above it, judged by mode bits. */
export function canReach(dir: string, user: { uid: number; gid: number }): boolean {
  for (let at = realpathSync(dir); ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** Makes a folder that every user may pass through, whatever the umask. */
export function makePassable(dir: string): void {
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o755);
}
