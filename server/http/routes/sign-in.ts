import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { sameSitePath } from "@/server/access/origin";
import { newNonce } from "@/server/access/page-headers";
import { confirmPage, explainPage, spentPage } from "../sign-in-page";
import type { HttpDependencies } from "../types";

const fields = z.object({
  token: z.string().max(512).catch(""),
  next: z.string().max(4_096).optional().catch(undefined),
});
const MAX_FORM_BYTES = 16_384;

/** Sign-in by link: the GET shows a button, the POST spends the link and leads to the page asked for. */
export async function addSignInRoutes(scope: FastifyInstance, { access }: HttpDependencies): Promise<void> {
  await scope.register(rateLimit, { max: 120, timeWindow: "1 minute" });
  scope.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: MAX_FORM_BYTES },
    async (_request: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
  );

  scope.get("/sign-in", async (request, reply) => {
    const { token, next } = fields.parse(request.query);
    const signedIn = (await access.fromRequest(request.raw))?.kind === "session";
    if (token === "") {
      return signedIn ? reply.redirect(sameSitePath(next), 303) : html(reply, 200, explainPage);
    }
    if (await access.linkIsGood(token)) {
      return html(reply, 200, (nonce) => confirmPage(nonce, token, sameSitePath(next)));
    }
    return signedIn ? reply.redirect(sameSitePath(next), 303) : html(reply, 410, spentPage);
  });

  scope.post("/sign-in", async (request, reply) => {
    const { token, next } = fields.parse(request.body ?? {});
    const cookie = token === "" ? null : await access.signIn(token);
    if (cookie === null) return html(reply, 410, spentPage);
    return reply.header("set-cookie", cookie).redirect(sameSitePath(next), 303);
  });

  scope.post("/sign-out", async (request, reply) =>
    reply.header("set-cookie", await access.signOut(request.raw)).redirect("/sign-in", 303),
  );
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
