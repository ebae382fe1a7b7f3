"use client";
import { Bird, Plus } from "lucide-react";
import { useState } from "react";
import { useCanaries, useDeleteCanary } from "@/client/settings/use-canaries";
import { useMayChange } from "@/client/settings/use-may-change";
import type { CanaryRow, CreatedCanary } from "@/contracts/canaries";
import { Button } from "../../ui/button";
import { Confirm } from "../../ui/confirm";
import { IdText } from "../../ui/id-text";
import type { Column } from "../../ui/table";
import { Time } from "../../ui/time";
import { ListCard } from "../list-card";
import { AdminsOnly } from "../read-only-note";
import { CanaryToken } from "./canary-token";
import { NewCanaryForm } from "./new-canary-form";

/** Tokens planted in users' data: issued, shown once, deleted. */
export function CanariesTab() {
  const mayChange = useMayChange();
  const list = useCanaries(mayChange === true);
  const [issuing, setIssuing] = useState(false);
  const [issued, setIssued] = useState<CreatedCanary | null>(null);
  const [deleting, setDeleting] = useState<CanaryRow | null>(null);
  const remove = useDeleteCanary();
  if (mayChange === false) return <AdminsOnly what="Canaries" />;
  const columns: Column<CanaryRow>[] = [
    { head: "Planted for", cell: ({ userId }) => <IdText className="max-w-72 font-medium">{userId}</IdText> },
    { head: "Environment", cell: ({ environment }) => environment },
    { head: "Searched since", cell: ({ createdAt }) => <Time at={createdAt} /> },
    { head: "Issued by", roomy: true, cell: ({ createdBy }) => createdBy || "an unknown person" },
    {
      head: "Action",
      headHidden: true,
      figures: true,
      cell: (canary) => (
        <Button
          size="small"
          look="quiet"
          aria-label={`Delete the canary of ${canary.userId}`}
          onClick={() => setDeleting(canary)}
        >
          Delete …
        </Button>
      ),
    },
  ];
  return (
    <>
      <ListCard
        title="Canaries"
        hint="A token planted in one user's data is a critical leak wherever it is sent to another. Only payloads that came in after it was issued are searched."
        actions={
          <Button look="strong" onClick={() => setIssuing(true)}>
            <Plus aria-hidden className="size-3.5" />
            Issue a token
          </Button>
        }
        list={list}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{ icon: Bird, title: "No token has been issued" }}
      />
      {issuing && (
        <NewCanaryForm
          onClose={() => setIssuing(false)}
          onIssued={(canary) => {
            setIssuing(false);
            setIssued(canary);
          }}
        />
      )}
      {issued && <CanaryToken issued={issued} onClose={() => setIssued(null)} />}
      <Confirm
        title={`Delete the canary of ${deleting?.userId ?? ""}?`}
        action="Delete"
        open={deleting !== null}
        busy={remove.isPending}
        problem={remove.error?.message ?? null}
        onClose={() => setDeleting(null)}
        onConfirm={() => deleting && remove.mutate(deleting.id, { onSuccess: () => setDeleting(null) })}
      >
        What comes in from now on is no longer searched for its token. What it was seen in stays.
      </Confirm>
    </>
  );
}
