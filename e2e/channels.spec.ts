import { type Receiver, startReceiver, status } from "@/server/alerts/channels/testing/receiver";
import { expect, test } from "./support/app";

const ENVIRONMENT = "told";
/** Long enough that its end gives nothing away. */
const PATH = "/hooks/s3cr3t-path-of-a-receiver-that-is-tested/4711";
let receiver: Receiver;
test.beforeAll(async () => {
  receiver = await startReceiver();
});
test.afterAll(() => receiver.close());

test("a channel is made and tested, tells a leak while the page is open, and shows no secret", async ({
  app,
  page,
}) => {
  await app.play("healthy", "told-", ENVIRONMENT);
  await page.goto(`/alerts?tab=channels&environment=${ENVIRONMENT}`);
  const row = page.getByRole("table", { name: "Channels" }).getByRole("row", { name: /Pager/ });
  await expect(page.getByText(/judged up to/).first()).toBeVisible();

  await page.getByRole("button", { name: "Make a channel" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a channel" });
  await dialog.getByRole("button", { name: "Make the channel" }).click();
  await expect(dialog.getByRole("alert").first()).toContainText("give it a name");
  await dialog.getByLabel("Name", { exact: true }).fill("Pager");
  await dialog.getByRole("textbox", { name: "Address" }).fill(`${receiver.url}${PATH}`);
  await dialog.getByLabel("Sign-in").selectOption("bearer");
  await dialog.getByRole("textbox", { name: "Token" }).fill("s3cr3t-token");
  await dialog.getByRole("button", { name: "Make the channel" }).click();
  await expect(row).toContainText(`http://127.0.0.1:${receiver.port}/…4711`);

  receiver.answer(status(401));
  await row.getByRole("button", { name: "Send a test" }).click();
  const outcome = page.getByRole("status").filter({ hasText: "Test through Pager" });
  await expect(outcome).toContainText("it answered HTTP 401: the sign-in is missing or wrong");
  await row.getByRole("button", { name: "Send a test" }).click();
  await expect(outcome).toContainText("Delivered (HTTP 200)");
  const log = page.getByRole("table", { name: "Deliveries" });
  await expect(log.getByRole("row", { name: /a test.*Pager/ })).toHaveCount(2);

  receiver.answer(status(500));
  await app.play("leak-wrong-connection", "told-leak-", ENVIRONMENT);
  const told = log.getByRole("row", { name: /OpenIncident.*Pager/ });
  await expect(told).toContainText("trying again");
  await expect(told).toContainText("it answered HTTP 500");
  await expect(told).toContainText("Delivered (HTTP 200)", { timeout: 30_000 });
  expect(receiver.received.at(-1)).toMatchObject({
    path: PATH,
    headers: { authorization: "Bearer s3cr3t-token" },
    body: { version: "4", status: "firing", receiver: "Pager", groupLabels: { alertname: "OpenIncident" } },
  });

  await row.getByRole("button", { name: "Change Pager" }).click();
  const change = page.getByRole("dialog", { name: "Change Pager" });
  await change.getByRole("textbox", { name: "Address" }).fill("http://127.0.0.1:9/elsewhere");
  await change.getByRole("button", { name: "Save" }).click();
  await expect(change.getByRole("alert")).toContainText("The sign-in must be given again");
  expect(await page.content()).not.toContain("s3cr3t");
  await change.getByRole("textbox", { name: "Address" }).fill("");
  await change.getByLabel("Switched on").uncheck();
  await change.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("switched off");

  await row.getByRole("button", { name: "Delete Pager" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(row).toHaveCount(0);
  await expect(log.getByRole("row", { name: /Pager/ })).toHaveCount(0);
});
