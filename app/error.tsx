"use client";
import { ErrorState } from "@/components/ui/error-state";

export default function Page({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <ErrorState error={error} title="This page could not be drawn" onRetry={reset} />;
}
