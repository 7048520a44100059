'use strict';
/** Elements of the page. Names only ever become text, never markup. */
const elements = {
  byId: (id) => document.getElementById(id),

  /** An element with attributes and children; a child is an element or a text. */
  make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  },

  /** Tells those who cannot see the change. */
  say(text) {
    elements.byId('status').textContent = text;
  },

  /** Fills a selection with names; the value of each is its number. */
  options(select, entries, chosen) {
    select.replaceChildren(...entries.map(([value, name]) => {
      const option = elements.make('option', {value}, elements.name(name));
      option.selected = value === chosen;
      return option;
    }));
  },

  /** A name without the characters that would steer what shows it. */
  name: (text) => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd'),

  cell(tag, value) {
    if (typeof value !== 'bigint') {
      return elements.make(tag, {}, value === null ? '' : elements.name(value));
    }
    const data = elements.make('data', {value: String(value)}, numbers.exact(value));
    return elements.make(tag, {class: 'number'}, data);
  },

  /** Puts a table, and a button that copies it, into a place. */
  table(place, caption, columns, rows) {
    const head = elements.make('tr', {}, ...columns.map((name) => elements.make('th', {scope: 'col'}, elements.name(name))));
    rows[0]?.forEach((value, i) => typeof value === 'bigint' && head.children[i].classList.add('number'));
    const body = rows.map((row) => elements.make('tr', {}, ...row.map((value, i) => {
      const cell = elements.cell(i === 0 ? 'th' : 'td', value);
      if (i === 0) {
        cell.setAttribute('scope', 'row');
      }
      return cell;
    })));
    const table = elements.make('table', {}, elements.make('caption', {}, elements.name(caption)),
      elements.make('thead', {}, head), elements.make('tbody', {}, ...body));
    const wide = elements.make('div', {class: 'wide', role: 'region', tabindex: '0', 'aria-label': elements.name(caption)}, table);
    const button = elements.make('button', {type: 'button'}, 'Copy as CSV');
    button.addEventListener('click', () => csv.copy([columns, ...rows]));
    place.replaceChildren(wide, elements.make('p', {class: 'tools'}, button));
  },
};
