// Asks a person whether to go on with answers that were kept, or to start anew.
import { part } from "./form.js";
import { inChinese, tell } from "./wording.js";

// Resolves with the draft to go on with, or null.
export function offer(element, drafts, listed) {
  return new Promise((chosen) => {
    const panel = element.appendChild(Object.assign(document.createElement("section"), { className: "liuwen-offer" }));
    const choose = (id) => (panel.remove(), chosen(id));
    panel.append(part("h1", tell("unfinished")), part("p", tell("keptHere")), ...listed.map(shown));
    panel.append(button(tell("startNew"), "liuwen-plain", () => choose(null)));

    function shown({ id, moment }) {
      const row = Object.assign(document.createElement("div"), { className: "liuwen-draft" });
      const remove = async () => {
        if (!confirm(tell("sure"))) return;
        await drafts.wipe(id);
        row.remove();
        if (!panel.querySelector(".liuwen-draft")) choose(null);
      };
      row.append(part("span", tell("changedAt") + timeOf(moment)), button(tell("goOn"), "liuwen-main", () => choose(id)));
      row.append(button(tell("remove"), "liuwen-plain", remove));
      return row;
    }
  });
}

export function button(text, className, onclick) {
  return Object.assign(part("button", text), { type: "button", className, onclick });
}

function timeOf(moment) {
  const how = { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false };
  return new Date(moment).toLocaleString(inChinese() ? "zh-CN" : "en-GB", how);
}
