'use strict';
/** The table of layers, which Tabulator folds, sorts and searches. */
const layers = (() => {
  let table = null;
  let model = null;
  let words = [];
  let isBusy = false;

  const text = (value) => document.createTextNode(value === null ? '' : elements.name(value));

  /** What Tabulator would take for markup becomes an element. */
  const span = (value, kind) => elements.make('span', kind ? {class: kind} : {}, text(value));

  const numbersOf = (name, i) => ({
    title: name,
    field: `n${i}`,
    hozAlign: 'right',
    headerHozAlign: 'right',
    minWidth: 118,
    mutator: (value, row) => row.numbers[i],
    sorter: numbers.compare,
    titleFormatter: () => span(name),
    formatter: (cell) => heat(cell, i),
    bottomCalc: () => total(i),
    bottomCalcFormatter: (cell) => span(cell.getValue() === null ? '' : numbers.exact(cell.getValue())),
  });

  /** Sums of the whole model, whatever is searched for. */
  const total = (i) => {
    if (i === 0) {
      return model.params;
    }
    return i < 3 ? model.layers.reduce((sum, l) => sum + l.numbers[i], 0n) : model.totals[i - 3];
  };

  /** A count, above a bar as long as its share of the total. */
  const heat = (cell, i) => {
    const count = cell.getValue();
    const element = cell.getElement();
    const share = count === null ? 0 : numbers.share(count, total(i) ?? 0n);
    element.classList.toggle('heat', share > 0);
    element.style.backgroundSize = share > 0 ? `${Math.max(2, share * 100)}% 100%` : '';
    return span(count === null ? '' : numbers.exact(count), cell.getData()._children ? 'group' : '');
  };

  const textOf = (title, field, more) => ({
    title, field, sorter: 'alphanum', titleFormatter: () => span(title), formatter: (cell) => span(cell.getValue() ?? null), ...more,
  });

  const columns = () => [
    textOf('layer', 'name', {
      frozen: !charts.narrow(),
      minWidth: charts.narrow() ? 170 : 220,
      formatter: (cell) => span(isTree() ? cell.getValue() : cell.getData().path, cell.getData()._children ? 'group' : ''),
      bottomCalc: () => 'total',
      bottomCalcFormatter: () => span('total'),
    }),
    textOf('type', 'type', {minWidth: 130, visible: !charts.narrow()}),
    textOf('input', 'input', {minWidth: 135, visible: !charts.narrow()}),
    textOf('output', 'output', {minWidth: 135, visible: !charts.narrow()}),
    ...['params', 'multiplies', 'adds', ...data.conventions.map((c) => c.id)].map(numbersOf),
  ];

  const isTree = () => elements.byId('tree').checked;

  const found = () => model.layers.filter((layer) => tree.matches(layer, words));

  /** The rows to show; a search leaves groups only where they hold something that matches. */
  const rows = () => (isTree() ? tree.of(found()) : found().map((layer) => tree.leaf(layer.path, layer)));

  /** How deep the tree is unfolded at first: all the way where that is a screen, or what was searched for. */
  const depth = () => (words.length > 0 || found().length <= 30 ? 99 : 1);

  const tell = () => {
    const count = found().length;
    const what = words.length > 0 ? `${count} of ${model.layers.length} layers match` : `${count} layers`;
    elements.byId('layers-words').textContent =
      `${elements.name(model.name)} at ${model.input || 'no input'}: ${what}. A bar shows a layer's share of the column's total. ${
        model.notes.map(elements.name).join('; ')}`;
    return what;
  };

  /** Most of the window, or what a short table takes. A maximum would make Tabulator resize without end. */
  const height = () => Math.round(Math.min(innerHeight * 0.75, 140 + 34 * Math.max(3, found().length)));

  const build = () => {
    table?.destroy();
    const place = elements.byId('layers-table');
    const built = new Tabulator(place, {
      data: rows(),
      columns: columns(),
      nestedFieldSeparator: false,
      dataTree: true,
      dataTreeStartExpanded: (row, level) => level < depth() && (row.getData().type === '' || words.length > 0),
      dataTreeElementColumn: 'name',
      dataTreeExpandElement: control('Unfold', 'expand'),
      dataTreeCollapseElement: control('Fold', 'collapse'),
      columnCalcs: 'table',
      layout: 'fitDataStretch',
      height: height(),
      placeholder: 'No layer matches.',
      columnDefaults: {headerSortTristate: true, headerTooltip: false, resizable: true},
      rowFormatter: accessible,
    });
    built.on('tableBuilt', () => roles(place));
    built.on('dataTreeRowExpanded', stay);
    built.on('dataTreeRowCollapsed', stay);
    table = built;
  };

  /** Says what Tabulator's boxes are, so that a screen reader finds one table in them. */
  const roles = (place) => {
    const role = (selector, name) => place.querySelector(selector)?.setAttribute('role', name);
    place.setAttribute('role', 'treegrid');
    place.setAttribute('aria-label', `Layers of ${elements.name(model.name)}`);
    role('.tabulator-header', 'presentation');
    role('.tabulator-tableholder', 'rowgroup');
    role('.tabulator-table', 'presentation');
    role('.tabulator-footer', 'presentation');
    role('.tabulator-calcs-holder', 'rowgroup');
    place.querySelectorAll('.tabulator-col[aria-sort]').forEach((head) => head.setAttribute('tabindex', '0'));
  };

  /** Says of a row how deep it is and whether it is unfolded. */
  const accessible = (row) => {
    const set = (name, value) => row.getElement().setAttribute(name, value);
    let level = 1;
    for (let parent = row.getTreeParent(); parent; parent = parent.getTreeParent()) {
      level++;
    }
    set('aria-level', level);
    if (row.getData()._children) {
      set('aria-expanded', row.isTreeExpanded());
    }
  };

  /** A button that a keyboard reaches; Tabulator makes a new one whenever it draws a row. */
  const control = (name, sign) => elements.make('button',
    {type: 'button', class: 'tabulator-data-tree-control', 'aria-label': name},
    elements.make('span', {class: `tabulator-data-tree-control-${sign}`}));

  /** Keeps the keyboard at a row that was folded or unfolded, now and after it is drawn again. */
  const stay = (row) => {
    if (isBusy) {
      return;
    }
    const focus = () => row.getElement().querySelector('.tabulator-data-tree-control')?.focus({preventScroll: true});
    focus();
    setTimeout(() => document.activeElement === document.body && focus(), 300);
  };

  /** Enter and the space bar sort as a click does. */
  const keys = (event) => {
    if ((event.key === 'Enter' || event.key === ' ') && event.target.matches('.tabulator-col')) {
      event.preventDefault();
      event.target.click();
    }
  };

  const all = (unfold) => {
    const visit = (row) => {
      unfold ? row.treeExpand() : row.treeCollapse();
      row.getTreeChildren().forEach(visit);
    };
    isBusy = true;
    table.blockRedraw();
    table.getRows().filter((row) => row.getData()._children).forEach(visit);
    table.restoreRedraw();
    isBusy = false;
  };

  /** The columns that the command line writes. */
  const head = () => ['path', 'type', 'input_shape', 'output_shape', 'params', 'multiplies', 'adds', ...data.conventions.map((c) => c.id)];

  const list = () => found().map((l) => [l.path, l.type, l.input, l.output, ...l.numbers]);

  /** On paper every layer stands in one list: nothing there unfolds or scrolls. */
  const print = () => elements.table(elements.byId('layers-print'), `Layers of ${model.name}`, head(), list());

  const show = (chosen) => {
    model = chosen;
    tell();
    build();
  };

  const start = () => {
    elements.byId('layers-table').addEventListener('keydown', keys);
    elements.byId('tree').addEventListener('change', build);
    elements.byId('search').addEventListener('input', (event) => {
      words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
      elements.say(tell());
      build();
    });
    elements.byId('unfold').addEventListener('click', () => all(true));
    elements.byId('fold').addEventListener('click', () => all(false));
    elements.byId('layers-csv').addEventListener('click', () => csv.copy([head(), ...list()]));
    addEventListener('beforeprint', print);
    addEventListener('afterprint', () => elements.byId('layers-print').replaceChildren());
  };

  return {show, start};
})();
