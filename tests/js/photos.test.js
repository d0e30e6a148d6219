import assert from "node:assert/strict";
import test from "node:test";
import { createPhotos } from "../../taper_app/pwa/js/photos.js";
import { settle } from "./world.js";

/** A server with the photos of plans, and the field of a page. */
function createDesk(plans = { p: ["a", "b"], q: ["c"] }) {
  const desk = { plans, chosen: null, refuse: null, down: false, calls: [], waiting: null };
  const answer = (status, body) => ({ status, ok: status < 300, json: async () => body });
  desk.photos = createPhotos({
    file: () => desk.chosen,
    smaller: async (file) => file,
    fetch: async (url, { method = "GET", headers = {}, body } = {}) => {
      desk.calls.push([method, url, headers["Content-Type"]]);
      if (desk.waiting) await desk.waiting;
      if (desk.down) throw new TypeError("down");
      if (desk.refuse) return answer(409, { error: { code: "x", message: desk.refuse } });
      const [, plan, , id] = url.match(/plans\/([^/]+)\/photos(\/(.+))?$/);
      if (method === "DELETE") plans[plan] = plans[plan].filter((one) => one !== id);
      if (method === "DELETE") return answer(204);
      if (method === "POST") plans[plan].push(body.name);
      return method === "POST" ? answer(201, { id: body.name }) : answer(200, { photos: plans[plan].map((one) => ({ id: one })) });
    },
  });
  desk.ids = () => desk.photos.state().photos.map((one) => one.id);
  return desk;
}

test("The photos of a plan are shown in the order they came, each with its address.", async () => {
  const desk = createDesk();
  await desk.photos.look("p");
  assert.deepEqual(desk.photos.state().photos.map((one) => [one.src, one.number]), [
    ["/api/v1/plans/p/photos/a", 1], ["/api/v1/plans/p/photos/b", 2],
  ]);
});

test("A photo that was chosen is sent as what it is, and stands last.", async () => {
  const desk = createDesk();
  await desk.photos.look("p");
  await desk.photos.add();
  assert.equal(desk.calls.length, 1);
  desk.chosen = { name: "new", type: "image/png" };
  await desk.photos.add();
  assert.deepEqual([desk.calls.at(-1), desk.ids()], [["POST", "/api/v1/plans/p/photos", "image/png"], ["a", "b", "new"]]);
});

test("One is taken away only after it was asked about.", async () => {
  const desk = createDesk();
  await desk.photos.look("p");
  await desk.photos.remove();
  desk.photos.ask("a");
  assert.deepEqual(desk.photos.state().photos.map((one) => one.asked), [true, false]);
  desk.photos.ask("");
  await desk.photos.remove();
  assert.deepEqual(desk.ids(), ["a", "b"]);
  desk.photos.ask("a");
  await desk.photos.remove();
  assert.deepEqual([desk.ids(), desk.plans.p], [["b"], ["b"]]);
});

test("A tap makes a photo large, another small again, and one is large at a time.", async () => {
  const desk = createDesk();
  await desk.photos.look("p");
  const large = () => desk.photos.state().photos.map((one) => one.large);
  desk.photos.enlarge("a");
  desk.photos.enlarge("b");
  assert.deepEqual(large(), [false, true]);
  desk.photos.enlarge("b");
  assert.deepEqual(large(), [false, false]);
});

test("What went wrong is said in the server's words where it has some, and what was there stays.", async () => {
  const desk = createDesk();
  await desk.photos.look("p");
  desk.chosen = { name: "new", type: "image/png" };
  desk.refuse = "Too many.";
  await desk.photos.add();
  assert.deepEqual([desk.photos.state().failed, desk.photos.state().words, desk.ids()], [true, "Too many.", ["a", "b"]]);
  [desk.refuse, desk.down] = [null, true];
  await desk.photos.add();
  assert.deepEqual([desk.photos.state().failed, desk.photos.state().words, desk.photos.state().busy], [true, "", false]);
});

test("What comes back for a plan that was left is not shown at another.", async () => {
  const desk = createDesk();
  let go = () => {};
  desk.waiting = new Promise((done) => { go = done; });
  const first = desk.photos.look("p");
  await settle();
  const second = desk.photos.look("q");
  go();
  await Promise.all([first, second]);
  assert.deepEqual([desk.ids(), desk.photos.state().busy], [["c"], false]);
});
