import type { Metadata } from "next";
import { ConsolidationPage } from "@/components/consolidation/consolidation-page";

export const metadata: Metadata = { title: "Consolidation" };

export default function Page() {
  return <ConsolidationPage />;
}
