// Places as a row of switches, pressed by mouse, finger or keyboard; also tells Python how wide the explorer is.
function render({ model, el }) {
  const row = document.createElement("div");
  row.className = "lw-chips";
  row.setAttribute("role", "group");
  el.append(row);

  function chip(label, pressed, press) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.setAttribute("aria-pressed", String(pressed));
    button.addEventListener("click", press);
    return button;
  }

  function choose(chosen) {
    model.set("value", chosen);
    model.save_changes();
  }

  function draw() {
    const chosen = new Set(model.get("value"));
    const options = model.get("options");
    const focused = [...row.children].indexOf(document.activeElement);
    row.style.display = options.length ? "" : "none"; // the widget itself stays: it measures the width without places too
    row.setAttribute("aria-label", model.get("description"));
    row.replaceChildren(
      chip(model.get("all"), chosen.size === 0, () => choose([])),
      ...options.map(([label, value]) =>
        chip(label, chosen.has(value), () => {
          const now = new Set(model.get("value"));
          if (!now.delete(value)) now.add(value);
          choose(options.map(([, each]) => each).filter((each) => now.has(each)));
        }),
      ),
    );
    if (focused >= 0) row.children[focused]?.focus();
  }

  model.on("change:value change:options change:all change:description", draw);
  draw();

  const watched = new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width);
    if (width > 0 && Math.abs(width - model.get("width")) > 4) {
      model.set("width", width);
      model.save_changes();
    }
  });
  watched.observe(el);
  return () => watched.disconnect();
}
export default { render };
