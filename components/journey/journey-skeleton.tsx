import { Skeleton } from "../ui/skeleton";

export function JourneySkeleton() {
  return (
    <div role="status" aria-label="The journey is being fetched" className="flex flex-col gap-4">
      <Skeleton className="h-40" />
      <div className="grid gap-4 lg:grid-cols-[24rem_1fr]">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    </div>
  );
}
