import type { Metadata } from "next";
import { JourneyPage } from "@/components/journey/journey-page";

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Journey ${decodeURIComponent((await params).id)}` };
}

export default async function Page({ params }: Props) {
  return <JourneyPage id={decodeURIComponent((await params).id)} />;
}
