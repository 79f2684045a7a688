// The one module that notebooks and phones load. On a server's page it starts by itself; a preview calls openFrame.
import "./plain-http.js";
import style from "./page.css";
import { openPage } from "./page.js";

export { openFrame } from "./frame.js";
export { loadForm } from "@getodk/web-forms";

document.head.append(Object.assign(document.createElement("style"), { textContent: style }));

const asked = document.getElementById("liuwen-form");
if (asked) openPage(document.getElementById("liuwen-page"), JSON.parse(asked.textContent));
