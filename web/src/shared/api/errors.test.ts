import { expect, it } from "vitest";
import { asApiError, faultsByPlace, isForbidden, isWorthRetrying } from "./errors";

const refused = { code: "forbidden", message: "无权限", params: {}, faults: [], request_id: "" };

it("keeps the API's own error", () => {
  expect(asApiError(refused)).toEqual(refused);
  expect(isForbidden(refused)).toBe(true);
});

it("calls anything else unreachable and worth another try", () => {
  expect(asApiError(new TypeError("Failed to fetch")).code).toBe("unreachable");
  expect(asApiError("<html>502</html>").code).toBe("unreachable");
  expect(isWorthRetrying(undefined)).toBe(true);
  expect(isWorthRetrying(refused)).toBe(false);
});

it("finds each fault by its place, for the field that caused it", () => {
  const invalid = {
    code: "invalid_input",
    message: "",
    params: {},
    faults: [{ where: "data.email", message: "格式不对" }],
  };
  expect(faultsByPlace(invalid)).toEqual({ "data.email": "格式不对" });
});
