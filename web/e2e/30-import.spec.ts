import { readFile } from "node:fs/promises";
import { stateOf } from "./accounts";
import { expect, test } from "./fixtures";

test.use({ storageState: stateOf("admin") });

test("DAT-14 a CSV with bad rows: mapped by itself, the good rows arrive, the bad ones can be downloaded", async ({
  importing,
  place,
}) => {
  const mark = place.phone ? "P" : "D";
  const rows = [
    "订单号,客户编号,下单时间,金额",
    `${mark}-1,12346,2011-09-01 10:00,120.50`,
    `${mark}-2,12347,不是日期,80`,
    `${mark}-3,,2011-09-02 09:00,15`,
  ];
  await importing.open();
  await importing.upload(`订单-${mark}.csv`, `${rows.join("\n")}\n`);
  await place.check();
  await importing.start();
  await expect(place.page.getByText("未通过").first()).toBeVisible();
  const [file] = await Promise.all([place.page.waitForEvent("download"), importing.download().click()]);
  const text = await readFile(await file.path(), "utf-8");
  expect(text).toContain(`${mark}-2`);
  expect(text).toContain(`${mark}-3`);
  expect(text).not.toContain(`${mark}-1,`);
});
