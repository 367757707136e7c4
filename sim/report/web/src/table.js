import { rowsOf } from "./rows.js";

/**
 * The table behind a picture, filled when it is first opened.
 * @param {string} title
 * @param {import("./rows.js").Column[]} columns
 * @param {import("./rows.js").Axis[]} axes
 * @returns {HTMLDetailsElement}
 */
export function foldedTable(title, columns, axes) {
  const details = document.createElement("details");
  const summary = details.appendChild(document.createElement("summary"));
  summary.textContent = `The numbers: ${title}`;
  details.addEventListener("toggle", () => {
    if (details.open && !details.querySelector("table")) {
      details.append(tableOf(title, columns, axes));
    }
  });
  return details;
}

/**
 * @param {string} title
 * @param {import("./rows.js").Column[]} columns
 * @param {import("./rows.js").Axis[]} axes
 */
function tableOf(title, columns, axes) {
  const shown = columns.flatMap(({ name, title: heading }) =>
    name === "cell" ? axes.map((axis, i) => [`a${i}`, axis.title]) : [[name, heading]],
  );
  const frame = document.createElement("div");
  frame.className = "frame";
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", title);
  const table = frame.appendChild(document.createElement("table"));
  table.createCaption().textContent = title;
  const head = table.createTHead().insertRow();
  for (const [, heading] of shown) {
    const cell = head.appendChild(document.createElement("th"));
    cell.scope = "col";
    cell.textContent = heading;
  }
  const body = table.createTBody();
  for (const row of rowsOf(columns, axes)) {
    const line = body.insertRow();
    for (const [name] of shown) {
      const cell = line.insertCell();
      const value = row[name];
      cell.textContent = value === null || value === undefined ? "–" : String(value);
      if (typeof value === "number") cell.className = "number";
    }
  }
  return frame;
}
