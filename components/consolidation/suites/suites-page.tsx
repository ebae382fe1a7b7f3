"use client";
import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { useHref } from "@/client/url-state";
import { PageHead } from "../../ui/page-head";
import { SuitesCard } from "./suites-card";

/** What tests say of the code, held against what is expected of them. */
export function SuitesPage() {
  const href = useHref();
  return (
    <>
      <Link
        href={href("/consolidation")}
        className="inline-flex items-center gap-1 self-start text-[13px] text-muted hover:text-ink"
      >
        <ChevronLeft aria-hidden className="size-3.5" />
        Consolidation
      </Link>
      <PageHead title="Test suites" lead="What tests say of the code, held against what is expected of them." />
      <SuitesCard />
    </>
  );
}
