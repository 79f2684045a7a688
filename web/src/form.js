// One form drawn with ODK Web Forms; what is sent goes to whoever asked for it, and then the page says thank you.
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { createApp, h } from "vue";
import { pickerWords, tell } from "./wording.js";

// Draws a form in `element`.
//   xml        the XForm
//   media      (file name) => Promise<Response>, a 404 for a file that is not there
//   language   the one to open in: a code such as "zh", or a name as the form writes it
//   edit       { xml, files: { name: url } } of a submission that is to be edited
//   send       ({ id, xml: File, files: File[] }) => Promise, rejected with the sentence to show when it was not kept
//   once       whether the form is filled in only once here
export function draw(element, { xml, media, language, edit, send, once = false }) {
  const sheet = element.appendChild(document.createElement("div"));
  const app = createApp({
    render: () =>
      h(OdkWebForm, {
        formXml: openedIn(xml, language),
        fetchFormAttachment: (url) => media(fileName(url)),
        editInstance: edit && editing(edit),
        onSubmit: (payload, done) => submit(payload, done),
      }),
  });
  app.use(webFormsPlugin);
  Object.assign(app.config.globalProperties.$primevue.config.locale, pickerWords());
  app.mount(sheet);
  sheet.addEventListener("click", ({ target }) => target.closest(".footer button") && setTimeout(() => showFirstFault(sheet), 60));

  async function submit(payload, done) {
    element.querySelector(".liuwen-failed")?.remove();
    const curtain = announce(element, "sending", tell("sending"));
    try {
      await send(parts(payload));
    } catch (failure) {
      announce(element, "failed", failure.message);
      return done();
    } finally {
      curtain.remove();
    }
    app.unmount();
    sheet.remove();
    thank(element, !once && !edit && (() => draw(element, { xml, media, language, send })));
  }
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

function thank(element, again) {
  const panel = announce(element, "thanks", "");
  panel.append(part("strong", tell("thanks")), part("p", tell("received")));
  if (!again) panel.append(part("p", tell("closeable")));
  else panel.append(Object.assign(part("button", tell("again")), { onclick: () => (panel.remove(), again()) }));
}

function part(tag, text) {
  return Object.assign(document.createElement(tag), { textContent: text });
}
