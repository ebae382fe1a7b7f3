"use client";
import { type ReactNode, useId } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { Modal } from "./modal";

interface Props {
  title: string;
  /** What it is about, in a sentence. */
  lead: ReactNode;
  wide?: boolean;
  /** The verb on the button that sends it. */
  action: string;
  /** Why it was not taken. */
  refused: string | null;
  /** It cannot be sent now. */
  disabled: boolean;
  onSubmit: () => void;
  onClose: () => void;
  /** How the fields stand. */
  className?: string;
  children: ReactNode;
}

/** A form in a dialog: sent by its button and by Enter; what is wrong with it is said beside the button. */
export function FormDialog(props: Props) {
  const { title, lead, wide = false, action, refused, disabled, onSubmit, onClose, className, children } = props;
  const id = useId();
  return (
    <Modal
      open
      wide={wide}
      title={title}
      lead={lead}
      onClose={onClose}
      footer={
        <>
          {refused !== null && (
            <p role="alert" className="mr-auto text-[13px] text-bad">
              {refused}
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button look="strong" type="submit" form={id} disabled={disabled}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className={cn("flex flex-col gap-4", className)}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
      </form>
    </Modal>
  );
}
