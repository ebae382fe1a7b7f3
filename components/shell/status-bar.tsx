"use client";
import { useShareLink } from "@/client/use-share-link";
import { CopyButton } from "../ui/copy-button";
import { ViewsMenu } from "../views/views-menu";
import { JudgedStatus } from "./judged-status";
import { PauseButton } from "./pause-button";
import { ZoneSwitch } from "./zone-switch";

/** What holds for every page: how far judging has come, and how times are shown. */
export function StatusBar() {
  const share = useShareLink();
  return (
    <div className="border-t">
      <div className="mx-auto flex min-h-9 max-w-[1600px] flex-wrap items-center gap-x-3 py-0.5 px-3 sm:px-5">
        <JudgedStatus />
        <div className="-mr-2 ml-auto flex items-center">
          <PauseButton />
          <ViewsMenu />
          <CopyButton
            label="Copy link"
            title="Link to what is shown, with absolute times"
            text={share}
            look="quiet"
            size="small"
          />
          <ZoneSwitch />
        </div>
      </div>
    </div>
  );
}
