import { Fragment } from "react";
import { cn } from "./cn";
import { nameParts } from "./prepare-name";

/** A name written without spaces, whole in the title; it wraps between its words, not within one. */
export function WrappedName({ children, className }: { children: string; className?: string }) {
  return (
    <span title={children} className={cn("break-words", className)}>
      {nameParts(children).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name have no other identity
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
