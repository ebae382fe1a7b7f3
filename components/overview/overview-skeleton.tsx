import { Skeleton } from "../ui/skeleton";

export function OverviewSkeleton() {
  return (
    <div role="status" aria-label="The overview is being fetched" className="flex flex-col gap-4">
      <div className="grid gap-4 lg:grid-cols-3">
        <Skeleton className="h-60" />
        <Skeleton className="h-60" />
        <Skeleton className="h-60" />
      </div>
      <Skeleton className="h-14" />
      <Skeleton className="h-72" />
    </div>
  );
}
