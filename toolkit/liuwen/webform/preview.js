// The notebook's side of a preview: a toolbar, and a frame that holds the form and nothing of the notebook.
const bundles = (globalThis.liuwenBundles ??= new Map());
const WORDS = {
  zh: { phone: "手机", desktop: "电脑", count: (n) => `已收到 ${n} 份`, waiting: "正在打开……", lost: "没有连上内核，请重新运行这个单元格。" },
  en: { phone: "Phone", desktop: "Desktop", count: (n) => `${n} received`, waiting: "Opening…", lost: "There is no kernel: run this cell again." },
};
// Nothing in a label runs: the frame takes this one script and the module it is handed, and is no part of the notebook's origin.
const FRAME = (language, nonce) => `<!doctype html><html lang="${language === "zh" ? "zh-CN" : "en"}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none';
 base-uri 'none'; form-action 'none'; script-src 'nonce-${nonce}' blob: 'wasm-unsafe-eval'; style-src 'unsafe-inline'; connect-src data: blob:;
 img-src blob: data:; media-src blob:; font-src data:; worker-src blob:">
</head><body><main id="liuwen-page"></main><script type="module" nonce="${nonce}">
addEventListener("message", async function open({ source, data }) {
  if (source !== parent || !data.code) return;
  removeEventListener("message", open);
  const { openFrame } = await import(URL.createObjectURL(new Blob([data.code], { type: "text/javascript" })));
  openFrame(document.getElementById("liuwen-page"), data);
});
parent.postMessage({ ready: true }, "*");
</script></body></html>`;

function render({ model, el }) {
  const words = WORDS[model.get("language")] ?? WORDS.en;
  const ask = asking(model);
  const note = element("span", "liuwen-note", words.waiting);
  const frame = element("iframe", "liuwen-frame");
  frame.sandbox = "allow-scripts allow-forms allow-modals";
  frame.allow = "geolocation; camera; microphone";
  frame.style.height = `${model.get("height")}px`;
  frame.srcdoc = FRAME(model.get("language"), crypto.getRandomValues(new Uint32Array(4)).join("-"));
  el.classList.add("liuwen-preview");
  el.append(toolbar(el, words, note), frame);

  const heard = ({ source, data }) => {
    if (source !== frame.contentWindow) return;
    if (data.ready) fill().catch(() => (note.textContent = words.lost));
    if (data.sent) keep(data);
  };
  async function fill() {
    const [code, [form, files]] = await Promise.all([bundle(model, ask), ask({ ask: "form" })]);
    const media = Object.fromEntries(form.names.map((name, index) => [name, new Blob([files[index]], kindOf(name))]));
    frame.contentWindow.postMessage({ code, xml: form.xml, media, language: model.get("language") }, "*");
    note.textContent = words.count(0);
  }
  async function keep({ sent, xml, parts }) {
    try {
      const [{ count }] = await ask({ ask: "keep", names: parts.map((part) => part.name) }, [xml, ...parts.map((part) => part.bytes)]);
      note.textContent = words.count(count);
      frame.contentWindow.postMessage({ answerTo: sent }, "*");
    } catch {
      frame.contentWindow.postMessage({ answerTo: sent, failure: words.lost }, "*");
    }
  }
  addEventListener("message", heard);
  return () => removeEventListener("message", heard);
}

// The module, once a page however many previews it holds.
function bundle(model, ask) {
  const name = model.get("bundle");
  if (!bundles.has(name)) bundles.set(name, ask({ ask: "bundle" }).then(([, [packed]]) => unpacked(packed)));
  bundles.get(name).catch(() => bundles.delete(name));
  return bundles.get(name);
}

const unpacked = (packed) => new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).blob();

// A browser knows every picture by its first bytes, except this kind.
const kindOf = (name) => (name.toLowerCase().endsWith(".svg") ? { type: "image/svg+xml" } : {});

// Asks the kernel, and gives what it answers with; fails when nobody answers for a minute.
function asking(model) {
  return (question, buffers = []) =>
    new Promise((answered, failed) => {
      const number = crypto.getRandomValues(new Uint32Array(1))[0];
      const patience = setTimeout(failed, 60_000);
      model.on("msg:custom", function hear(content, files) {
        if (content.answer !== number) return;
        clearTimeout(patience);
        model.off("msg:custom", hear);
        answered([content, files]);
      });
      model.send({ ...question, number }, undefined, buffers);
    });
}

function toolbar(el, words, note) {
  const bar = element("div", "liuwen-bar");
  const widths = ["phone", "desktop"].map((width) => {
    const button = element("button", "", words[width]);
    button.type = "button";
    button.onclick = () => {
      el.dataset.width = width;
      widths.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    };
    return button;
  });
  bar.append(...widths, note);
  widths[0].onclick();
  return bar;
}

function element(tag, name = "", text = "") {
  return Object.assign(document.createElement(tag), { className: name, textContent: text });
}

export default { render };
