// Buttons that ask Python for a file and hand it to the browser.
function render({ model, el }) {
  const row = document.createElement("div");
  row.className = "lw-links";
  row.setAttribute("role", "group");
  el.append(row);

  function draw() {
    const words = document.createElement("span");
    words.textContent = model.get("description");
    row.setAttribute("aria-label", model.get("description"));
    const buttons = model.get("options").map(([ending, label]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => model.send({ make: ending }));
      return button;
    });
    row.replaceChildren(words, ...buttons);
  }

  function save(content, buffers) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([buffers[0]], { type: content.type }));
    link.download = content.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  model.on("change:options change:description", draw);
  model.on("msg:custom", save);
  draw();
  return () => model.off("msg:custom", save);
}
export default { render };
