"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { LiveProvider } from "@/client/live/live-provider";
import { createQueryClient } from "@/client/query-client";
import { ShareProvider } from "@/client/use-share-link";

/** What every page needs: theme, URL state, query cache, live connection. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [cache] = useState(createQueryClient);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" nonce={nonce}>
      <NuqsAdapter>
        <QueryClientProvider client={cache}>
          <LiveProvider>
            <ShareProvider>{children}</ShareProvider>
          </LiveProvider>
        </QueryClientProvider>
      </NuqsAdapter>
    </ThemeProvider>
  );
}
