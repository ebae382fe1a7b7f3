"use client";
import { createContext, useContext } from "react";

/** The stretch of time that a page's figures are of, for links to what is behind them; no end = until now. */
export interface Window {
  from: string | null;
  to: string | null;
}

export const WindowContext = createContext<Window>({ from: null, to: null });

export function useWindow(): Window {
  return useContext(WindowContext);
}
