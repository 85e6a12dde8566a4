import { nextLink } from "../../../provider/api/pages";
import { useBenches } from "../faults/virtual-service";

describe("nextLink", () => {
  it.each([
    ['<https://api.test/v1/flows?skip=100>; rel="next"', "https://api.test/v1/flows?skip=100"],
    ["</v1/flows?skip=100>; rel=next", "/v1/flows?skip=100"],
    ['<a>; rel="prev", <b>; rel="next"', "b"],
    ['<a>; rel="next"; title="one, two", <b>; rel="last"', "a"],
    ['<a>; rel="last next"', "a"],
    ["<a>;rel=NEXT", "a"],
    ["<a?fields=x,y>; rel=next", "a?fields=x,y"],
  ])("reads %s", (header, target) => {
    expect(nextLink(header)).toBe(target);
  });

  it.each([undefined, "", "nonsense", '<a>; rel="prev"', '<a>; rel="nextish"', "<a>; title=next"])(
    "finds none in %s",
    (header) => {
      expect(nextLink(header)).toBeUndefined();
    },
  );
});

describe("a list of many pages", () => {
  const makeBench = useBenches();
  const seed = Array.from({ length: 7 }, (_, index) => ({
    _id: `flow${String(index)}`,
    name: "Orders",
    pageGenerators: [],
  }));

  it("is read to its end", async () => {
    const { emulator, service, run } = await makeBench({ pageSize: 3 });
    emulator.seedDocuments({ flows: seed });
    await expect(run(() => service.client.list("/flows"))).resolves.toHaveLength(7);
    expect(emulator.log).toHaveLength(3);
  });

  it("is never taken for whole where a page cannot be read", async () => {
    const { emulator, service, run } = await makeBench({ pageSize: 3, maxRetries: 1 });
    emulator.seedDocuments({ flows: seed });
    emulator.fault({ kind: "status", status: 502, body: "html", after: 1, times: 9 });
    await expect(run(() => service.client.list("/flows"))).rejects.toMatchObject({
      info: { status: 502, attempts: 2 },
    });
  });

  it("does not lead the token to another host", async () => {
    const { emulator, service, run } = await makeBench({
      pageSize: 3,
      linkOrigin: "http://elsewhere.test",
    });
    emulator.seedDocuments({ flows: seed });
    await expect(run(() => service.client.list("/flows"))).rejects.toThrow(/on another host/);
    expect(emulator.log).toHaveLength(1);
  });

  it("does not go round in circles", async () => {
    const { emulator, service, run } = await makeBench();
    const headers = { link: '</v1/flows?skip=0>; rel="next"' };
    emulator.fault({ kind: "status", status: 200, body: [] as never, headers, times: 99 });
    await expect(run(() => service.client.list("/flows"))).rejects.toThrow(/do not end/);
    expect(emulator.log.length).toBeLessThan(4);
  });
});
