import { mkdir, utimes } from "node:fs/promises";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";

import { withLock } from "../../../sdk/engine/lock";
import { namesIn, temporaryFolder } from "./temporary";

describe("withLock", () => {
  it("lets one work at a time", async () => {
    const lock = path.join(await temporaryFolder(), "lock");
    const events: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      events.push(`${name} starts`);
      await nextTurn();
      events.push(`${name} ends`);
    };
    await Promise.all(["a", "b"].map((name) => withLock(lock, work(name), { pollMs: 1 })));
    expect(events.map((event) => event.slice(2))).toEqual(["starts", "ends", "starts", "ends"]);
  });

  it("says once that it waits", async () => {
    const lock = path.join(await temporaryFolder(), "lock");
    const onWait = jest.fn();
    let release: (() => void) | undefined;
    const first = withLock(lock, () => new Promise<void>((resolve) => (release = resolve)));
    while (release === undefined) await nextTurn();
    const second = withLock(lock, () => Promise.resolve(), { pollMs: 1, onWait });
    while (onWait.mock.calls.length === 0) await nextTurn();
    release();
    await Promise.all([first, second]);
    expect(onWait).toHaveBeenCalledTimes(1);
  });

  it("takes over from a process that was killed", async () => {
    const lock = path.join(await temporaryFolder(), "lock");
    await mkdir(lock);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    await expect(withLock(lock, () => Promise.resolve("done"))).resolves.toBe("done");
  });

  it("lets go when the work fails", async () => {
    const folder = await temporaryFolder();
    const failing = withLock(path.join(folder, "lock"), () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(await namesIn(folder)).toEqual([]);
  });
});
