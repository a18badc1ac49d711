import { useTranslation } from "react-i18next";
import { Icon } from "@/shared/ui/Icon";
import { addNode, placeFor } from "../flow/edit";
import { firstParams, outletsOf } from "../flow/words";
import type { Kind } from "../types";
import { useBuilder } from "./BuilderContext";
import { iconOf } from "./icons";

/** What a dragged palette item carries. */
export const DRAGGED = "application/x-liuke-step";

/** Kinds of steps: dragged onto the canvas, or added behind the selected step by click and Enter. */
export function Palette() {
  const { t } = useTranslation("playbooks");
  const { book, spec, selected, change, select } = useBuilder();
  const add = (kind: Kind) => {
    const params = firstParams(kind);
    const outlets = outletsOf(book, { kind: kind.name, params }).map(({ value }) => value);
    const where = placeFor(spec, selected, (node) => outletsOf(book, node).map(({ value }) => value));
    const made = addNode(spec, kind.name, params, { ...where, outlets });
    change(() => made.spec);
    select(made.id);
  };
  return (
    <nav className="flow-palette" aria-label={t("build.palette")}>
      <p className="muted small">{t("build.paletteHint")}</p>
      <ul>
        {book.kinds.nodes.map((kind) => (
          <li key={kind.name}>
            <button
              type="button"
              className={`flow-item ${kind.group}`}
              draggable
              onDragStart={(event) => event.dataTransfer.setData(DRAGGED, kind.name)}
              onClick={() => add(kind)}
              title={kind.about}
            >
              <span className="flow-icon">
                <Icon of={iconOf(kind.name)} />
              </span>
              {kind.label}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
