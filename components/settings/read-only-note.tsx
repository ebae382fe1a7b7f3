"use client";
import { Lock } from "lucide-react";
import { useMayChange } from "@/client/settings/use-may-change";
import { useSession } from "@/client/use-session";
import { inviteCommand } from "./people/invite-command";

/** Says plainly that nothing can be changed here, and what would help. */
export function ReadOnlyNote() {
  const person = useSession().data?.person ?? "";
  if (useMayChange() !== false) return null;
  return (
    <p role="note" className="flex items-start gap-2 rounded-lg border bg-raised px-4 py-2.5 text-[13px] text-muted">
      <Lock aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>
        You may read settings. Changing them, and seeing keys, people and the audit log, needs the role <b>admin</b>:{" "}
        <code className="break-words font-mono text-xs">{inviteCommand(person, "admin")}</code> on the server makes a
        sign-in link with it.
      </span>
    </p>
  );
}

/** In place of a part that only admins may see. */
export function AdminsOnly({ what }: { what: string }) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-lg border bg-surface px-6 py-10 text-center">
      <Lock aria-hidden className="size-6 text-faint" strokeWidth={1.5} />
      <p className="font-medium">{what} are for admins</p>
    </div>
  );
}
