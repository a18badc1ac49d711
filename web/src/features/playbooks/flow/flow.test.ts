import { describe, expect, it } from "vitest";
import { flow, kinds, playbookOf } from "../testing/fixtures";
import { draftOf, emptyDraft, readKept, sameDraft, statusOf, writeDraft } from "./draft";
import { addNode, connect, ENTER, keepOutlets, moveNode, newNodeId, placeFor, removeNode, START } from "./edit";
import { edgesOf, nodesOf } from "./graph";
import { autoLayout, depths, inOrder, placesOf, tidy } from "./layout";
import { ofNode, problemsOf } from "./problems";
import { emptySpec, nodeOf, readSpec, writeSpec } from "./spec";
import { bookOf, firstParams, lacking, openOutlet, outletsOf, titleOf } from "./words";

const book = bookOf(kinds);
const names = (node: { kind: string; params: Record<string, unknown> }) =>
  outletsOf(book, node).map(({ value }) => value);

describe("the document", () => {
  it("comes back as it was written", () => {
    const spec = flow({ budget: { per_head: 5, total: null }, reentry: { mode: "after", days: 30 } });
    expect(readSpec(writeSpec(spec))).toEqual(spec);
  });

  it("is read from anything without falling over", () => {
    for (const odd of [null, 7, "x", [], { nodes: "no", trigger: 1, goal: { kind: "fly" } }]) {
      expect(readSpec(odd)).toMatchObject({ nodes: [], goal: null, holdout: { share: 0.1 } });
    }
  });

  it("BEY-02 says why nobody is held out only where nobody is", () => {
    expect(writeSpec(flow({ holdout: { share: 0.1, why_none: "x" } })).holdout).toEqual({ share: 0.1 });
    expect(writeSpec(flow({ holdout: { share: 0, why_none: "x" } })).holdout).toEqual({ share: 0, why_none: "x" });
  });
});

describe("editing the flow", () => {
  it("makes the first step the start", () => {
    const { spec, id } = addNode(emptySpec(), "wait", {}, { after: START, outlet: ENTER, outlets: ["done"] });
    expect([spec.start, id]).toEqual(["n1", "n1"]);
  });

  it("hangs a step into the way: what followed follows it", () => {
    const { spec, id } = addNode(flow(), "wait", {}, { after: "n1", outlet: "done", outlets: ["done"] });
    expect(nodeOf(spec, "n1")?.next.done).toBe(id);
    expect(nodeOf(spec, id)?.next).toEqual({ done: "n2" });
  });

  it("closes the gap when a step goes, also at the start", () => {
    expect(nodeOf(removeNode(flow(), "n2"), "n1")?.next).toEqual({ done: "n3" });
    expect(removeNode(flow(), "n1").start).toBe("n2");
    expect(nodeOf(removeNode(flow(), "n3"), "n4")?.next).toEqual({});
  });

  it("links, cuts, moves and keeps only outlets that are there", () => {
    expect(nodeOf(connect(flow(), "n4", "done", "n1"), "n4")?.next.done).toBe("n1");
    expect(nodeOf(connect(flow(), "n4", "done", ""), "n4")?.next).toEqual({});
    expect(connect(flow(), START, ENTER, "n4").start).toBe("n4");
    expect(nodeOf(moveNode(flow(), "n1", { x: 3, y: 4 }), "n1")?.at).toEqual({ x: 3, y: 4 });
    expect(nodeOf(keepOutlets(flow(), "n2", ["done"]), "n2")?.next).toEqual({ done: "n3" });
  });

  it("adds by the keyboard behind what is selected, else at the first free outlet", () => {
    const open = connect(flow(), "n4", "done", "");
    expect(placeFor(open, "n1", names)).toEqual({ after: "n1", outlet: "done" });
    expect(placeFor(open, null, names)).toEqual({ after: "n4", outlet: "done" });
    expect(placeFor(emptySpec(), null, names)).toEqual({ after: START, outlet: ENTER });
    expect(newNodeId(flow())).toBe("n5");
  });
});

