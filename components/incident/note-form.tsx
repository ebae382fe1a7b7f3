"use client";
import { type FormEvent, useId, useState } from "react";
import { useChangeIncident } from "@/client/use-incident";
import { MAX_NOTE_LENGTH } from "@/domain/incidents/apply-command";
import { Button } from "../ui/button";

/** Adds a note under the name of who writes it. */
export function NoteForm({ environment, id }: { environment: string; id: string }) {
  const [text, setText] = useState("");
  const { mutate, isPending, error } = useChangeIncident(environment, id);
  const field = useId();
  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim() !== "") mutate({ note: text }, { onSuccess: () => setText("") });
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 border-b p-4">
      <label htmlFor={field} className="sr-only">
        Note
      </label>
      <textarea
        id={field}
        value={text}
        rows={2}
        maxLength={MAX_NOTE_LENGTH}
        placeholder="What you found, what you did"
        onChange={(event) => setText(event.target.value)}
        className="w-full resize-y rounded-md border bg-surface px-2.5 py-1.5 text-[13px] hover:border-line-strong"
      />
      <div className="flex items-center justify-between gap-3">
        <p className="text-faint text-xs">Everybody who may see the incident reads it.</p>
        <Button type="submit" disabled={isPending || text.trim() === ""}>
          Add note
        </Button>
      </div>
      {error && (
        <p role="alert" className="text-[13px] text-bad">
          {error.message}
        </p>
      )}
    </form>
  );
}
