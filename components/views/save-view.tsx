"use client";
import { type FormEvent, useId } from "react";
import { useChangeViews } from "@/client/use-views";
import { viewAddress } from "@/client/view-address";
import type { SavedView } from "@/contracts/http";
import { Button } from "../ui/button";
import { TextLine } from "../ui/text-line";

/** Gives what is shown now a name. */
export function SaveView({ views }: { views: SavedView[] }) {
  const { save } = useChangeViews();
  const problem = useId();
  const { path, query } = viewAddress(window.location.href);
  const known = views.find((view) => view.path === path && view.query === query);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get("name")).trim();
    if (name !== "") save.mutate({ name, path, query }, { onSuccess: () => form.reset() });
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-1.5 border-b p-3">
      <div className="flex gap-2">
        <TextLine
          name="name"
          label="Name of what is shown now"
          placeholder="Name what is shown now"
          maxLength={100}
          required
          describedBy={save.error ? problem : undefined}
        />
        <Button type="submit" look="strong" disabled={save.isPending}>
          Save
        </Button>
      </div>
      <p role="status" className="text-faint text-xs empty:hidden">
        {save.isSuccess ? `Saved as “${save.data.name}”.` : known && `This is saved as “${known.name}”.`}
      </p>
      {save.error && (
        <p id={problem} role="alert" className="text-bad text-xs">
          {save.error.message}
        </p>
      )}
    </form>
  );
}
