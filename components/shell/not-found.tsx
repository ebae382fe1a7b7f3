"use client";
import { MapPinOff } from "lucide-react";
import Link from "next/link";
import { useHref } from "@/client/url-state";
import { EmptyState } from "../ui/empty-state";

export function NotFound() {
  const href = useHref();
  return (
    <EmptyState icon={MapPinOff} title="There is no such page">
      <Link href={href("/")} className="text-accent underline">
        Go to the overview
      </Link>
    </EmptyState>
  );
}
