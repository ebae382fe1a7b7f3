/** Every route says who may use it; one that does not keeps the app from starting. */
import type { FastifyInstance } from "fastify";
import type { Role } from "@/server/access/principal";

/** `open` = anybody. Telemetry asks for its `ingest` key by itself, before it reads a byte of the body. */
export type AccessRule = Role | "open";

export interface RouteRule {
  method: string;
  url: string;
  rule: AccessRule;
}

export interface AccessRules {
  /** Makes every route that is added to `scope` follow `rule`. */
  state(scope: FastifyInstance, rule: AccessRule): void;
  /** All routes of the app. */
  list(): RouteRule[];
}

/** Watches every route that is added to `app` from now on. */
export function watchAccessRules(app: FastifyInstance): AccessRules {
  const routes = new Map<string, { method: string; url: string }>();
  const rules = new Map<string, AccessRule>();
  const each = (methods: string | string[], url: string) =>
    [methods].flat().map((method) => ({ method, url, name: `${method} ${url}` }));

  app.addHook("onRoute", ({ method, url }) => {
    for (const { name, ...route } of each(method, url)) routes.set(name, route);
  });
  app.addHook("onReady", async () => {
    const unruled = [...routes.keys()].filter((name) => !rules.has(name));
    if (unruled.length > 0) throw new Error(`Nothing says who may use ${unruled.join(", ")}`);
  });

  return {
    state(scope, rule) {
      scope.addHook("onRoute", ({ method, url }) => {
        for (const { name } of each(method, url)) rules.set(name, rule);
      });
    },
    list: () =>
      [...routes].flatMap(([name, route]) => {
        const rule = rules.get(name);
        return rule === undefined ? [] : [{ ...route, rule }];
      }),
  };
}
