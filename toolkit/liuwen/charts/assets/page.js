// The page's switches: language, which households, which place; and the figures in sight as a CSV file.
"use strict";
const page = document.querySelector(".liuwen-needs");
const bar = page.querySelector(".lw-bar");
const [questions, households, places] = bar.querySelectorAll("select");
const articles = [...page.querySelectorAll("article")];
const csv = JSON.parse(bar.dataset.csv);
// The first question has a view for each kind and month of households; every other question has one, for all households.
const chosen = () => Number(questions.value) || households.selectedIndex;

function speak(language) {
  page.dataset.language = language;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const option of bar.querySelectorAll("option")) option.textContent = option.dataset[language];
  for (const group of bar.querySelectorAll("optgroup")) group.label = group.dataset[language];
  for (const button of bar.querySelectorAll("[data-speak]")) button.setAttribute("aria-pressed", String(button.dataset.speak === language));
}

function show() {
  const place = places.value;
  households.disabled = questions.value !== "0";
  if (households.disabled) households.selectedIndex = 0;
  articles.forEach((article, number) => {
    article.hidden = number !== chosen();
    if (article.hidden) return;
    const heads = [...article.querySelectorAll("thead th")];
    const hidden = heads.map(({ dataset }) => place !== "" && Boolean(dataset.place) && dataset.place !== place);
    for (const row of article.querySelectorAll("tr")) [...row.cells].forEach((cell, column) => (cell.hidden = hidden[column]));
    rank(article, heads.findIndex(({ dataset }) => dataset.place === place));
  });
}

function rank(article, column) {
  const rows = [...article.querySelectorAll("tbody tr")].map((row) => ({
    name: row.firstElementChild.innerHTML,
    last: "last" in row.dataset,
    cell: row.cells[column],
  }));
  const withheld = { "nearly all": 200, few: 0.1 };
  const weight = ({ last, cell }) => (last ? -1000 : 0) + Number(cell?.dataset.s ?? withheld[cell?.dataset.r] ?? 0.01);
  const sorted = article.querySelector("[data-sorted]") !== null;
  rows.sort((one, other) => (sorted ? weight(other) - weight(one) : one.last - other.last));
  const highs = rows.map(({ cell }) => Number(cell?.dataset.h ?? 0));
  const full = Math.min(100, Math.ceil(Math.max(10, ...highs) / 10) * 10);
  article.querySelector(".lw-bars").replaceChildren(...rows.filter(({ cell }) => cell).map((row) => bar_of(row, full)));
  article.querySelector("[data-ranked]").innerHTML = article.querySelectorAll("thead th")[column]?.innerHTML ?? "";
}

function bar_of({ name, last, cell }, full) {
  const item = document.createElement("li");
  const { s, l, h } = cell.dataset;
  if (last || s === undefined) item.className = "lw-none";
  const at = (percent) => `${((percent / full) * 100).toFixed(1)}%`;
  const marks = s === undefined ? "" : `<i class="lw-range" style="left:${at(l)};width:${at(h - l)}"></i><i class="lw-dot" style="left:${at(s)}"></i>`;
  const share = s === undefined ? cell.innerHTML : `${cell.textContent} %`;
  item.innerHTML = `<span class="lw-name">${name}</span><span class="lw-track">${marks}</span><span class="lw-share">${share}</span>`;
  return item;
}

function words(element) {
  const spoken = element.cloneNode(true);
  for (const other of spoken.querySelectorAll(`[lang]:not([lang=${page.dataset.language}]), small`)) other.remove();
  return spoken.textContent.trim();
}

function figures() {
  const article = articles[chosen()];
  const heads = article.querySelectorAll("thead th");
  const lines = [csv.headings[page.dataset.language]];
  for (const row of article.querySelectorAll("tbody tr")) {
    for (const cell of row.querySelectorAll("td:not([hidden])")) {
      const head = heads[cell.cellIndex];
      const { w = "", s = "", l = "", h = "", r = "" } = cell.dataset;
      lines.push([words(head), words(row.firstElementChild), head.dataset.asked, w, s, l, h, r]);
    }
  }
  const field = (text) => `"${String(text).replace(/^([=+\-@\t\r])/, "'$1").replaceAll('"', '""')}"`;
  return "\ufeff" + lines.map((line) => line.map(field).join(",")).join("\r\n");
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([figures()], { type: "text/csv" }));
  link.download = `${[csv.names[chosen()], places.value].filter(Boolean).join("-")}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

for (const button of bar.querySelectorAll("[data-speak]")) button.addEventListener("click", () => speak(button.dataset.speak));
questions.addEventListener("change", show);
households.addEventListener("change", show);
places.addEventListener("change", show);
bar.querySelector("[data-save]").addEventListener("click", save);
bar.hidden = false;
const reader = navigator.language.startsWith("zh") ? "zh" : "en";
speak("fixed" in page.dataset ? page.dataset.language : reader);
show();
