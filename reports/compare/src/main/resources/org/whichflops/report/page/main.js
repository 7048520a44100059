'use strict';
/** Fills the page and listens. */
(() => {
  const select = (id) => elements.byId(id);
  const number = (id) => Number(select(id).value);
  const model = () => data.models[number('model')];
  const name = (i) => data.conventions[i].id;

  const fillConventions = () => {
    const order = ladder.order(model());
    const known = (id) => order.find((i) => name(i) === id);
    const from = known(data.from) ?? order[0];
    const to = known(data.to) ?? order[order.length - 1];
    elements.options(select('from'), order.map((i) => [String(i), name(i)]), String(from));
    fillTo(to);
  };

  /** Those that can be explained from the one chosen. */
  const fillTo = (wanted) => {
    const from = number('from');
    const others = ladder.order(model()).filter((i) => i !== from && model().isExplained(from, i));
    const chosen = others.includes(wanted) ? wanted : others[others.length - 1];
    elements.options(select('to'), others.map((i) => [String(i), name(i)]), String(chosen));
    select('zoom').checked = others.length > 0 && waterfall.wantsZoom(model(), from, number('to'));
  };

  const showWaterfall = () => {
    select('waterfall').hidden = select('to').value === '';
    if (select('to').value !== '') {
      waterfall.show(model(), number('from'), number('to'), select('zoom').checked);
    }
  };

  const chosen = (id, count) => (select(id).value === 'all' ? [...Array(count).keys()] : [number(id)]);

  const showSweep = () => sweep.show(select('axis').value, select('at').value,
    chosen('sweep-model', data.models.length), chosen('sweep-convention', data.conventions.length));

  const fillSweep = () => {
    const axis = select('axis').value;
    const choices = sweep.choices(axis);
    elements.options(select('at'), choices.map((at) => [at, axis === 'batch' ? at : `batch ${at}`]), choices[0]);
    showSweep();
  };

  const showModel = () => {
    const {name: title, input, params} = model();
    select('input').textContent = `${elements.name(title)} ${
      input === '' ? 'could not run' : `at ${input}, ${numbers.exact(params)} parameters`}`;
    select('ladder').hidden = ladder.order(model()).length === 0;
    ladder.show(model());
    fillConventions();
    showWaterfall();
    layers.show(model());
  };

  document.querySelector('.scripted').hidden = false;
  elements.options(select('model'), data.models.map((m, i) => [String(i), m.name]), '0');
  const one = data.models.length === 1;
  elements.options(select('sweep-model'), [['all', 'all'], ...data.models.map((m, i) => [String(i), m.name])], one ? '0' : 'all');
  elements.options(select('sweep-convention'), [['all', 'all'], ...data.conventions.map((c, i) => [String(i), c.id])], one ? 'all' : '0');
  if (sweep.choices('resolution').length === 0) {
    select('axis').value = 'batch';
  }
  layers.start();
  showModel();
  fillSweep();

  select('model').addEventListener('change', showModel);
  select('from').addEventListener('change', () => { fillTo(number('to')); showWaterfall(); });
  select('to').addEventListener('change', () => {
    select('zoom').checked = waterfall.wantsZoom(model(), number('from'), number('to'));
    showWaterfall();
  });
  select('zoom').addEventListener('change', showWaterfall);
  select('swap').addEventListener('click', () => {
    const [from, to] = [number('from'), number('to')];
    select('from').value = String(to);
    fillTo(from);
    showWaterfall();
  });
  select('axis').addEventListener('change', fillSweep);
  ['at', 'sweep-model', 'sweep-convention'].forEach((id) => select(id).addEventListener('change', showSweep));
  document.querySelectorAll('[data-csv]').forEach((button) => button.addEventListener('click', () =>
    csv.copy(csv.rows(elements.byId(button.dataset.csv).querySelector('table')))));
  matchMedia('(max-width: 40rem)').addEventListener('change', () => layers.show(model()));
  charts.onChange(() => {
    ladder.show(model());
    showWaterfall();
    showSweep();
  });
})();
