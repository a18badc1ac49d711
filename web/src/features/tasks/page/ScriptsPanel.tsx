import { CopyOutlined, PaperClipOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/shared/api/client";
import { copyText } from "@/shared/list/copyText";
import { useSlug } from "@/shared/session/SessionContext";
import { Icon } from "@/shared/ui/Icon";
import { Panel } from "@/shared/ui/Panel";

type Pack = Schemas["ContentPackOut"];

/** 话术 filled for this customer, to copy; files to download (PLY-11). The packs of the plans are open, the others folded. */
export function ScriptsPanel({ packs }: { packs: readonly Pack[] }) {
  const { t } = useTranslation("work");
  if (packs.length === 0) return null;
  return (
    <Panel title={t("scripts.title")}>
      {packs.map((pack, at) => (
        <details key={pack.code} open={at === 0} className="pack">
          <summary>
            <strong>{pack.name}</strong> <span className="muted small">{pack.about}</span>
          </summary>
          <PackBody pack={pack} />
        </details>
      ))}
    </Panel>
  );
}

function PackBody({ pack }: { pack: Pack }) {
  const { t } = useTranslation(["work", "common"]);
  const slug = useSlug();
  return (
    <ul className="plan-list">
      {pack.scripts?.map((script) => (
        <li key={script.title} className="script">
          <div className="spread">
            <strong>{script.title}</strong>
            <Button
              type="text"
              icon={<Icon of={CopyOutlined} />}
              aria-label={t("scripts.copy", { title: script.title })}
              onClick={() => void copyText(script.text)}
            >
              {t("common:action.copy")}
            </Button>
          </div>
          <p>{script.text}</p>
        </li>
      ))}
      {pack.files?.map((file) => (
        <li key={file.id}>
          <a href={`/api/v1/w/${slug}/pack-files/${file.id}`} download>
            <Icon of={PaperClipOutlined} /> {file.name}
          </a>
        </li>
      ))}
    </ul>
  );
}
