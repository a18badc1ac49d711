import { RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Icon } from "./Icon";

export interface UndoButtonsProps {
  history: { canUndo: boolean; canRedo: boolean; undo: () => void; redo: () => void };
  /** The buttons' names. */
  undo: string;
  redo: string;
}

/** Undo and redo of an editor, as two icons. */
export function UndoButtons({ history, undo, redo }: UndoButtonsProps) {
  return (
    <>
      <Button
        type="text"
        aria-label={undo}
        title={undo}
        icon={<Icon of={UndoOutlined} />}
        disabled={!history.canUndo}
        onClick={history.undo}
      />
      <Button
        type="text"
        aria-label={redo}
        title={redo}
        icon={<Icon of={RedoOutlined} />}
        disabled={!history.canRedo}
        onClick={history.redo}
      />
    </>
  );
}
