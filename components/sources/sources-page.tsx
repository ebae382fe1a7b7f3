"use client";
import { Cable } from "lucide-react";
import { outOf } from "@/client/format";
import { useEnvironment } from "@/client/url-state";
import { useSources } from "@/client/use-sources";
import { ConnectGuide } from "../connect/connect-guide";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { PageHead } from "../ui/page-head";
import { SkeletonRows } from "../ui/skeleton";
import { QualityNotes } from "./quality-notes";
import { SourceCard } from "./source-card";

/** Where telemetry comes from, whether it can be heard, and what is wrong with it. */
export function SourcesPage() {
  const [environment] = useEnvironment();
  const { data, error, refetch } = useSources(environment);
  return (
    <>
      <PageHead
        title="Sources"
        lead="What Signalbox listens to. A source that cannot be heard proves nothing by its silence."
      />
      {error && !data && (
        <ErrorState error={error} title="The sources could not be fetched" onRetry={() => refetch()} />
      )}
      {!data && !error && <SkeletonRows rows={4} label="Sources are being fetched" />}
      {data && (
        <>
          {data.items.length === 0 ? (
            <Card title="Subscribed sources">
              <EmptyState icon={Cable} title="Signalbox subscribes to no source in this environment">
                Events may still arrive over HTTP or by push. Below is how to connect one.
              </EmptyState>
            </Card>
          ) : (
            data.items.map((source) => <SourceCard key={source.id} source={source} />)
          )}
          {data.omitted > 0 && (
            <p className="text-muted text-[13px]">{outOf(data.items.length, data.omitted)} sources are shown.</p>
          )}
          <QualityNotes notes={data.notes} omitted={data.notesOmitted} />
          <Card title="Connect a source">
            <ConnectGuide />
          </Card>
        </>
      )}
    </>
  );
}
