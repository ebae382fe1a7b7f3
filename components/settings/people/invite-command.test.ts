import { expect, it } from "vitest";
import { inviteCommand } from "./invite-command";

it("a name with spaces or quotes stays one word of the shell", () => {
  expect(inviteCommand("kim", "read")).toBe("bin/signalbox invite kim");
  expect(inviteCommand("Kim O'Hara", "admin")).toBe("bin/signalbox invite 'Kim O'\\''Hara' --role admin");
  expect(inviteCommand("$(reboot)", "read")).toBe("bin/signalbox invite '$(reboot)'");
  expect(inviteCommand("", "read")).toBe("bin/signalbox invite <name>");
});
