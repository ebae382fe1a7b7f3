import type { Metadata } from "next";
import { pathId } from "@/client/path-id";
import { IncidentPage } from "@/components/incident/incident-page";

interface Props {
  params: Promise<{ id: string }>;
}

export const metadata: Metadata = { title: "Incident" };

export default async function Page({ params }: Props) {
  return <IncidentPage id={pathId((await params).id)} />;
}
