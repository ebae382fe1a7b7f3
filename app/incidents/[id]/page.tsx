import type { Metadata } from "next";
import { IncidentPage } from "@/components/incident/incident-page";

interface Props {
  params: Promise<{ id: string }>;
}

export const metadata: Metadata = { title: "Incident" };

export default async function Page({ params }: Props) {
  return <IncidentPage id={decodeURIComponent((await params).id)} />;
}
