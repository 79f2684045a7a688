// The page a server gives to a phone: reads what to draw from the document, keeps what is answered, and sends it.
import { openDrafts } from "./drafts.js";
import { announce, draw, part } from "./form.js";
import { button, offer } from "./offering.js";
import { sender } from "./sending.js";
import { heldElsewhere, holdInThisTab } from "./tabs.js";
import { tell } from "./wording.js";

export async function openPage(element, asked) {
  try {
    const drafts = asked.drafts && (await openDrafts(asked.drafts).catch(() => null));
    if (drafts) holdInThisTab(drafts.ofTab);
    const kept = drafts && (await chosen(element, drafts));
    await fill(element, kept ? { ...asked, ...moved(kept.asked, kept.base, asked.drafts.base) } : asked, drafts, kept);
    if (asked.drafts && !drafts) announce(element, "warning", tell("unkept"));
  } catch {
    announce(element, "failed", tell("unopened"));
  }
}

// The addresses that answers were begun with, under a collector's address of today.
const moved = (addresses, from, to) => JSON.parse(JSON.stringify(addresses).replaceAll(from, to));

// What this tab had before it was loaded again, or else what the person chooses of what was left in the browser.
async function chosen(element, drafts) {
  const ids = (await drafts.list()).map(({ id }) => id);
  const own = ids.includes(drafts.ofTab()) && (await drafts.read(drafts.ofTab()));
  if (own) return own;
  const held = await heldElsewhere();
  const free = (await drafts.list()).filter(({ id }) => !held.has(id));
  const readable = [];
  for (const each of free) {
    if (await drafts.read(each.id)) readable.push(each);
    else if (!each.lasting) await drafts.wipe(each.id); // the key of a closed tab is gone, that of the server may come again
  }
  if (!readable.length) return null;
  element.replaceChildren();
  const id = await offer(element, drafts, readable);
  return id && drafts.read(id);
}

async function fill(element, asked, drafts, kept) {
  const { form, media, submit, language, edit, once, receipt } = asked;
  const [xml, answers] = await Promise.all([text(form), edit ? text(edit.xml) : null]);
  const keeper = drafts && keeping(element, drafts, asked, kept);
  const deliver = sender(submit, xml, keeper?.attempts(kept?.files), keeper?.attempted);
  element.replaceChildren();
  draw(element, {
    xml,
    media: async (name) => (media[name] ? fetch(media[name]) : new Response(null, { status: 404 })),
    language,
    edit: edit && { xml: answers, files: edit.files },
    restored: kept && { xml: kept.xml, files: kept.files, finished: kept.finished },
    touched: () => (sent = false),
    changed: (parts) => keeper?.changed(parts),
    send: async (parts) => {
      await keeper?.finished(parts);
      const id = await deliver(parts);
      sent = true;
      await keeper?.sent();
      return id;
    },
    once,
    receipt,
  });
  sent = !kept;
  if (kept) keeper.tellKept();
  warnBeforeLeaving();
}

// Keeps the answers of one form after the other, each under an ID of its own.
function keeping(element, drafts, { form, media, submit, drafts: { base } }, kept) {
  const blank = () => ({ id: crypto.randomUUID(), asked: { form, media, submit }, base, xml: "", attempts: [], finished: false, files: [] });
  let state = kept ? { ...kept, asked: { form, media, submit }, base } : blank();
  let last = Promise.resolve();
  let deleted = false;

  return {
    attempts: (files = []) => (state.attempts = state.attempts.map((attempt) => ({ ...attempt, files }))),
    attempted: (attempts) => store({ attempts: attempts.map(({ said, written }) => ({ said, written })) }),
    changed: async ({ xml, files }) => store({ xml: await xml.text(), files, finished: false }),
    finished: async ({ xml, files }) => store({ xml: await xml.text(), files, finished: true }),
    sent: async () => {
      element.querySelector(".liuwen-kept")?.remove();
      await forget();
    },
    tellKept,
  };

  // One after the other: a later state is never overtaken by an earlier one.
  function store(change) {
    if (deleted) return last; // a change that was noticed while the page goes
    const { files, ...answers } = (state = { ...state, ...change });
    last = last.then(() => drafts.save(answers.id, answers, files)).then(tellKept, tellUnkept);
    return last;
  }

  async function forget() {
    const { id } = state;
    state = blank();
    await last;
    await drafts.wipe(id);
  }

  function tellUnkept() {
    element.querySelector(".liuwen-kept")?.remove();
    if (!element.querySelector(".liuwen-warning")) announce(element, "warning", tell("unkept"));
  }

  function tellKept() {
    element.querySelector(".liuwen-warning")?.remove();
    if (element.querySelector(".liuwen-kept")) return;
    const bar = Object.assign(document.createElement("footer"), { className: "liuwen-kept" });
    const remove = async () => {
      if (!confirm(tell("sure"))) return;
      deleted = true;
      await forget();
      sent = true;
      location.reload();
    };
    bar.append(part("span", tell(drafts.lasting ? "kept" : "keptInTab")), button(tell("remove"), "liuwen-plain", remove));
    element.append(bar);
  }
}

async function text(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return answer.text();
}

let sent = true;

function warnBeforeLeaving() {
  addEventListener("beforeunload", (event) => sent || event.preventDefault());
}
