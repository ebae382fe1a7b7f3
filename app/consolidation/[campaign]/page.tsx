import type { Metadata } from "next";
import { pathId } from "@/client/path-id";
import { CampaignPage } from "@/components/consolidation/campaigns/campaign-page";

export const metadata: Metadata = { title: "Campaign" };

export default async function Page({ params }: { params: Promise<{ campaign: string }> }) {
  return <CampaignPage id={pathId((await params).campaign)} />;
}
