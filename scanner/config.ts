/** `signalbox.config.yaml`: the concepts that are looked for. Errors name the field. */
import { createHash } from "node:crypto";
import { parseDocument } from "yaml";
import { z } from "zod";
import type { Concept } from "@/domain/consolidation/concept";
import { globFault, pathMatcher } from "@/domain/consolidation/glob";

const texts = z.array(z.string().min(1)).default([]);
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
    names: texts,
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

export const scanConfig = z
  .strictObject({ concepts: z.array(concept).min(1) })
  .refine(({ concepts }) => new Set(concepts.map(({ id }) => id)).size === concepts.length, {
    path: ["concepts"],
    message: "one id is given twice",
  });
export type ScanConfig = z.infer<typeof scanConfig>;

export type ConfigResult = { ok: true; config: ScanConfig; hash: string } | { ok: false; message: string };

/** `name` is what error messages call the file. */
export function parseConfig(text: string, name: string): ConfigResult {
  const document = parseDocument(text, { prettyErrors: true });
  const [broken] = document.errors;
  if (broken) return { ok: false, message: `${name}: ${broken.message}` };
  const result = scanConfig.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${name}: ${fieldOf(issue.path)}: ${issue.message}`);
    return { ok: false, message: problems.join("\n") };
  }
  return {
    ok: true,
    config: result.data,
    hash: createHash("sha256").update(JSON.stringify(result.data)).digest("hex"),
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
