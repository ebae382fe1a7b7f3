"use client";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useEffect, useMemo, useState } from "react";
import { counted } from "@/client/format";
import { keptVisits } from "@/client/recent";
import { useEnvironment, useHref, useViewHref } from "@/client/url-state";
import { useSearch } from "@/client/use-search";
import { useStored } from "@/client/use-stored";
import { useViews } from "@/client/use-views";
import { assertNever } from "@/domain/assert-never";
import { PAGES } from "../shell/nav";
import { useFocusBack } from "../ui/use-focus-back";
import type { PaletteItem } from "./palette-item";
import { PaletteRow } from "./palette-row";
import { preparePalette } from "./prepare-palette";
import { usePaletteActions } from "./use-palette-actions";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Finds anything by an id, goes anywhere, does what the shell can do. */
export function Palette({ open, onOpenChange }: Props) {
  const focus = useFocusBack();
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[var(--shade)]" />
        <Dialog.Content
          aria-describedby={undefined}
          {...focus}
          className="fixed inset-x-2 top-2 z-50 mx-auto max-w-2xl overflow-hidden rounded-xl border bg-surface shadow-2xl outline-none sm:top-[12vh]"
        >
          <Dialog.Title className="sr-only">Find anything</Dialog.Title>
          <Finder onDone={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const NO_VISITS: never[] = [];

function Finder({ onDone }: { onDone: () => void }) {
  const [typed, setTyped] = useState("");
  const [environment] = useEnvironment();
  const { answer, error, pending } = useSearch(typed);
  const [visits] = useStored(keptVisits, NO_VISITS);
  const actions = usePaletteActions();
  const views = useViews(true).views;
  const groups = useMemo(
    () => preparePalette({ typed, answer, visits, pages: PAGES, views, actions, environment }),
    [typed, answer, visits, views, actions, environment],
  );
  const items = groups.flatMap((group) => group.items);
  const choose = useChoose(actions, onDone);
  const selection = useSelection(items);

  // Enter before the answer has come means the first of what will be found.
  const [eager, setEager] = useState(false);
  useEffect(() => {
    if (!eager || pending) return;
    setEager(false);
    const [first] = items;
    if (first) choose(first);
  }, [eager, pending, items, choose]);

  return (
    <Command
      label="Find anything"
      shouldFilter={false}
      vimBindings={false}
      loop
      value={selection.value}
      onValueChange={selection.select}
      onKeyDown={(event) => {
        if (event.key.startsWith("Arrow")) selection.take();
        if (event.key !== "Enter" || !pending || selection.taken) return;
        event.preventDefault();
        setEager(true);
      }}
      onPointerMove={selection.take}
    >
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <Command.Input
          value={typed}
          onValueChange={(text) => {
            setTyped(text);
            setEager(false);
            selection.release();
          }}
          placeholder="User, run, message, connection, thread, incident"
          className="h-12 w-full min-w-0 bg-transparent text-[15px] outline-none"
        />
        <kbd className="hidden rounded border px-1.5 py-0.5 font-sans text-[11px] text-faint sm:block">Esc</kbd>
      </div>
      <Command.List label="What was found" className="max-h-[min(60vh,30rem)] overflow-y-auto overscroll-contain p-1.5">
        {groups.map((group) => (
          <Command.Group
            key={group.title}
            heading={
              <span className="flex justify-between px-2.5 pt-2 pb-1 font-medium text-faint text-xs">
                {group.title}
                {group.more && <span className="font-normal">more: type on</span>}
              </span>
            }
          >
            {group.items.map((item) => (
              <PaletteRow key={item.value} item={item} onChoose={() => choose(item)} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
      <p role="status" className="border-t px-4 py-2 text-faint text-xs">
        {error
          ? `The search failed: ${error.message}`
          : pending
            ? "Searching …"
            : typed.trim() === ""
              ? "Ids are found by their beginning, wherever in time they are."
              : items.length === 0
                ? `Nothing is called or begins with “${typed.trim()}”.`
                : counted(items.length, "result")}
      </p>
    </Command>
  );
}

/** The first item is selected until somebody selects another. */
function useSelection(items: PaletteItem[]) {
  const [chosen, setChosen] = useState("");
  const [taken, setTaken] = useState(false);
  const there = taken && items.some((item) => item.value === chosen);
  return {
    value: there ? chosen : (items.find((item) => item.choice !== null)?.value ?? ""),
    taken: there,
    select: setChosen,
    take: () => setTaken(true),
    release: () => setTaken(false),
  };
}

/** Closes the palette and does what the item stands for. */
function useChoose(actions: ReturnType<typeof usePaletteActions>, onDone: () => void) {
  const router = useRouter();
  const href = useHref();
  const viewHref = useViewHref();
  return ({ choice }: PaletteItem) => {
    if (choice === null) return;
    onDone();
    switch (choice.do) {
      case "act":
        return actions.find(({ id }) => id === choice.action)?.run();
      case "view":
        return router.push(viewHref(choice));
      case "open": {
        const { path, query, environment } = choice;
        return router.push(href(path, environment === null ? query : { ...query, environment }));
      }
      default:
        return assertNever(choice);
    }
  };
}
