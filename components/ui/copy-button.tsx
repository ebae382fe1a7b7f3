"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { cn } from "./cn";

interface Props {
  /** Text to copy, made at the moment of the click. */
  text: () => string;
  label: string;
  iconOnly?: boolean;
  title?: string;
  look?: "plain" | "quiet";
  size?: "small" | "medium";
}

export function CopyButton({ text, label, iconOnly = false, title, look, size = "medium" }: Props) {
  const [result, setResult] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (result === null) return;
    const timer = setTimeout(() => setResult(null), 2_000);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = () =>
    copyText(text()).then(
      () => setResult("copied"),
      () => setResult("refused"),
    );
  const Icon = result === "copied" ? Check : Copy;
  const words = result === "copied" ? "Copied" : result === "refused" ? "The browser refused" : label;
  return (
    <Button
      size={iconOnly ? "icon" : size}
      look={look ?? (iconOnly ? "quiet" : "plain")}
      onClick={copy}
      aria-label={label}
      title={title}
    >
      <Icon aria-hidden className="size-3.5" />
      {iconOnly ? (
        <span role="status" className="sr-only">
          {result && words}
        </span>
      ) : (
        <span role="status" className={cn(size === "small" && "max-sm:sr-only")}>
          {words}
        </span>
      )}
    </Button>
  );
}

/** Outside https and loopback browsers offer no clipboard; selecting a field still works there. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("copy refused");
}
