import type { Metadata } from "next";
import { pathId } from "@/client/path-id";
import { UserPage } from "@/components/user/user-page";

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `User ${pathId((await params).id)}` };
}

export default async function Page({ params }: Props) {
  return <UserPage id={pathId((await params).id)} />;
}
