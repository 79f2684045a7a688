// Posts what is sent as OpenRosa clients do, until it is known to have arrived: an answer may be lost on its way back.
import { tell } from "./wording.js";

const PARCEL = 8_000_000; // bytes a request, well under what servers accept
const JAVAROSA = "http://openrosa.org/javarosa";

// Sends the answers of one person. Pressing again sends the same bytes, though the time at which the form was ended has moved
// on; what was changed meanwhile goes as it is, or as an edit where the server has the first already. `attempts` are those made
// before the page was loaded again; `attempted` keeps them before each is sent. Gives the ID under which the server has it.
export function sender(address, form, attempts = [], attempted = async () => {}) {
  const ends = endsOf(parsed(form));
  return async ({ xml, files }) => {
    const written = await xml.text();
    const said = withoutEnds(written, ends);
    let attempt = attempts.find((each) => each.said === said);
    if (!attempt) attempts.push((attempt = { said, written, files }));
    await attempted(attempts);
    await post(address, attempt).catch((refusal) => correct(address, attempt, attempts, refusal));
    attempts.length = 0;
    return idOf(attempt.written);
  };
}

// The server has other answers under this ID: where they may be those of an earlier press, these take their place.
async function correct(address, attempt, attempts, refusal) {
  if (refusal.status !== 409) throw refusal;
  const { written } = attempt;
  for (const before of attempts.filter((each) => each !== attempt).reverse()) {
    attempt.written = editOf(before.written, written);
    try {
      return await post(address, attempt);
    } catch (next) {
      if (next.status) attempt.written = written; // else its answer may be lost as well, and it is sent again as it is
      if (next.status !== 404) throw next;
    }
  }
  throw refusal;
}

async function post(address, { written, files }) {
  const parcels = parcelled(files);
  for (const [index, parcel] of parcels.entries()) {
    const body = new FormData();
    body.set("xml_submission_file", new File([written], "submission.xml", { type: "text/xml" }), "submission.xml");
    if (index < parcels.length - 1) body.set("*isIncomplete*", "yes");
    parcel.forEach((file) => body.set(file.name, file, file.name));
    await postOne(address, body);
  }
}

async function postOne(address, body) {
  const answer = await fetch(address, { method: "POST", body, headers: { "X-OpenRosa-Version": "1.0" } }).catch(() => {
    throw Object.assign(new Error(tell("unsent")), { unreached: true });
  });
  if (answer.status === 201 || answer.status === 202) return;
  throw Object.assign(new Error(tell("refused") + message(await answer.text(), answer.status)), { status: answer.status });
}

function message(body, status) {
  const said = parsed(body).getElementsByTagNameNS("*", "message")[0];
  return said?.textContent.trim() || `HTTP ${status}`;
}

// The files in as few requests as the size allows, in order.
function parcelled(files) {
  const parcels = [[]];
  let room = PARCEL;
  for (const file of files) {
    if (file.size > room && parcels.at(-1).length) {
      parcels.push([]);
      room = PARCEL;
    }
    parcels.at(-1).push(file);
    room -= file.size;
  }
  return parcels;
}

const parsed = (xml) => new DOMParser().parseFromString(xml, "application/xml");

// Where a form keeps the time at which it was ended.
function endsOf(form) {
  const binds = [...form.getElementsByTagNameNS("*", "bind")];
  return binds.filter((bind) => bind.getAttributeNS(JAVAROSA, "preloadParams") === "end").map((bind) => bind.getAttribute("nodeset"));
}

function withoutEnds(written, ends) {
  const answers = parsed(written);
  for (const element of answers.getElementsByTagName("*")) if (ends.includes(placeOf(element))) element.textContent = "";
  return new XMLSerializer().serializeToString(answers);
}

function placeOf(element) {
  return (element.parentElement ? placeOf(element.parentElement) : "") + "/" + element.localName;
}

// The answers under an ID of their own, in the place of those that were sent before.
function editOf(before, written) {
  const answers = parsed(written);
  const [id] = answers.getElementsByTagNameNS("*", "instanceID");
  const [there] = answers.getElementsByTagNameNS("*", "deprecatedID");
  const deprecated = there ?? answers.createElementNS(id.namespaceURI, id.tagName.replace("instanceID", "deprecatedID"));
  if (!there) id.after(deprecated);
  deprecated.textContent = idOf(before);
  id.textContent = `uuid:${crypto.randomUUID()}`;
  return new XMLSerializer().serializeToString(answers);
}

const idOf = (written) => parsed(written).getElementsByTagNameNS("*", "instanceID")[0].textContent;
