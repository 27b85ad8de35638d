import { describe, expect, it } from "vitest";
import { completed, meaning, plain, type Desk } from "../src/lib/command";

const DESK: Desk = {
  units: [
    { n: 1, label: "巡逻组 01" },
    { n: 2, label: "微型消防站" },
    { n: 3, label: "请附近 5 名志愿者" },
  ],
  urgencies: [
    { value: "", label: "---" },
    { value: "P1", label: "特急" },
    { value: "P2", label: "紧急" },
  ],
  categories: [
    { value: "fire_rescue", label: "火灾抢险" },
    { value: "dispute", label: "纠纷" },
  ],
  agencies: [
    { value: "PSB", label: "公安" },
    { value: "UMLE", label: "综合行政执法局" },
  ],
  codes: ["CUYXFU655", "H9MTWX69T"],
  decides: true,
  sends: true,
  merges: true,
  english: false,
};

describe("a line", () => {
  it("sends the numbers of the list, however they are typed", () => {
    for (const line of ["派 1 2", "派１　２", "派12", "派出 2、1", "send 1,2", "Ｓｅｎｄ 1 2", "派 1 1 2"]) {
      expect(meaning(line, DESK)).toEqual({
        kind: "send",
        numbers: [1, 2],
        labels: ["巡逻组 01", "微型消防站"],
      });
    }
  });

  it("says what is wrong instead of guessing", () => {
    const why = (line: string, desk = DESK) => {
      const meant = meaning(line, desk);
      return meant.kind === "wrong" ? meant.why : meant.kind;
    };
    expect(why("派")).toBe("whom");
    expect(why("派 7")).toBe("nobody");
    expect(why("派 老王")).toBe("number");
    expect(why("派 1", { ...DESK, sends: false })).toBe("noSend");
    expect(why("跑 1")).toBe("verb");
    expect(why("研判 天大的事")).toBe("triageWord");
    expect(why("转 教育局")).toBe("agency");
    expect(why("并 老张那件")).toBe("mergeCode");
    expect(why("")).toBe("nothing");
  });

  it("opens by code alone and looks nobody up", () => {
    expect(meaning("查 cuy xfu 655", DESK)).toEqual({ kind: "open", code: "CUYXFU655" });
    expect(meaning("ＣＵＹＸＦＵ６５５", DESK)).toEqual({ kind: "open", code: "CUYXFU655" });
    for (const line of ["查 张三", "查 13800001111", "open Zhang San"]) {
      expect(meaning(line, DESK)).toMatchObject({ kind: "wrong", why: "openCode" });
    }
  });

  it("decides with an urgency and a category, and passes the lead on", () => {
    expect(meaning("研判", DESK)).toEqual({ kind: "triage", set: [], labels: [] });
    expect(meaning("研判 特急 火灾", DESK)).toMatchObject({
      set: [["urgency", "P1"], ["category", "fire_rescue"]],
    });
    expect(meaning("转执法", DESK)).toMatchObject({ kind: "transfer", agency: "UMLE" });
  });

  it("is completed word by word", () => {
    expect(completed("研", DESK)).toBe("研判 ");
    expect(completed("研判 特", DESK)).toBe("研判 特急 ");
    expect(completed("派 1 ", DESK)).toBe("派 1 2 ");
    expect(completed("查 h9", DESK)).toBe("查 H9MTWX69T ");
    expect(completed("tr", { ...DESK, english: true })).toBe("triage ");
    expect(completed("派 9", DESK)).toBeNull();
    expect(completed("", DESK)).toBeNull();
  });

  it("reads full-width punctuation as a space", () => {
    expect(plain("派　１，２。")).toBe("派 1 2");
  });
});
