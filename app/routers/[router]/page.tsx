import type { Metadata } from "next";
import { RouterPage } from "@/components/router/router-page";

interface Props {
  params: Promise<{ router: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Router ${decodeURIComponent((await params).router)}` };
}

export default async function Page({ params }: Props) {
  return <RouterPage name={decodeURIComponent((await params).router)} />;
}
