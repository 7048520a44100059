package org.whichflops.format.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.ModuleType;

/**
 * Finds the module calls of a graph from what its exporter left in the nodes: torch.export's
 * metadata, or the scopes in the names that the TorchScript exporter gives.
 */
final class ScopeBuilder {
  private static final int ROOT = -1;
  private static final int ANYWHERE = -2;

  private final Graph graph;
  private final Node[] nodes;
  private final FirstRun run;
  private final ModuleTree tree;
  private final NodeSizes sizes;
  private final Map<Integer, String> weightPath = new HashMap<>();
  private final Map<Integer, String> firstRole = new HashMap<>();
  private final Map<Integer, String> weightOwner = new HashMap<>();
  private final List<Opened> calls = new ArrayList<>();
  private final int[] callOf;
  private @Nullable BitSet weightValues;
  private String before = "";
  private List<Level> levelsBefore = List.of();

  /** A call found so far. */
  private static final class Opened {
    final Level level;
    final int parent;
    final int depth;
    List<Node> nodes = new ArrayList<>(1);
    List<Integer> ranks = new ArrayList<>(1);
    boolean leaf = true;
    String path;

    Opened(Level level, int parent, int depth) {
      this.level = level;
      this.parent = parent;
      this.depth = depth;
      this.path = level.path();
    }

    /** Keeps the path alone: a file may have as many calls as nodes. */
    void done() {
      nodes = List.of();
      ranks = List.of();
    }
  }

  /** Looks through a graph that ran once. */
  ScopeBuilder(Graph graph, FirstRun run, List<Weights.Use> weights) {
    this.graph = graph;
    this.nodes = run.nodes();
    this.run = run;
    this.tree = new ModuleTree(run.root());
    this.sizes = new NodeSizes(graph);
    this.callOf = new int[nodes.length];
    for (Weights.Use use : weights) {
      int dot = use.name().lastIndexOf('.');
      if (use.node() >= 0 && use.role().equals("weight") && dot > 0 && !use.name().contains(":")) {
        weightPath.put(use.node(), use.name().substring(0, dot));
      }
      firstRole.putIfAbsent(use.node(), use.role());
    }
  }

