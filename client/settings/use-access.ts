"use client";
/** Keys, people's sessions and the audit log: for admins only. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type AuditEntry,
  auditList,
  createdKey,
  type KeyList,
  type KeyRow,
  keyList,
  keyRow,
  type NewKey,
  removedPerson,
  type SessionRow,
  sessionList,
  sessionRow,
} from "@/contracts/access";
import { apiSend } from "../api";
import { keys } from "../keys";
import { usePaged } from "./use-paged";

const PAGE = 50;

export function useAccessKeys(state: string | null, enabled: boolean) {
  return usePaged<KeyRow, KeyList>({
    queryKey: keys.accessKeys(state),
    path: "keys",
    query: { state, limit: PAGE },
    schema: keyList,
    enabled,
  });
}

export function useMakeKey() {
  const renew = useRenew();
  return useMutation({
    mutationFn: (body: NewKey) => apiSend("POST", "keys", { body }, createdKey),
    onSuccess: renew,
  });
}

export function useRevokeKey() {
  const renew = useRenew();
  return useMutation({
    mutationFn: (id: string) => apiSend("DELETE", `keys/${encodeURIComponent(id)}`, {}, keyRow),
    onSuccess: renew,
  });
}

export function useSessions(state: string | null, enabled: boolean) {
  return usePaged<SessionRow, { items: SessionRow[]; nextCursor: string | null }>({
    queryKey: keys.sessions(state),
    path: "sessions",
    query: { state, limit: PAGE },
    schema: sessionList,
    enabled,
  });
}

export function useEndSession() {
  const renew = useRenew();
  return useMutation({
    mutationFn: (id: string) => apiSend("DELETE", `sessions/${encodeURIComponent(id)}`, {}, sessionRow),
    onSuccess: renew,
  });
}

/** Ends every session and sign-in link of a person. */
export function useSendAway() {
  const renew = useRenew();
  return useMutation({
    mutationFn: (person: string) => apiSend("DELETE", `people/${encodeURIComponent(person)}`, {}, removedPerson),
    onSuccess: renew,
  });
}

export function useAudit(action: string | null, enabled: boolean) {
  return usePaged<AuditEntry, { items: AuditEntry[]; nextCursor: string | null }>({
    queryKey: keys.audit(action),
    path: "audit",
    query: { action, limit: PAGE },
    schema: auditList,
    enabled,
  });
}

/** What one of them changed shows in the others: every change is in the audit log. */
function useRenew() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: keys.settings() });
}
