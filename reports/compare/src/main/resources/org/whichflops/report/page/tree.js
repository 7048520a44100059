'use strict';
/** Layers by the modules that contain them: a path's parts between points, then a function's name. */
const tree = {
  /** The parts of features.0.conv/F.relu: features, 0, conv, F.relu. */
  parts(path) {
    const slash = path.indexOf('/');
    const modules = slash < 0 ? path : path.slice(0, slash);
    const names = modules === '' ? [] : modules.split('.');
    return slash < 0 ? (names.length === 0 ? [path] : names) : [...names, path.slice(slash + 1)];
  },

  /** Rows as the table takes them: a group has the sums of what it holds. */
  of(layers) {
    const root = {children: new Map(), layer: null};
    for (const layer of layers) {
      let node = root;
      for (const part of layer.path.startsWith('(') ? [layer.path] : tree.parts(layer.path)) {
        if (!node.children.has(part)) {
          node.children.set(part, {children: new Map(), layer: null});
        }
        node = node.children.get(part);
      }
      if (node.layer !== null) { // two layers of one path stay two rows
        const twin = {children: new Map(), layer};
        node.children.set(`${layer.path} #${node.children.size}`, twin);
      } else {
        node.layer = layer;
      }
    }
    return [...root.children].map(([name, node]) => tree.row(name, node));
  },

  row(name, node) {
    if (node.children.size === 0) {
      return tree.leaf(name, node.layer);
    }
    const children = [...node.children].map(([part, child]) => tree.row(part, child));
    if (node.layer !== null) {
      children.unshift(tree.leaf('(itself)', node.layer));
    }
    const sums = children[0].numbers.map((_, i) => children.reduce(
      (sum, child) => (child.numbers[i] === null ? sum : (sum ?? 0n) + child.numbers[i]), null));
    return {name, path: '', type: node.layer?.type ?? '', input: null, output: null, numbers: sums, _children: children};
  },

  leaf: (name, layer) => ({name, ...layer}),

  /** How many layers a row stands for. */
  size: (row) => (row._children ? row._children.reduce((sum, child) => sum + tree.size(child), 0) : 1),

  /** Whether a row, or one inside it, has all words of a search in its path or type. */
  matches: (row, words) => (row._children
    ? row._children.some((child) => tree.matches(child, words))
    : words.every((word) => `${row.path} ${row.type}`.toLowerCase().includes(word))),
};
