import type { Metadata } from "next";
import { pathId } from "@/client/path-id";
import { RouterPage } from "@/components/router/router-page";

interface Props {
  params: Promise<{ router: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Router ${pathId((await params).router)}` };
}

export default async function Page({ params }: Props) {
  return <RouterPage name={pathId((await params).router)} />;
}
