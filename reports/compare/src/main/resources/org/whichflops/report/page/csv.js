'use strict';
/** CSV as the command line writes it: RFC 4180, exact integers, and no cell that is a formula. */
const csv = {
  /** A cell: an apostrophe keeps a name from being a formula; numbers are left alone. */
  cell(value) {
    if (value === null || value === undefined) {
      return '';
    }
    if (typeof value === 'bigint' || typeof value === 'number') {
      return String(value);
    }
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  },

  of: (rows) => rows.map((row) => `${row.map(csv.cell).join(',')}\n`).join(''),

  /** The rows of a table in the page; a count is what its data element holds. */
  rows(table) {
    return [...table.rows].map((row) =>
      [...row.cells].map((cell) => {
        const data = cell.querySelector('data');
        return data ? BigInt(data.value) : cell.textContent || null;
      }));
  },

  /** Copies rows, and says so. */
  async copy(rows) {
    const text = csv.of(rows);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      csv.copyBySelection(text);
    }
    elements.say(`Copied ${rows.length - 1} rows as CSV.`);
  },

  /** For browsers that keep the clipboard from pages on a disk. */
  copyBySelection(text) {
    const area = elements.make('textarea', {});
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  },
};
