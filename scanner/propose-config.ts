/** A config to begin with, from what a first look found. */
import type { ConceptReport, ScannedSymbol, ScanReport } from "@/domain/consolidation/types";

const MAX_LEGACY = 12;

export function proposeConfig({ concepts, files }: ScanReport): string {
  const [concept] = concepts;
  const found = (concept?.symbols ?? []).filter(({ role }) => role === "duplicate" || role === "dormant");
  const canonical = concept ? likelyCanonical(concept, found) : null;
  const others = found.filter((symbol) => symbol !== canonical);
  const legacy = [...new Set(others.filter(({ file }) => file !== canonical?.file).map(({ file }) => file))];
  const methods = methodsOf(found);
  return `# What \`signalbox scan\` looks for. Written by \`signalbox init\` from ${files} source files; change it as you see fit.
concepts:
  # One job that should have one implementation. Add a concept for each: event broadcast, tool dispatcher, …
  - id: message-router

    # The implementation that should remain, as path:Name or module:Name. Without one every implementation is a duplicate.
${canonical ? `    canonical: ${JSON.stringify(`${canonical.file}:${canonical.name}`)}` : "    # canonical: app/routing/router.py:MessageRouter"}
${others.map(({ name, file, line }) => `    #   also found: ${name} (${file}:${line})\n`).join("")}
    # Names that come into question (* and ?); what has only the name is told apart by its structure.
    names: ["*Router", "*MessageRouter*", "*MessageDispatcher", "*EventDispatcher"]

    # Methods that do the job.
    methods: ${JSON.stringify(methods)}

    # Base classes that mark the job, by their last name.
    bases: []

    # Also find registries of handlers with a dispatch method, whatever they are called.
    structure: true

    # Where to look; globs relative to the checkout.
    include: ["**"]
    exclude: []

    # Modules or paths that nobody should import any more. An import of the concept by any path but the canonical's own
    # module, or the package above it, counts as legacy anyway.
${list("legacyImports", legacy.slice(0, MAX_LEGACY))}
    # Further modules through which the canonical may be imported.
    canonicalImports: []

    # How many implementations there should be in the end.
    target: 1

    # \`signalbox check\` fails beyond these, whatever was stored before.
    # limits:
    #   implementations: ${concept?.count ?? 1}
    #   legacyImports: ${concept?.importers.legacy.length ?? 0}
    #   compliance: 0.95

# An effort to consolidate: \`signalbox scan --upload\` sends it, and its page says by itself whether it is done. Taken
# out of here it ends.
# campaigns:
#   - id: one-message-router
#     name: One message router
#
#     # Where its traffic is; without it the first environment of the key that uploads.
#     environment: production
#
#     # Reliability, delivery and leaks count over so long, up to now: 5m to 30m, whole hours, up to 7d.
#     window: 24h
#
#     # Done when every criterion has held for so long.
#     hold: 7d
#
#     criteria:
#       - { kind: implementations, concept: message-router, max: 1 }
#       - { kind: compliance, concept: message-router, min: 0.95 }
#       - { kind: legacy_imports, concept: message-router, max: 0 }
#       - { kind: file_gone, file: ${JSON.stringify(legacy[0] ?? "app/legacy_router.py")} }
#       - { kind: reliability, min: 0.995 }
#       # Of each critical type; types: [agent_started, agent_completed] for some of them.
#       - { kind: delivery, min: 1 }
#       - { kind: leaks, max: 0 }
#       # A test suite by its name, as it is uploaded to /api/v1/test-runs.
#       - { kind: suite, suite: golden path }
`;
}

/** A name that says so, else the implementation that most files import. */
function likelyCanonical(concept: ConceptReport, found: ScannedSymbol[]): ScannedSymbol | null {
  const living = found.filter(({ role }) => role === "duplicate");
  const named = living.filter(({ name }) => /canonical|unified|central/i.test(name));
  const uses = (symbol: ScannedSymbol) =>
    concept.importers.legacy.filter(({ imports }) => imports.some(({ name }) => name === symbol.name)).length;
  const [best] = [...(named.length > 0 ? named : living)].sort((a, b) => uses(b) - uses(a));
  return best ?? null;
}

/** The methods that the implementations were known by, most frequent first. */
function methodsOf(found: ScannedSymbol[]): string[] {
  const counts = new Map<string, number>();
  for (const { reasons } of found) {
    const names = reasons.flatMap(
      ({ text }) => /^(\w+)\(\) (?:is a method|looks one up|asks one by one|takes a message)/.exec(text)?.[1] ?? [],
    );
    for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const often = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return often.length > 0 ? often.slice(0, 6) : ["route_message", "routeMessage"];
}

const list = (name: string, entries: string[]): string =>
  entries.length === 0
    ? `    ${name}: []\n`
    : `    ${name}:\n${entries.map((entry) => `      - ${JSON.stringify(entry)}\n`).join("")}`;
