"use client";
import type { ReactNode } from "react";
import { Button } from "../ui/button";
import { Modal } from "../ui/modal";

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** The only time that a secret is shown: it stays until somebody says that it was copied. */
export function SecretOnce({ title, onClose, children }: Props) {
  return (
    <Modal
      open
      sticky
      title={title}
      lead="Copy it now: only a fingerprint of it is kept, and it is never shown again."
      onClose={onClose}
      footer={
        <Button look="strong" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <div className="flex flex-col gap-4 text-[13px]">{children}</div>
    </Modal>
  );
}
