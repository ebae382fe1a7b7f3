/** What the roles and parts of a scan are called on the pages. */
import type { ScanPart } from "@/contracts/http";
import type { Role } from "@/domain/consolidation/types";

const ROLES: Record<Role, { title: string; meaning: string }> = {
  canonical: { title: "canonical", meaning: "The implementation that is meant." },
  duplicate: { title: "duplicate", meaning: "Another living implementation of the same job." },
  thin_subclass: { title: "thin subclass", meaning: "A subclass that adds next to nothing." },
  adapter: { title: "adapter", meaning: "Another interface that hands the work on." },
  proxy: { title: "proxy", meaning: "Forwards every call." },
  alias: { title: "alias", meaning: "Another name for a symbol." },
  re_export: { title: "re-export", meaning: "Passes a symbol on under its name." },
  factory: { title: "factory", meaning: "Makes or hands out instances." },
  interface: { title: "interface", meaning: "Says what an implementation must do." },
  stub: { title: "stub", meaning: "A tombstone: it only raises or is empty." },
  dormant: { title: "dormant", meaning: "A full body that nothing imports." },
  test_double: { title: "test double", meaning: "Stands in for it in tests." },
  backup_copy: { title: "backup copy", meaning: "A copy of a file that was left in the tree." },
  unrelated: { title: "unrelated", meaning: "Only the name is alike." },
};

const PARTS: Record<ScanPart, string> = {
  symbols: "Symbols",
  legacy_importers: "Old imports",
  canonical_importers: "Canonical imports",
  drift: "Interface drift",
  handler_conflicts: "Handler conflicts",
  missing_modules: "Missing modules",
};

export function roleWords(role: Role): { title: string; meaning: string } {
  return ROLES[role];
}

export function partTitle(part: ScanPart): string {
  return PARTS[part];
}

/** A commit as people name it. */
export function commitName(commit: string | null): string {
  return commit === null ? "no repository" : commit.slice(0, 10);
}
