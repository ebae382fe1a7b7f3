"use client";
import { useEnvironment } from "@/client/url-state";
import { useHydrated } from "@/client/use-hydrated";
import { CodeBlock } from "./code-block";
import { emitterCode, httpCode, sourcesSetting } from "./snippets";

/** How to connect one's own router, in five lines. */
export function ConnectGuide() {
  const [environment] = useEnvironment();
  const origin = useHydrated() ? window.location.origin : "";
  return (
    <div className="grid gap-x-8 gap-y-6 text-[13px] lg:grid-cols-2">
      <section className="flex min-w-0 flex-col gap-3">
        <h3 className="font-semibold">A Socket.IO backend: Signalbox subscribes to it</h3>
        <p className="text-muted">
          <code>npm run build</code> leaves the emitter in <code>dist/emitter.mjs</code>: one file that needs nothing
          but socket.io. Connections are reported by themselves; report <code>received</code>, <code>routed</code>,{" "}
          <code>emitted</code> and <code>sent</code> where your routers and agents do these things.
        </p>
        <CodeBlock label="In your backend" code={emitterCode()} />
        <p className="text-muted">Then start Signalbox with the address of that backend:</p>
        <CodeBlock label="Setting" code={sourcesSetting(environment ?? "default")} />
      </section>
      <section className="flex min-w-0 flex-col gap-3">
        <h3 className="font-semibold">Anything else: send events over HTTP</h3>
        <p className="text-muted">
          One JSON object per observation, alone or in an array of up to 10,000. An answer of <code>accepted</code>{" "}
          means that the event is on disk.
        </p>
        <CodeBlock label="From any language" code={httpCode(origin, environment ?? "default")} />
        <p className="text-muted">
          <code>SIGNALBOX_KEY</code> is a key that may write to this environment, for instance the one that Signalbox
          was started with as <code>SIGNALBOX_ADMIN_KEY</code>.
        </p>
      </section>
    </div>
  );
}
