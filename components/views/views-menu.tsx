"use client";
import { Bookmark } from "lucide-react";
import { useViews } from "@/client/use-views";
import { Button } from "../ui/button";
import { ErrorState } from "../ui/error-state";
import { Popover } from "../ui/popover";
import { SkeletonRows } from "../ui/skeleton";
import { SaveView } from "./save-view";
import { ViewRow } from "./view-row";
import { useViewsMenu } from "./views-menu-state";

/** Pages with their filters that somebody gave a name: opened, saved, renamed and deleted here, for everybody. */
export function ViewsMenu() {
  const [open, setOpen] = useViewsMenu();
  return (
    <Popover
      label="Saved views"
      open={open}
      onOpenChange={setOpen}
      className="flex w-96 flex-col overflow-hidden"
      trigger={
        <Button look="quiet" size="small" aria-label="Saved views" title="Saved views">
          <Bookmark aria-hidden className="size-3.5" />
          <span className="hidden sm:inline">Views</span>
        </Button>
      }
    >
      <Views onOpened={() => setOpen(false)} />
    </Popover>
  );
}

function Views({ onOpened }: { onOpened: () => void }) {
  const { views, mayChange, isPending, error, refetch } = useViews(true);
  if (error) return <ErrorState error={error} title="The views could not be fetched" onRetry={() => refetch()} />;
  return (
    <>
      {mayChange && <SaveView views={views} />}
      {isPending && <SkeletonRows rows={3} label="Views are being fetched" />}
      {!isPending && views.length === 0 && (
        <p className="p-4 text-[13px] text-muted">
          No view is saved yet. A view keeps a page with its filters under a name, for everybody here.
        </p>
      )}
      <ul className="max-h-[min(50vh,24rem)] overflow-y-auto p-1.5 empty:hidden">
        {views.map((view) => (
          <ViewRow key={view.id} view={view} mayChange={mayChange} onOpened={onOpened} />
        ))}
      </ul>
    </>
  );
}
