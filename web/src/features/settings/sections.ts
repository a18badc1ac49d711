import type { Permission, Workspace } from "@/shared/session/SessionContext";

export interface Section {
  key:
    | "profile"
    | "people"
    | "routing"
    | "channels"
    | "touch"
    | "api-keys"
    | "workspace"
    | "personal-data"
    | "audit"
    | "operations"
    | "keeping";
  needs?: Permission;
}

const SECTIONS: readonly Section[] = [
  { key: "profile" },
  { key: "people", needs: "people" },
  { key: "routing", needs: "publish" },
  { key: "channels", needs: "channels" },
  { key: "touch", needs: "handle" },
  { key: "api-keys", needs: "people" },
  { key: "workspace", needs: "workspace" },
  { key: "personal-data", needs: "workspace" },
  { key: "audit", needs: "audit" },
  { key: "operations", needs: "sources" },
  { key: "keeping", needs: "sources" },
];

export function sectionsFor({ permissions }: Pick<Workspace, "permissions">): Section[] {
  return SECTIONS.filter(({ needs }) => !needs || permissions.includes(needs));
}
