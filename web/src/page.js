// The page a server gives to a phone: reads what to draw from the document, and posts what is sent as OpenRosa clients do.
import { announce, draw } from "./form.js";
import { tell } from "./wording.js";

const PARCEL = 8_000_000; // bytes a request, well under what servers accept

export async function openPage(element, { form, media, submit, language, edit, once }) {
  try {
    const [xml, answers] = await Promise.all([text(form), edit ? text(edit.xml) : null]);
    element.replaceChildren();
    draw(element, {
      xml,
      media: async (name) => (media[name] ? fetch(media[name]) : new Response(null, { status: 404 })),
      language,
      edit: edit && { xml: answers, files: edit.files },
      send: (parts) => post(submit, parts),
      once,
    });
    warnBeforeLeaving(element);
  } catch {
    announce(element, "failed", tell("unopened"));
  }
}

async function text(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return answer.text();
}

async function post(address, { xml, files }) {
  const parcels = parcelled(files);
  for (const [index, parcel] of parcels.entries()) {
    const body = new FormData();
    body.set("xml_submission_file", xml, "submission.xml");
    if (index < parcels.length - 1) body.set("*isIncomplete*", "yes");
    parcel.forEach((file) => body.set(file.name, file, file.name));
    await postOne(address, body);
  }
  sent = true;
}

async function postOne(address, body) {
  const answer = await fetch(address, { method: "POST", body, headers: { "X-OpenRosa-Version": "1.0" } }).catch(() => {
    throw new Error(tell("unsent"));
  });
  if (answer.status !== 201 && answer.status !== 202) throw new Error(tell("refused") + message(await answer.text(), answer.status));
}

function message(body, status) {
  const said = new DOMParser().parseFromString(body, "application/xml").getElementsByTagNameNS("*", "message")[0];
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

let sent = true;

function warnBeforeLeaving(element) {
  element.addEventListener("input", () => (sent = false), true);
  addEventListener("beforeunload", (event) => sent || event.preventDefault());
}
