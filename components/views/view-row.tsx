"use client";
import { Check, Pencil, Trash2, X } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { useViewHref } from "@/client/url-state";
import { useChangeViews } from "@/client/use-views";
import type { SavedView } from "@/contracts/http";
import { Button } from "../ui/button";
import { TextLine } from "../ui/text-line";
import { describeView } from "./describe-view";

interface Props {
  view: SavedView;
  mayChange: boolean;
  onOpened: () => void;
}

/** One saved view: a press opens it; renaming and deleting are asked for beside it. */
export function ViewRow({ view, mayChange, onOpened }: Props) {
  const [asked, ask] = useState<"rename" | "delete" | null>(null);
  const [back, goBack] = useState<"rename" | "delete" | null>(null);
  function done() {
    goBack(asked);
    ask(null);
  }
  if (asked === "rename") return <Rename view={view} onDone={done} />;
  if (asked === "delete") return <Delete view={view} onDone={done} />;
  return (
    <li className="group flex items-center rounded-md hover:bg-raised">
      <OpenLink view={view} onOpened={onOpened} />
      {mayChange && (
        <>
          <Button
            look="quiet"
            size="icon"
            ref={back === "rename" ? focusIt : null}
            aria-label={`Rename ${view.name}`}
            onClick={() => ask("rename")}
          >
            <Pencil aria-hidden className="size-3.5" />
          </Button>
          <Button
            look="quiet"
            size="icon"
            ref={back === "delete" ? focusIt : null}
            aria-label={`Delete ${view.name}`}
            onClick={() => ask("delete")}
          >
            <Trash2 aria-hidden className="size-3.5" />
          </Button>
        </>
      )}
    </li>
  );
}

function OpenLink({ view, onOpened }: Omit<Props, "mayChange">) {
  const href = useViewHref();
  return (
    <Link
      href={href(view)}
      onClick={onOpened}
      title={`Saved by ${view.createdBy}`}
      className="min-w-0 flex-1 rounded-md px-2 py-1.5"
    >
      <span className="block truncate font-medium text-[13px]">{view.name}</span>
      <span className="block truncate text-faint text-xs">{describeView(view)}</span>
    </Link>
  );
}

function Rename({ view, onDone }: { view: SavedView; onDone: () => void }) {
  const { rename } = useChangeViews();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    if (name === view.name) onDone();
    else if (name !== "") rename.mutate({ id: view.id, name }, { onSuccess: onDone });
  }
  return (
    <li>
      <form onSubmit={submit} className="flex items-center gap-1 p-1">
        <TextLine name="name" label={`New name of ${view.name}`} defaultValue={view.name} maxLength={100} focused />
        <Button type="submit" look="quiet" size="icon" aria-label="Save the name" disabled={rename.isPending}>
          <Check aria-hidden className="size-4" />
        </Button>
        <Button look="quiet" size="icon" aria-label="Keep the old name" onClick={onDone}>
          <X aria-hidden className="size-4" />
        </Button>
      </form>
      <Problem error={rename.error} />
    </li>
  );
}

function Delete({ view, onDone }: { view: SavedView; onDone: () => void }) {
  const { remove } = useChangeViews();
  return (
    <li>
      <div className="flex items-center gap-2 rounded-md bg-bad-soft p-1 pl-2">
        <span className="min-w-0 flex-1 break-words text-[13px] text-bad leading-tight">
          Delete “{view.name}” for everybody?
        </span>
        <Button
          size="small"
          ref={focusIt}
          disabled={remove.isPending}
          onClick={() => remove.mutate(view.id, { onSuccess: onDone })}
        >
          Delete
        </Button>
        <Button size="small" look="quiet" onClick={onDone}>
          Keep
        </Button>
      </div>
      <Problem error={remove.error} />
    </li>
  );
}

function focusIt(button: HTMLButtonElement | null) {
  button?.focus();
}

function Problem({ error }: { error: Error | null }) {
  return error ? (
    <p role="alert" className="px-2 pb-1.5 text-bad text-xs">
      {error.message}
    </p>
  ) : null;
}
