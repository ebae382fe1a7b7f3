"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { figure } from "@/client/format";
import { Button } from "./button";
import type { PagePlace } from "./prepare-page";

interface Props {
  /** What is paged, for those who do not see it: "Routers". */
  label: string;
  place: PagePlace;
  onTurn: (page: number) => void;
}

/** "26–50 of 200" and the ways to and fro; nothing where all fits on one page. */
export function Pager({ label, place: { page, pages, first, last, total }, onTurn }: Props) {
  if (pages <= 1) return null;
  return (
    <nav aria-label={`${label}, pages`} className="flex items-center gap-1 text-muted text-xs">
      <span className="mr-1 whitespace-nowrap">
        {figure(first)}–{figure(last)} of {figure(total)}
      </span>
      <Button
        look="quiet"
        size="icon"
        aria-label={`${label}, page before`}
        disabled={page === 1}
        onClick={() => onTurn(page - 1)}
      >
        <ChevronLeft aria-hidden className="size-4" />
      </Button>
      <Button
        look="quiet"
        size="icon"
        aria-label={`${label}, next page`}
        disabled={page === pages}
        onClick={() => onTurn(page + 1)}
      >
        <ChevronRight aria-hidden className="size-4" />
      </Button>
    </nav>
  );
}
