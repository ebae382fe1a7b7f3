"use client";
import { useSession } from "./use-session";

/** Whether who looks at the page may change incidents: every person may, and an admin key. */
export function useMayAct(): boolean {
  const session = useSession().data;
  return session !== undefined && (session.kind === "session" || session.role === "admin");
}