describe("the layout", () => {
  it("goes down with the flow, nobody on anybody's place", () => {
    const deep = depths(flow());
    expect(["n1", "n2", "n4", "n3"].map((id) => deep.get(id))).toEqual([1, 2, 3, 4]);
    const places = [...autoLayout(flow()).values()].map(({ x, y }) => `${x}:${y}`);
    expect(new Set(places).size).toBe(5);
  });

  it("ends with a circle and shows what is never reached", () => {
    const round = connect(flow(), "n4", "done", "n1");
    expect(depths(round).size).toBe(4);
    const lost = { ...flow(), start: "n3" };
    expect(inOrder(lost)).toEqual(["n3", "n1", "n2", "n4"]);
    expect(placesOf(lost).size).toBe(5);
  });

  it("keeps places that people chose until it is tidied", () => {
    const moved = moveNode(flow(), "n2", { x: 9, y: 9 });
    expect(placesOf(moved).get("n2")).toEqual({ x: 9, y: 9 });
    expect(placesOf(tidy(moved)).get("n2")).toEqual(autoLayout(flow()).get("n2"));
  });
});

describe("what is said of it", () => {
  it("names steps by their parameters, references by their names", () => {
    expect(titleOf(book, book.node("work_item"), { title: "电话回访" })).toBe("电话回访");
    expect(titleOf(book, book.node("message"), { template: "care" })).toBe("日常关怀");
    expect(titleOf(book, book.trigger("alert"), { levels: ["high"] })).toBe("高危预警");
    expect(titleOf(book, undefined, {})).toBe("");
  });

  it("takes a split's ways from its arms", () => {
    const split = book.node("split");
    const params = split ? firstParams(split) : {};
    expect(names({ kind: "split", params })).toEqual(["A", "B"]);
    expect(lacking(book.node("work_item"), {})).toEqual(["title"]);
  });

  it("draws every way with its outlet's name and how many went", () => {
    const counts = { standing: { n1: 3 }, left: { n2: 8 }, outlets: { n2: { done: 7, refused: 1 } } };
    const labels = edgesOf(book, flow(), counts).map(({ label }) => label);
    expect(labels).toEqual([undefined, undefined, "已发出 7", "被拦下 1", undefined]);
    const [first] = nodesOf(flow(), "n1", (id) => `step ${id}`);
    expect(first).toMatchObject({ id: START, deletable: false, ariaLabel: "step start" });
  });

  it("puts each problem to its step, the longest id first", () => {
    const spec = flow({
      nodes: [
        { id: "n1", kind: "wait", params: {}, next: {}, at: null },
        { id: "n1.b", kind: "wait", params: {}, next: {}, at: null },
      ],
    });
    const found = problemsOf(spec, [
      { where: "nodes.n1.b.params.days", message: "a" },
      { where: "trigger.levels", message: "b" },
      { where: "holdout.why_none", message: "c" },
      { where: "start", message: "d" },
    ]);
    expect(found.map(({ node, field }) => [node, field])).toEqual([
      ["n1.b", "days"],
      [START, "levels"],
      ["", "holdout.why_none"],
      [START, "start"],
    ]);
    expect(ofNode(found, START)).toHaveLength(2);
  });
});

describe("the draft", () => {
  it("is what is edited, and survives in the browser", () => {
    const draft = draftOf(playbookOf());
    const kept = readKept(JSON.stringify(writeDraft(draft)));
    expect(kept && sameDraft(kept, draft)).toBe(true);
    expect(readKept("{")).toBeNull();
    expect(readKept(null)).toBeNull();
    expect(emptyDraft().spec.holdout.share).toBe(0.1);
  });

  it("stands in one word", () => {
    const { live } = playbookOf();
    expect(statusOf(playbookOf())).toBe("running");
    expect(statusOf(playbookOf({ paused_at: "2011-09-01T02:00:00Z" }))).toBe("paused");
    expect(statusOf(playbookOf({ enabled: false }))).toBe("off");
    expect(statusOf(playbookOf({ live: null, draft: live && { ...live, status: "trial" } }))).toBe("trial");
    expect(statusOf(playbookOf({ live: null }))).toBe("draft");
  });
});

describe("an outlet that leads nowhere", () => {
  it("is told by the name that people see, and only while it is open", () => {
    const book = bookOf(kinds);
    const open = flow({ nodes: [{ id: "n1", kind: "message", params: {}, next: { refused: "n2" }, at: null }] });
    expect(openOutlet(book, open, { node: "n1", field: "next.done" })).toBe("已发出");
    expect(openOutlet(book, open, { node: "n1", field: "next.refused" })).toBeUndefined();
    expect(openOutlet(book, open, { node: "n1", field: "template" })).toBeUndefined();
    expect(openOutlet(book, open, { node: "gone", field: "next.done" })).toBeUndefined();
  });
});
