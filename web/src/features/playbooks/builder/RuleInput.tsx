import { Button, Modal } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { SkeletonRows } from "@/shared/ui/Skeletons";
import type { Plain } from "../flow/spec";

const RuleForm = lazy(async () => ({ default: (await import("./RuleForm")).RuleForm }));

/** A condition: how long it is, and a dialogue to write it in. */
export function RuleInput({
  id,
  label,
  value,
  onChange,
}: {
  id?: string;
  label: string;
  value: Plain | null;
  onChange: (value: Plain | null) => void;
}) {
  const { t } = useTranslation("playbooks");
  const [open, setOpen] = useState(false);
  return (
    <div className="row wrap">
      <Button
        id={id ?? ""}
        aria-label={`${label} ${t(value ? "rule.edit" : "rule.add")}`}
        onClick={() => setOpen(true)}
      >
        {t(value ? "rule.edit" : "rule.add")}
      </Button>
      {value && (
        <Button type="text" aria-label={`${label} ${t("rule.clear")}`} onClick={() => onChange(null)}>
          {t("rule.clear")}
        </Button>
      )}
      <Modal open={open} title={label} footer={null} width={860} onCancel={() => setOpen(false)} destroyOnHidden>
        {open && (
          <Suspense fallback={<SkeletonRows rows={4} />}>
            <RuleForm
              value={value}
              onDone={(next) => {
                onChange(next);
                setOpen(false);
              }}
            />
          </Suspense>
        )}
      </Modal>
    </div>
  );
}
