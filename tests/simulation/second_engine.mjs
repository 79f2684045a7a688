// Hands submissions to ODK Web Forms' own engine, as a phone takes up saved ones, and tells what it makes of them.
import { loadForm } from "./webform.js";

// form { xml, media: { name: base64 } }, submissions [{ xml, files: [name] }] → { refused } or
// [{ refused } or { violations: [[path, "required" or "constraint"]], unoffered: [[path, value]], xml }], one for each submission.
export async function judge({ xml, media }, submissions) {
  const form = await loadForm(xml, { fetchFormAttachment: async ({ href }) => file(media[decodeURIComponent(href.split("/").at(-1))]) });
  if (form.status === "failure") return { refused: form.error.message };
  const judged = [];
  for (const submission of submissions) judged.push(await takenUp(form, submission).catch(({ message }) => ({ refused: message })));
  return judged;
}

async function takenUp(form, { xml, files }) {
  const data = new FormData();
  data.set("xml_submission_file", new File([xml], "xml_submission_file", { type: "text/xml" }));
  for (const name of files) data.set(name, new File(["made up"], name));
  const { root } = await form.restoreInstance({ inputType: "FORM_INSTANCE_INPUT_RESOLVED", data: [data] });
  const unoffered = [...selects(root)].flatMap(notOffered);
  const { data: sent } = await root.prepareInstancePayload();
  const violations = root.validationState.violations.map(({ reference, violation }) => [reference, violation.condition]);
  return { violations, unoffered, xml: await sent[0].get("xml_submission_file").text() };
}

function* selects(node) {
  if (node.nodeType === "select" || node.nodeType === "rank") yield node.currentState;
  for (const child of node.currentState.children ?? []) yield* selects(child);
}

function notOffered({ reference, relevant, value, valueOptions }) {
  const offered = new Set(valueOptions.map((option) => option.value));
  return relevant ? value.filter((each) => !offered.has(each)).map((each) => [reference, each]) : [];
}

function file(base64) {
  if (base64 === undefined) return new Response(null, { status: 404 });
  return new Response(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
}