  /** Whether the nodes say anything of modules. */
  static boolean any(Node[] nodes) {
    for (Node node : nodes) {
      if (!Level.of(node).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The calls, and the modules under the root. */
  Scopes build(boolean scoped) {
    Arrays.fill(callOf, ANYWHERE);
    int current = ROOT;
    for (int i = 0; i < nodes.length; i++) {
      if (run.live(i)) {
        current = enter(current, scoped ? levels(i) : alone(i));
        callOf[i] = current;
        if (current != ROOT) {
          calls.get(current).nodes.add(nodes[i]);
          calls.get(current).ranks.add(run.rank(i));
        }
      }
    }
    List<Scopes.Visit> visits = new ArrayList<>(calls.size());
    for (Opened call : calls) {
      visits.add(new Scopes.Visit(module(call), call.parent, call.depth));
      call.done();
    }
    Scopes scopes = new Scopes(visits, callOf);
    scopes.connect(graph, nodes);
    return scopes;
  }

  ModuleTree tree() {
    return tree;
  }

  /** The path of the module that a node stands in. */
  String path(int node) {
    return node < 0 || callOf[node] < 0 ? "" : calls.get(callOf[node]).path;
  }

  private List<Level> levels(int i) {
    List<Level> levels = scopes(nodes[i]);
    String path = weightPath.get(i);
    if (path == null || levels.isEmpty()) {
      return levels;
    }
    Level last = levels.get(levels.size() - 1);
    if (last.path().equals(path)) {
      return levels;
    }
    List<Level> corrected = new ArrayList<>(levels);
    if (last.type().contains("BatchNorm") && !nodes[i].is("BatchNormalization")) {
      // A convolution that a batch norm was folded into carries the batch norm's scopes.
      corrected.set(levels.size() - 1, new Level(path, "", path));
      return corrected;
    }
    // The second call of a module has its name with a number behind; its weight tells which.
    String suffix =
        last.path().startsWith(path + "_") ? last.path().substring(path.length() + 1) : "";
    if (!suffix.isEmpty() && suffix.chars().allMatch(Character::isDigit)) {
      corrected.set(levels.size() - 1, last.at(path));
      return corrected;
    }
    return levels;
  }

  /** The modules around a node, looked up once for neighbours that stand in the same. */
  private List<Level> scopes(Node node) {
    int end = node.name().lastIndexOf('/');
    if (node.scopes() != null || end < 1) {
      return Level.of(node);
    }
    if (end != before.length() || !node.name().startsWith(before)) {
      before = node.name().substring(0, end);
      levelsBefore = Level.of(node);
    }
    return levelsBefore;
  }

  /** Without scopes a node with weights, or one that pools, is a module under its own name. */
  private List<Level> alone(int i) {
    Node node = nodes[i];
    boolean pools = node.op().endsWith("Pool");
    if (!pools && !firstRole.containsKey(i)) {
      return List.of();
    }
    LeafType type = LeafType.of(List.of(node), List.of(run.rank(i)), sizes);
    if (type == null) {
      return List.of();
    }
    String path = weightPath.getOrDefault(i, node.name().replace('.', '_'));
    return List.of(new Level(path, "", path + "#" + i));
  }

  /** Leaves the calls that a node does not stand in, and enters those that it does. */
  private int enter(int from, List<Level> levels) {
    int at = from;
    while (at != ROOT && !matches(at, levels)) {
      at = calls.get(at).parent;
    }
    int depth = at == ROOT ? 0 : calls.get(at).depth;
    for (Level level : levels.subList(depth, levels.size())) {
      if (at != ROOT) {
        calls.get(at).leaf = false;
      }
      depth++;
      calls.add(new Opened(level, at, depth));
      at = calls.size() - 1;
    }
    return at;
  }

  private boolean matches(int call, List<Level> levels) {
    Opened opened = calls.get(call);
    return opened.depth <= levels.size()
        && opened.level.call().equals(levels.get(opened.depth - 1).call());
  }

  private ScopeModule module(Opened call) {
    LeafType found = call.leaf ? LeafType.of(call.nodes, call.ranks, sizes) : null;
    call.path = original(call, found);
    for (int weight : weights(call)) {
      weightOwner.putIfAbsent(weight, call.path);
    }
    ScopeModule known = tree.find(call.path);
    if (known != null) {
      return known;
    }
    ModuleType type =
        !call.level.type().isEmpty()
            ? ModuleTree.type(call.level.type())
            : found == null ? ModuleTree.UNKNOWN : found.type();
    return tree.module(call.path, type, found == null ? null : found.arguments());
  }

  /**
   * {@code relu_1} beside a {@code relu} of the same class and with the same weights, or none, is
   * its second call.
   */
  private String original(Opened call, @Nullable LeafType found) {
    int digits = call.path.length();
    while (digits > 0 && Character.isDigit(call.path.charAt(digits - 1))) {
      digits--;
    }
    boolean numbered =
        digits > 1 && digits < call.path.length() && call.path.charAt(digits - 1) == '_';
    if (!numbered || found == null || !call.level.type().isEmpty()) {
      return call.path;
    }
    String path = call.path.substring(0, digits - 1);
    ScopeModule before = tree.find(path);
    boolean same = before != null && before.key().equals(found.type().key());
    for (int weight : weights(call)) {
      same &= path.equals(weightOwner.get(weight));
    }
    return same ? path : call.path;
  }

  /** The initializers that the nodes of a call read. */
  private Set<Integer> weights(Opened call) {
    Set<Integer> weights = new HashSet<>();
    for (Node node : call.nodes) {
      for (int input : node.inputs()) {
        if (input != Node.ABSENT && weightValues().get(input)) {
          weights.add(input);
        }
      }
    }
    return weights;
  }

  private BitSet weightValues() {
    BitSet known = weightValues;
    if (known == null) {
      known = new BitSet();
      for (int value : graph.initializerValues()) {
        known.set(value);
      }
      weightValues = known;
    }
    return known;
  }
}
