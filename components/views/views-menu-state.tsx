"use client";
import { createContext, type ReactNode, useContext, useState } from "react";

type OpenState = [boolean, (open: boolean) => void];
const ViewsMenuContext = createContext<OpenState>([false, () => undefined]);

/** Whether the menu of saved views is open: its button and the palette both open it. */
export function useViewsMenu(): OpenState {
  return useContext(ViewsMenuContext);
}

export function ViewsMenuProvider({ children }: { children: ReactNode }) {
  return <ViewsMenuContext value={useState(false)}>{children}</ViewsMenuContext>;
}
