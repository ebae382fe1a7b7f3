"use client";
import { useState } from "react";
import { usePutCampaign } from "@/client/use-campaigns";
import { campaignChange, campaignId } from "@/contracts/http";
import { FormDialog } from "../../ui/form-dialog";
import { TextField } from "../../ui/text-field";
import { type TypedCampaign, usualCampaign } from "./usual-campaign";

interface Props {
  environment: string;
  concepts: string[];
  onClose: () => void;
}

/** Makes a campaign with the usual criteria; others are set in the config or over the API. */
export function CampaignForm({ environment, concepts, onClose }: Props) {
  const [typed, setTyped] = useState<TypedCampaign>({
    ...{ name: "One message router", environment, concept: concepts[0] ?? "message_router" },
    ...{ window: "24h", hold: "7d", file: "", suite: "" },
  });
  const [tried, setTried] = useState(false);
  const put = usePutCampaign();
  const made = usualCampaign(typed);
  const parsed = campaignChange.safeParse(made.change);
  const wrong = (field: string) => tried && parsed.error?.issues.some(({ path }) => path[0] === field);
  const said = (field: "windowMinutes" | "holdMinutes") => {
    if (!wrong(field)) return null;
    if (Number.isNaN(made.change[field])) return "write a number with m, h, d or w";
    return parsed.error?.issues.find(({ path }) => path[0] === field)?.message ?? null;
  };
  const submit = () => {
    setTried(true);
    if (parsed.success && campaignId.safeParse(made.id).success) {
      put.mutate({ id: made.id, change: parsed.data }, { onSuccess: onClose });
    }
  };
  const set = (field: keyof TypedCampaign) => (value: string) => setTyped((now) => ({ ...now, [field]: value }));
  const named = campaignId.safeParse(made.id).success && !wrong("name");
  return (
    <FormDialog
      title="New campaign"
      lead={`One implementation, 95 % compliance, no old import; in ${environment} 99.5 % reliability, every critical type delivered, no leak.`}
      onClose={onClose}
      action="Make the campaign"
      refused={put.error?.message ?? null}
      disabled={put.isPending}
      onSubmit={submit}
    >
      <TextField
        label="Name"
        value={typed.name}
        problem={tried && !named ? "give it a name with letters or digits" : null}
        onChange={set("name")}
        autoFocus
      />
      <TextField
        label="Concept"
        hint={concepts.length > 0 ? `Scanned: ${concepts.join(", ")}` : "As the scan's configuration names it."}
        value={typed.concept}
        problem={wrong("criteria") ? "name the concept, and a path of up to 1024 characters" : null}
        onChange={set("concept")}
      />
      <TextField
        label="Window of traffic"
        hint="Reliability, delivery and leaks count over so long, up to now: 10m, 1h, 24h, 7d."
        value={typed.window}
        problem={said("windowMinutes")}
        onChange={set("window")}
      />
      <TextField
        label="Time that everything must hold"
        hint="Such as 12h, 7d, 2w; 0 = at once."
        value={typed.hold}
        problem={said("holdMinutes")}
        onChange={set("hold")}
      />
      <TextField
        label="File that must be gone"
        hint="Its path in the checkout; empty = none."
        value={typed.file}
        onChange={set("file")}
      />
      <TextField
        label="Test suite that must pass"
        hint="Its name as it is uploaded; empty = none."
        value={typed.suite}
        onChange={set("suite")}
      />
    </FormDialog>
  );
}
