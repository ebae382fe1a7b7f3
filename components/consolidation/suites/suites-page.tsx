"use client";
import { BackLink } from "../../ui/back-link";
import { PageHead } from "../../ui/page-head";
import { SuitesCard } from "./suites-card";

/** What tests say of the code, held against what is expected of them. */
export function SuitesPage() {
  return (
    <>
      <BackLink path="/consolidation">Consolidation</BackLink>
      <PageHead title="Test suites" lead="What tests say of the code, held against what is expected of them." />
      <SuitesCard />
    </>
  );
}
