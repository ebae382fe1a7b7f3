import type { Metadata } from "next";
import { pathId } from "@/client/path-id";
import { JourneyPage } from "@/components/journey/journey-page";

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Journey ${pathId((await params).id)}` };
}

export default async function Page({ params }: Props) {
  return <JourneyPage id={pathId((await params).id)} />;
}
