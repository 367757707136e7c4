/**
 * @typedef {{name: string, title: string, dictionary?: string[], values: (number|null)[]}} Column
 * @typedef {{title: string, values: (number|string)[]}} Axis
 */

/**
 * Rows from columns. A column `cell` brings the place (i0, i1, ...) and the value (a0, a1, ...)
 * on each axis; the last axis moves fastest.
 * @param {Column[]} columns
 * @param {Axis[]} axes
 * @returns {Record<string, unknown>[]}
 */
export function rowsOf(columns, axes) {
  const count = columns.length ? columns[0].values.length : 0;
  const rows = Array.from({ length: count }, () => /** @type {Record<string, unknown>} */ ({}));
  for (const { name, dictionary, values } of columns) {
    rows.forEach((row, i) => {
      const value = values[i];
      row[name] = dictionary && value !== null ? dictionary[value] : value;
    });
    if (name === "cell") placeCells(rows, axes);
  }
  return rows;
}

/**
 * @param {Record<string, unknown>[]} rows
 * @param {Axis[]} axes
 */
function placeCells(rows, axes) {
  let stride = 1;
  for (let axis = axes.length - 1; axis >= 0; --axis) {
    const { values } = axes[axis];
    const [index, name] = [`i${axis}`, `a${axis}`];
    for (const row of rows) {
      const place = Math.floor(Number(row.cell) / stride) % values.length;
      row[index] = place;
      row[name] = values[place];
    }
    stride *= values.length;
  }
}
