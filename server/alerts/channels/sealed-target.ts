/** Where a channel leads and what signs in there: sealed before it is stored, opened only to send. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { z } from "zod";
import { channelAuth, channelHeader } from "@/contracts/channels";

const target = z.object({ url: z.string(), auth: channelAuth.nullable(), header: channelHeader.nullable() });
export type Target = z.infer<typeof target>;

export interface Seal {
  /** @param channel id of the channel: what is sealed for one opens in no other */
  seal(channel: string, value: Target): Uint8Array<ArrayBuffer>;
  /** null where it was sealed under another key. */
  open(channel: string, sealed: Uint8Array): Target | null;
}

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param secret at least 16 characters or bytes, the same on every node */
export function createSeal(secret: string | Uint8Array): Seal {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "signalbox alert channels", 32));
  return {
    seal(channel, value) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(channel));
      const text = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
      return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), text]));
    },
    open(channel, sealed) {
      const bytes = Buffer.from(sealed);
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(channel)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        const text =
          decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
        return target.parse(JSON.parse(text));
      } catch {
        return null;
      }
    },
  };
}
