// One form drawn with ODK Web Forms; what is sent goes to whoever asked for it, and then the page says thank you.
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { createApp, h } from "vue";
import { opened } from "./opened.js";
import { whenReachable } from "./reaching.js";
import { pickerWords, tell } from "./wording.js";

const PAUSE = 500; // milliseconds without a further change, after which the answers are told
const CHANGES = ["input", "change", "click", "keyup"];
const PRESSED = "button, label, input, a, canvas, [role]";
const NO_ANSWER = ".footer, .liuwen-kept, .liuwen-thanks";

// Draws a form in `element`.
//   xml        the XForm
//   media      (file name) => Promise<Response>, a 404 for a file that is not there
//   language   the one to open in: a code such as "zh", or a name as the form writes it
//   edit       { xml, files: { name: url } } of a submission that is to be edited
//   restored   { xml, files: File[], finished } of answers to go on with, which are sent at once if they were finished
//   touched    () => said at every change
//   changed    ({ xml: File, files: File[] }) => said a moment after the last of some changes
//   send       ({ xml: File, files: File[] }) => Promise of the ID, rejected with the sentence to show when it was not kept
//   once       whether the form is filled in only once here
//   receipt    whether the person is given a receipt number; null where nobody speaks of it
export function draw(element, { xml, media, language, edit, restored, touched, changed, send, once = false, receipt = null }) {
  const sheet = element.appendChild(document.createElement("div"));
  const app = createApp({
    render: () =>
      h(OdkWebForm, {
        formXml: openedIn(xml, language),
        fetchFormAttachment: (url) => media(fileName(url)),
        editInstance: restored ? restoring(restored) : edit && editing(edit),
        onSubmit: (payload, done) => submit(payload, done),
      }),
  });
  app.use(webFormsPlugin);
  Object.assign(app.config.globalProperties.$primevue.config.locale, pickerWords());
  app.mount(sheet);
  sheet.addEventListener("click", ({ target }) => target.closest(".footer button") && setTimeout(() => showFirstFault(sheet), 60));
  let waiting = () => {};
  const listening = changed && listen(changed, () => (waiting(), touched()));
  if (restored?.finished) pressSend(sheet);

  async function submit(payload, done) {
    waiting();
    listening?.settle();
    element.querySelector(".liuwen-failed")?.remove();
    const curtain = announce(element, "sending", tell("sending"));
    let id;
    try {
      id = await send(parts(payload));
    } catch (failure) {
      announce(element, "failed", failure.message);
      if (failure.unreached) waiting = whenReachable(() => submit(payload, () => {}));
      return done();
    } finally {
      curtain.remove();
    }
    listening?.end();
    app.unmount();
    sheet.remove();
    const again = () => draw(element, { xml, media, language, touched, changed, send, receipt });
    thank(element, !once && !edit && again, receipt, id);
  }
}

// Tells the answers when they have changed and when the page is hidden, unless that is settled before.
function listen(changed, onChange) {
  const ended = new AbortController();
  let pause = null;
  const told = async () => {
    clearTimeout(pause);
    pause = null;
    const payload = await opened.root?.prepareInstancePayload({ payloadType: "monolithic" });
    if (payload && !ended.signal.aborted) changed(parts(payload));
  };
  const note = ({ type, target }) => {
    if (target.closest?.(NO_ANSWER) || (type === "click" && !target.closest?.(PRESSED))) return;
    onChange();
    clearTimeout(pause);
    pause = setTimeout(told, PAUSE);
  };
  // questions open dialogs outside the sheet
  CHANGES.forEach((kind) => document.addEventListener(kind, note, { capture: true, signal: ended.signal }));
  document.addEventListener("visibilitychange", () => document.hidden && pause && told(), { signal: ended.signal });
  addEventListener("pagehide", () => pause && told(), { signal: ended.signal });
  const settle = () => (clearTimeout(pause), (pause = null));
  return { settle, end: () => (settle(), ended.abort()) };
}

function pressSend(sheet) {
  const button = sheet.querySelector(".footer button");
  button ? button.click() : setTimeout(() => pressSend(sheet), 50);
}

// ODK Web Forms only says how many questions are wrong: take the person to the first.
function showFirstFault(sheet) {
  sheet.querySelector(".question-container.highlight")?.scrollIntoView({ block: "center", behavior: "smooth" });
}

function parts({ data: [data] }) {
  const xml = data.get("xml_submission_file");
  return { xml, files: [...data.values()].filter((file) => file !== xml && file instanceof File && file.name !== xml.name) };
}

// ODK Web Forms opens in the form's default language: make the wanted one the default.
function openedIn(xml, language) {
  const form = new DOMParser().parseFromString(xml, "application/xml");
  const translations = [...form.getElementsByTagNameNS("*", "translation")];
  const wanted = translations.find((each) => names(each.getAttribute("lang") ?? "", language));
  if (!wanted) return xml;
  translations.forEach((each) => each.removeAttribute("default"));
  wanted.setAttribute("default", "true()");
  return new XMLSerializer().serializeToString(form);
}

function names(written, language = "") {
  const [name, wanted] = [written.toLowerCase(), language.toLowerCase()];
  return wanted !== "" && (name === wanted || name.endsWith(`(${wanted})`) || name.split("(")[0].trim() === wanted);
}

const fileName = (url) => decodeURIComponent(url.href.split("/").at(-1));

function editing({ xml, files }) {
  return {
    resolveInstance: async () => new Response(xml),
    attachmentFileNames: Object.keys(files),
    resolveAttachment: (name) => fetch(files[name]),
  };
}

function restoring({ xml, files }) {
  const restore = new FormData();
  restore.set("xml_submission_file", new File([xml], "xml_submission_file", { type: "text/xml" }));
  files.forEach((file) => restore.set(file.name, file));
  return { restore, resolveInstance: async () => xml, attachmentFileNames: [], resolveAttachment: async () => null };
}

export function announce(element, kind, text) {
  element.querySelector(`.liuwen-${kind}`)?.remove();
  const notice = document.createElement("div");
  notice.className = `liuwen-${kind}`;
  notice.setAttribute("role", kind === "failed" ? "alert" : "status");
  notice.textContent = text;
  element.prepend(notice);
  notice.scrollIntoView?.({ block: "start" });
  return notice;
}

function thank(element, again, receipt, id) {
  const panel = announce(element, "thanks", "");
  panel.append(part("strong", tell("thanks")), part("p", tell("received")));
  if (receipt) panel.append(part("p", tell("receipt")), part("p", tell("next")));
  if (receipt) panel.querySelector("p:nth-of-type(2)").append(part("b", numberOf(id)));
  if (receipt === false) panel.append(part("p", tell("nextAnonymous")));
  if (!again) panel.append(part("p", tell("closeable")));
  else panel.append(Object.assign(part("button", tell("again")), { onclick: () => (panel.remove(), again()) }));
}

// The first eight digits of an instance ID, by which the office finds it.
const numberOf = (id) => id.replace(/^uuid:/, "").slice(0, 8);

export function part(tag, text) {
  return Object.assign(document.createElement(tag), { textContent: text });
}
