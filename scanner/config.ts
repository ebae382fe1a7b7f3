/** `signalbox.config.yaml`: the concepts that are looked for. Errors name the field. */
import { createHash } from "node:crypto";
import { parseDocument } from "yaml";
import { z } from "zod";
import type { Concept } from "@/domain/consolidation/concept";
import { globFault, pathMatcher } from "@/domain/consolidation/glob";
import { campaignConfig, namedConcepts } from "./campaign-config";

const texts = z.array(z.string().min(1)).default([]);
const names = z
  .array(z.string().regex(/^[\p{L}\p{N}_$*?]+$/u, "must be a name, with * and ? for what may differ"))
  .default([]);
const glob = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    const fault = globFault(text);
    if (fault) context.addIssue({ code: "custom", message: fault });
  });

const concept = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case letters, digits and -"),
    canonical: z.string().min(1).nullable().default(null),
    names,
    methods: texts,
    bases: texts,
    structure: z.boolean().default(true),
    include: z.array(glob).default(["**"]),
    exclude: z.array(glob).default([]),
    legacyImports: texts,
    canonicalImports: texts,
    target: z.int().min(0).default(1),
    limits: z
      .strictObject({
        implementations: z.int().min(0).optional(),
        legacyImports: z.int().min(0).optional(),
        compliance: z.number().min(0).max(1).optional(),
      })
      .default({}),
  })
  .refine(
    ({ names, methods, bases, canonical }) => names.length + methods.length + bases.length > 0 || canonical !== null,
    {
      message: "needs names, methods, bases or a canonical symbol to look for",
    },
  );
export type ConceptConfig = z.infer<typeof concept>;

const onceEach = (items: readonly { id: string }[]): boolean =>
  new Set(items.map(({ id }) => id)).size === items.length;

export const scanConfig = z
  .strictObject({
    /** Whose campaigns these are, among the checkouts that one Signalbox hears of. */
    project: z.string().trim().min(1).max(256).optional(),
    concepts: z.array(concept).min(1),
    campaigns: z.array(campaignConfig).max(50).default([]),
  })
  .refine(({ concepts }) => onceEach(concepts), { path: ["concepts"], message: "one id is given twice" })
  .refine(({ campaigns }) => onceEach(campaigns), { path: ["campaigns"], message: "one id is given twice" })
  .superRefine(({ concepts, campaigns }, context) => {
    const known = new Set(concepts.map(({ id }) => id));
    for (const { path, concept: named } of namedConcepts(campaigns)) {
      if (known.has(named)) continue;
      context.addIssue({ code: "custom", path, message: `no concept of this config has the id ${named}` });
    }
  });
export type ScanConfig = z.infer<typeof scanConfig>;

/** `hash` is of what a scan is made with: campaigns change none. */
export type ConfigResult = { ok: true; config: ScanConfig; hash: string } | { ok: false; message: string };

/** `name` is what error messages call the file. */
export function parseConfig(text: string, name: string): ConfigResult {
  const document = parseDocument(text, { prettyErrors: true });
  const [broken] = document.errors;
  if (broken) return { ok: false, message: `${name}: ${broken.message}` };
  const result = scanConfig.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!result.success) {
    const problems = result.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => `${name}: ${fieldOf([...issue.path, key])}: is no field of the config`)
        : `${name}: ${fieldOf(issue.path)}: ${issue.message}`,
    );
    return { ok: false, message: problems.join("\n") };
  }
  return {
    ok: true,
    config: result.data,
    hash: createHash("sha256")
      .update(JSON.stringify({ concepts: result.data.concepts }))
      .digest("hex"),
  };
}

const fieldOf = (path: PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    "",
  ) || "the file";

export function toConcept({ structure, include, exclude, limits: _, ...rest }: ConceptConfig): Concept {
  const isIncluded = pathMatcher(include);
  const isExcluded = pathMatcher(exclude);
  return { ...rest, byStructure: structure, inScope: (file) => isIncluded(file) && !isExcluded(file) };
}
