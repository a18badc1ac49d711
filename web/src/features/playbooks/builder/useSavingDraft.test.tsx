import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { fill } from "@/shared/testing/fill";
import { renderUi } from "@/shared/testing/renderUi";
import { refuse, sent, serve } from "@/shared/testing/server";
import { draftOf, emptyDraft, keptKey } from "../flow/draft";
import { playbookOf } from "../testing/fixtures";
import type { Playbook } from "../types";
import { useDraftHistory } from "./useDraftHistory";
import { type Saving, useSavingDraft } from "./useSavingDraft";

const [SAVE, CREATE] = ["PUT /api/v1/w/demo/playbooks/5/draft", "POST /api/v1/w/demo/playbooks"];
const told = playbookOf({ updated_at: "2011-09-09T02:00:00Z" });
let saving: Saving;

function Desk({ playbook }: { playbook: Playbook | null }) {
  const server = playbook ? draftOf(playbook) : emptyDraft();
  const history = useDraftHistory(() => server);
  saving = useSavingDraft(playbook, history.draft, server);
  return (
    <>
      <input
        aria-label="名称"
        value={history.draft.name}
        onChange={({ target }) => history.change((now) => ({ ...now, name: target.value }), "name")}
      />
      <button type="button" onClick={() => history.change((now) => ({ ...now, kind: "care" }))}>
        关怀
      </button>
      <output>{`${history.draft.name}/${history.draft.kind}/${saving.dirty}`}</output>
    </>
  );
}
const open = (answers: Record<string, unknown> = {}, playbook: Playbook | null = playbookOf()) => {
  const asked = serve({ [SAVE]: told, [CREATE]: playbookOf({ id: 9 }), ...answers });
  renderUi(<Desk playbook={playbook} />);
  return asked;
};
const state = () => screen.getByRole("status").textContent;
const kept = (id: number | null = 5) => localStorage.getItem(keptKey("demo", id));

describe("saving a draft", () => {
  it("happens by itself a moment after the last change, with what was seen last", async () => {
    const asked = open();
    await fill("名称", "新名称");
    expect(state()).toBe("新名称/winback/true");
    await waitFor(() => expect(sent(asked, SAVE)).toHaveLength(1));
    expect(sent(asked, SAVE)[0]).toMatchObject({ name: "新名称", seen_at: "2011-09-08T02:00:00Z" });
    await waitFor(() => expect(state()).toBe("新名称/winback/false"));
  });

  it("names the newer state when it saves again", async () => {
    const asked = open();
    await act(async () => void (await saving.save()));
    await act(async () => void (await saving.save()));
    expect(sent(asked, SAVE)[1]).toMatchObject({ seen_at: "2011-09-09T02:00:00Z" });
  });

  it("keeps changes in this browser until the server has them", async () => {
    open();
    expect(kept()).toBeNull();
    await userEvent.click(screen.getByText("关怀"));
    expect(JSON.parse(kept() ?? "{}")).toMatchObject({ name: "高价值挽留", kind: "care" });
    await act(async () => void (await saving.save()));
    expect(kept()).toBeNull();
    expect(saving.savedAt).not.toBeNull();
  });

  it("keeps them also when the server refuses, and says why", async () => {
    open({ [SAVE]: refuse(409, "playbook_changed", "别人刚刚改过") });
    await userEvent.click(screen.getByText("关怀"));
    await act(async () => expect(await saving.save()).toBeUndefined());
    expect(kept()).not.toBeNull();
    await waitFor(() => expect(saving.error).toMatchObject({ message: "别人刚刚改过" }));
    expect(saving.isDirty()).toBe(true);
  });

  it("makes a new flow only when it is told to", async () => {
    const asked = open({}, null);
    await fill("名称", "回访");
    expect(kept(null)).not.toBeNull();
    await act(async () => expect((await saving.save())?.id).toBe(9));
    expect(asked.map(({ method }) => method)).toEqual(["POST"]);
    expect(kept(null)).toBeNull();
  });
});

describe("undo and redo", () => {
  it("go by the keyboard, over everything that was changed", async () => {
    open();
    await userEvent.click(screen.getByText("关怀"));
    await userEvent.keyboard("{Control>}z{/Control}");
    expect(state()).toBe("高价值挽留/winback/false");
    await userEvent.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
    expect(state()).toBe("高价值挽留/care/true");
  });

  it("leave the keys to a text field while one types in it", async () => {
    open();
    await userEvent.click(screen.getByText("关怀"));
    await userEvent.click(screen.getByLabelText("名称"));
    await userEvent.keyboard("{Control>}y{/Control}{Control>}z{/Control}");
    expect(state()).toBe("高价值挽留/care/true");
  });
});
