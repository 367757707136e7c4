// usage: node look.mjs REPORT.html CHROMIUM ORDERS
// Opens the report without a network and prints as JSON what a test wants to know: requests that
// left the page, complaints, and per picture its marks, axis labels and select boxes. The current
// folder holds node_modules with playwright-core. ORDERS, in JSON: {"choose": {"section", "box",
// "index"}} uses a select box, {"pictures": FOLDER} takes screenshots on the screen and as printed.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(`${process.cwd()}/`)("playwright-core");
const [, , pagePath, executablePath, ordersText] = process.argv;
const orders = JSON.parse(ordersText);

/** Runs inside the page. */
function picturesOf(sections) {
  const kinds = ["symbol", "line", "rect", "rule", "area", "text"];
  return sections.map((section) => {
    const marks = (kind) => [...section.querySelectorAll(`svg g.mark-${kind}.role-mark > *`)];
    return {
      id: section.id,
      drawn: section.dataset.drawn ?? "",
      marks: Object.fromEntries(kinds.map((kind) => [kind, marks(kind).length])),
      symbols: marks("symbol").map((one) => ({
        label: one.getAttribute("aria-label") ?? "",
        at: (one.getAttribute("transform") ?? "").match(/-?[\d.]+/g)?.map(Number) ?? [],
      })),
      rects: marks("rect").map((one) => one.getAttribute("aria-label") ?? ""),
      axes: [...section.querySelectorAll("svg g.role-axis-label")].map((group) =>
        [...group.querySelectorAll("text")].map((text) => text.textContent)),
      boxes: [...section.querySelectorAll("select")].map((box) => [...box.options].map((o) => o.text)),
    };
  });
}

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
  const complaints = [];
  const requests = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => { complaints.push("dialog"); void dialog.dismiss(); });
  page.on("request", (request) => requests.push(request.url()));
  const url = pathToFileURL(pagePath).href;
  const start = performance.now();
  await page.goto(url);
  await page.waitForSelector("html[data-ready]", { timeout: 60000 });
  const readyMs = performance.now() - start;
  await page.waitForSelector("html[data-complete]", { timeout: 60000 });
  const look = () => page.$$eval("#pictures section", picturesOf);
  const before = await look();
  if (orders.pictures) {
    await page.screenshot({ path: `${orders.pictures}/screen.png`, fullPage: true });
    await page.emulateMedia({ media: "print" });
    await page.screenshot({ path: `${orders.pictures}/print.png`, fullPage: true });
    await page.emulateMedia({ media: "screen" });
  }
  if (orders.choose) {
    const { section, box, index } = orders.choose;
    await page.locator(`#${section} select`).nth(box).selectOption({ index });
    await page.waitForTimeout(300);
  }
  const after = await look();
  const fold = page.locator("#pictures details").first();
  await fold.locator("summary").click();
  await fold.locator("table").waitFor();
  console.log(JSON.stringify({
    readyMs, complaints, before, after,
    heading: await page.locator("h1").textContent(),
    images: await page.locator("img").count(),
    tableRows: await fold.locator("tbody tr").count(),
    outside: requests.filter((request) => request !== url && !request.startsWith("data:")),
  }));
} finally {
  await browser.close();
}
