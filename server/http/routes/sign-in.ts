import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { readAskedFor, writeAskedFor } from "@/server/access/cookie";
import type { AccessControl } from "@/server/access/create-access";
import { sameSitePath } from "@/server/access/origin";
import { newNonce } from "@/server/access/page-headers";
import type { Visitor } from "@/server/access/sessions";
import { confirmPage, explainPage, spentPage } from "../sign-in-page";
import type { HttpDependencies } from "../types";

const fields = z.object({
  token: z.string().max(512).catch(""),
  next: z.string().max(4_096).optional().catch(undefined),
});
/** Longer addresses do not fit into a cookie. */
const MAX_ASKED_FOR = 2_000;
const MAX_FORM_BYTES = 16_384;

/** Sign-in by link: the GET shows a button, the POST spends the link and leads to the page asked for. */
export async function addSignInRoutes(scope: FastifyInstance, { access }: HttpDependencies): Promise<void> {
  await scope.register(rateLimit, {
    max: 120,
    timeWindow: "1 minute",
    keyGenerator: (request) => access.addressOf(request.raw),
  });
  scope.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: MAX_FORM_BYTES },
    async (_request: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
  );

  scope.get("/sign-in", async (request, reply) => {
    const { token, next } = fields.parse(request.query);
    const signedIn = (await access.fromRequest(request.raw))?.kind === "session";
    if (token !== "" && (await access.linkIsGood(token))) {
      // A link that names no page leads to the one that this browser asked for before it had a link.
      const asked = next ?? readAskedFor(access.publicUrl(), request.headers.cookie) ?? undefined;
      return html(reply, 200, (nonce) => confirmPage(nonce, token, sameSitePath(asked)));
    }
    const page = sameSitePath(next);
    if (signedIn) return reply.redirect(page, 303);
    if (page !== "/" && page.length <= MAX_ASKED_FOR) {
      reply.header("set-cookie", writeAskedFor(access.publicUrl(), page));
    }
    return token === "" ? html(reply, 200, explainPage) : html(reply, 410, spentPage);
  });

  scope.post("/sign-in", async (request, reply) => {
    const { token, next } = fields.parse(request.body ?? {});
    const cookie = token === "" ? null : await access.signIn(token, visitorOf(access, request));
    if (cookie === null) return html(reply, 410, spentPage);
    const cookies = [cookie, writeAskedFor(access.publicUrl(), "")];
    return reply.header("set-cookie", cookies).redirect(sameSitePath(next), 303);
  });

  scope.post("/sign-out", async (request, reply) =>
    reply.header("set-cookie", await access.signOut(request.raw)).redirect("/sign-in", 303),
  );
}

function visitorOf(access: AccessControl, request: FastifyRequest): Visitor {
  return { address: access.addressOf(request.raw), userAgent: request.headers["user-agent"] ?? null };
}

function html(reply: FastifyReply, status: number, render: (nonce: string) => string): FastifyReply {
  const nonce = newNonce();
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  return reply
    .status(status)
    .header("content-security-policy", policy)
    .type("text/html; charset=utf-8")
    .send(render(nonce));
}
