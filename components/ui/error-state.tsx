"use client";
import { RotateCw, Unplug } from "lucide-react";
import { ApiError } from "@/client/api";
import { Button } from "./button";

interface Props {
  error: Error;
  title: string;
  onRetry: () => void;
}

/** Something could not be had: what, the code to quote, and a way to try again. */
export function ErrorState({ error, title, onRetry }: Props) {
  const known = error instanceof ApiError;
  const signedOut = known && error.status === 401;
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <Unplug aria-hidden className="size-6 text-bad" strokeWidth={1.5} />
      <p className="font-medium">{signedOut ? "You are signed out" : title}</p>
      <p className="max-w-prose text-[13px] text-muted">
        {signedOut
          ? "Ask for a new sign-in link; this page opens again after it."
          : known
            ? error.message
            : "An error in this page."}{" "}
        <code className="rounded bg-raised px-1 font-mono text-xs">{known ? error.code : error.name}</code>
      </p>
      <Button className="mt-1" onClick={signedOut ? () => window.location.reload() : onRetry}>
        <RotateCw aria-hidden className="size-3.5" />
        Try again
      </Button>
    </div>
  );
}
