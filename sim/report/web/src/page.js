import { expressionInterpreter } from "vega-interpreter";
import { parse, View } from "vega";
import { compile } from "vega-lite";
import { unpacked } from "./packed.js";
import { rowsOf } from "./rows.js";
import { foldedTable } from "./table.js";

/**
 * What the page shows, as the program wrote it.
 * @typedef {{id: string, title: string, caption: string, alt: string, data: string, spec: object}} Picture
 * @typedef {{config: object, axes: import("./rows.js").Axis[], pictures: Picture[],
 *            datasets: Record<string, import("./rows.js").Column[]>}} Report
 */

/**
 * Draws one picture. Expressions are interpreted, so that the page needs no right to make code.
 * @param {Report} report
 * @param {Picture} picture
 * @param {HTMLElement} section
 */
async function draw(report, picture, section) {
  const place = /** @type {HTMLElement} */ (section.querySelector(".picture"));
  const boxes = /** @type {HTMLElement} */ (section.querySelector(".boxes"));
  // Rows come by name, not as values: the compiler would copy and compare them.
  const spec = { ...picture.spec, config: report.config, data: { name: "rows" } };
  const runtime = parse(compile(/** @type {any} */ (spec)).spec, undefined, { ast: true });
  const view = new View(runtime, { expr: expressionInterpreter, renderer: "svg", hover: true });
  view.description(picture.alt);
  view.data("rows", rowsOf(report.datasets[picture.data], report.axes));
  await view.initialize(place, boxes).runAsync();
  section.dataset.drawn = "yes";
}

/**
 * @param {Report} report
 * @param {Picture} picture
 */
function frameOf(report, picture) {
  const section = document.createElement("section");
  section.id = picture.id;
  const heading = section.appendChild(document.createElement("h2"));
  heading.textContent = picture.title;
  const caption = section.appendChild(document.createElement("p"));
  caption.textContent = picture.caption;
  for (const name of ["boxes", "picture"]) {
    section.appendChild(document.createElement("div")).className = name;
  }
  section.append(foldedTable(picture.title, report.datasets[picture.data], report.axes));
  return section;
}

/** Pictures are drawn one by one, with a pause between them for whoever is using the page. */
async function drawAll() {
  const data = /** @type {HTMLElement} */ (document.getElementById("data"));
  /** @type {Report} */
  const report = JSON.parse(await unpacked(data.textContent ?? ""));
  const place = /** @type {HTMLElement} */ (document.getElementById("pictures"));
  const sections = report.pictures.map((picture) => frameOf(report, picture));
  place.append(...sections);
  for (const [i, picture] of report.pictures.entries()) {
    await draw(report, picture, sections[i]);
    if (i === 0) document.documentElement.dataset.ready = "yes";
    await new Promise((resume) => setTimeout(resume));
  }
  document.documentElement.dataset.ready = "yes";
  document.documentElement.dataset.complete = "yes";
}

void drawAll();
