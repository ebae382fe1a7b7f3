"use client";
import { usePolicy } from "@/client/settings/use-policy";
import { useEnvironment } from "@/client/url-state";
import { ErrorState } from "../../ui/error-state";
import { SkeletonRows } from "../../ui/skeleton";
import { PolicyForm } from "./policy-form";
import { PolicyHistory } from "./policy-history";

/** By which rules this environment's journeys are judged. */
export function PolicyTab() {
  const [environment] = useEnvironment();
  const { data, error, refetch } = usePolicy(environment);
  if (error && !data) {
    return <ErrorState error={error} title="The policy could not be fetched" onRetry={() => refetch()} />;
  }
  if (!data) return <SkeletonRows rows={9} label="The policy is being fetched" />;
  return (
    <>
      <PolicyForm key={`${data.environment} ${data.version}`} view={data} onReload={() => refetch()} />
      <PolicyHistory view={data} />
    </>
  );
}
