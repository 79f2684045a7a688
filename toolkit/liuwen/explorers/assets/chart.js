// A plotly chart. plotly.js comes from the kernel, compressed, once a page: the first chart asks for it and the others wait.
const shared = (window.liuwenPlotly ??= { library: null, askedAt: -Infinity });
const PATIENCE = 20000;

async function read(buffer) {
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("gzip"));
  const source = await new Response(stream).text();
  const module = new Blob(["const module = { exports: {} }, exports = module.exports, define = undefined;\n", source, "\nexport default module.exports;"], {
    type: "text/javascript",
  });
  const url = URL.createObjectURL(module);
  shared.library = (await import(url)).default;
  URL.revokeObjectURL(url);
}

async function library(model, signal) {
  while (!shared.library && !signal.aborted) {
    if (performance.now() - shared.askedAt > PATIENCE) {
      shared.askedAt = performance.now();
      model.send({ kind: "plotly" });
    }
    await new Promise((wake) => setTimeout(wake, 50));
  }
  return shared.library;
}

function initialize({ model }) {
  model.on("msg:custom", (content, buffers) => {
    if (content.kind === "plotly" && !shared.library) read(buffers[0]);
  });
}

function render({ model, el }) {
  const gone = new AbortController();
  const chart = document.createElement("div");
  el.append(chart);
  let last = Promise.resolve();

  function draw() {
    last = last.then(async () => {
      const plotly = await library(model, gone.signal);
      if (gone.signal.aborted) return;
      const { data, layout } = JSON.parse(model.get("figure"));
      await plotly.react(chart, data, layout, { displayModeBar: false, scrollZoom: false });
      if (!chart.dataset.drawn) chart.on("plotly_click", pressed);
      chart.dataset.drawn = "true";
    });
  }

  function pressed({ points: [point] }) {
    model.set("clicked", [point.x, point.y]);
    model.save_changes();
  }

  model.on("change:figure", draw);
  draw();
  return () => {
    gone.abort();
    shared.library?.purge(chart);
  };
}
export default { initialize, render };
