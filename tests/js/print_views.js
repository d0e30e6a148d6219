// Prints the view of every sample as JSON, for the contract test in tests/pwa.

import { SNAPSHOTS, SUMMARIES } from "./samples.js";
import { createWorld, settle } from "./world.js";

const views = {};
const loading = createWorld();
views.loading = loading.view();

for (const [name, snapshot] of Object.entries(SNAPSHOTS)) {
  const world = await createWorld({ answer: snapshot }).start();
  views[name] = world.view();
}
for (const [name, summary] of Object.entries(SUMMARIES)) {
  const world = await createWorld({ path: "/shared", answer: summary }).start();
  views[`shared_${name}`] = world.view();
}

const busy = await createWorld({ answer: SNAPSHOTS.full }).start();
busy.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "rejected", code: "from_the_future", message: "..." })) });
busy.actions.ask("What now?");
busy.actions.setField("flare", "severity_now", 6);
busy.actions.saveForm("flare");
busy.actions.startEdit(busy.view.records().find((record) => record.kind === "dose").id);
busy.actions.toggleChip("check_in", "body", "yawning");
await settle();
views.busy = busy.view();
busy.answer = 401;
busy.core.wake();
await settle();
views.signed_out = busy.view();

console.log(JSON.stringify(views));
