"use client";
import { useSession } from "../use-session";

/** Whether the person in front of the page may change settings; null until that is known. */
export function useMayChange(): boolean | null {
  const role = useSession().data?.role;
  return role === undefined ? null : role === "admin";
}
