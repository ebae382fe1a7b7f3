"use client";
import { createContext, type ReactNode, type RefObject, useContext, useEffect, useRef } from "react";
import type { Range } from "./range";
import { shareLink } from "./share-link";
import { useEnvironment } from "./url-state";

const ShareContext = createContext<RefObject<Range | null>>({ current: null });

export function ShareProvider({ children }: { children: ReactNode }) {
  return <ShareContext value={useRef<Range | null>(null)}>{children}</ShareContext>;
}

/** Says that the page shows this stretch of time: links to it name it in absolute times. */
export function useSharedRange(range: Range): void {
  const shared = useContext(ShareContext);
  useEffect(() => {
    shared.current = range;
    return () => {
      shared.current = null;
    };
  }, [shared, range]);
}

/** Makes the link to what is shown now. */
export function useShareLink(): () => string {
  const shared = useContext(ShareContext);
  const [environment] = useEnvironment();
  return () => shareLink(window.location.href, { environment, range: shared.current, nowMs: Date.now() });
}
