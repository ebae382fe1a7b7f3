"use client";
import { Card } from "../ui/card";
import { PageHead } from "../ui/page-head";
import { ConnectGuide } from "./connect-guide";

export function ConnectPage() {
  return (
    <>
      <PageHead title="Connect a source" lead="Let Signalbox hear what your routers do." />
      <Card title="Two ways in">
        <ConnectGuide />
      </Card>
    </>
  );
}
