import type { Metadata } from "next";
import { SuitesPage } from "@/components/consolidation/suites/suites-page";

export const metadata: Metadata = { title: "Test suites" };

export default function Page() {
  return <SuitesPage />;
}
