// The page a server gives to a phone: reads what to draw from the document, and sends what was answered.
import { announce, draw } from "./form.js";
import { sender } from "./sending.js";
import { tell } from "./wording.js";

export async function openPage(element, { form, media, submit, language, edit, once }) {
  try {
    const [xml, answers] = await Promise.all([text(form), edit ? text(edit.xml) : null]);
    const deliver = sender(submit, xml);
    element.replaceChildren();
    draw(element, {
      xml,
      media: async (name) => (media[name] ? fetch(media[name]) : new Response(null, { status: 404 })),
      language,
      edit: edit && { xml: answers, files: edit.files },
      send: (parts) => deliver(parts).then(() => (sent = true)),
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

let sent = true;

function warnBeforeLeaving(element) {
  element.addEventListener("input", () => (sent = false), true);
  addEventListener("beforeunload", (event) => sent || event.preventDefault());
}
