import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** How a button looks, also where it is a link. */
export const buttonLook = cva(
  "inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-55",
  {
    variants: {
      look: {
        plain: "border-line bg-surface text-ink hover:border-line-strong hover:bg-raised",
        quiet: "border-transparent bg-transparent text-muted hover:bg-raised hover:text-ink",
        danger: "border-transparent bg-bad-soft text-bad hover:border-bad-fill",
        strong: "border-transparent bg-accent text-accent-ink hover:opacity-90",
      },
      size: { small: "h-7 px-2 text-xs", medium: "h-8 px-3 text-[13px]", icon: "size-8" },
    },
    defaultVariants: { look: "plain", size: "medium" },
  },
);

export function Button({
  look,
  size,
  className,
  type = "button",
  ...rest
}: ComponentProps<"button"> & VariantProps<typeof buttonLook>) {
  return <button type={type} className={cn(buttonLook({ look, size }), className)} {...rest} />;
}
