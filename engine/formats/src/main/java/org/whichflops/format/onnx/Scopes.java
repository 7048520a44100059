package org.whichflops.format.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * The module calls that a graph's nodes belong to. Nodes of one call stand together, apart from
 * shape computations, which are taken to belong where they stand.
 */
final class Scopes {
  /** One call of a module: the call around it, and the values that go in and come out. */
  static final class Visit {
    final ScopeModule module;
    final int parent;
    final int depth;
    private final Crossing in = new Crossing();
    private final Crossing out = new Crossing();

    Visit(ScopeModule module, int parent, int depth) {
      this.module = module;
      this.parent = parent;
      this.depth = depth;
    }
  }

  /** The values that cross a call's border, each once, in the order they are met. */
  private static final class Crossing {
    private static final int FEW = 16;

    private int[] values = {};
    private int count;
    private @Nullable Set<Integer> many;

    void add(int value) {
      if (count < FEW) {
        for (int i = 0; i < count; i++) {
          if (values[i] == value) {
            return;
          }
        }
      } else {
        if (many == null) {
          many = new HashSet<>();
          for (int i = 0; i < count; i++) {
            many.add(values[i]);
          }
        }
        if (!many.add(value)) {
          return;
        }
      }
      if (count == values.length) {
        values = Arrays.copyOf(values, Math.max(1, 2 * count));
      }
      values[count++] = value;
    }

    /** The values, in an array of their number. */
    int[] done() {
      many = null;
      values = count == values.length ? values : Arrays.copyOf(values, count);
      return values;
    }
  }

  private final List<Visit> visits;
  private final int[] visitOf;

  /**
   * The calls with the nodes in them.
   *
   * @param visitOf for each node the innermost call it stands in, -1 for the root, -2 where it does
   *     not matter
   */
  Scopes(List<Visit> visits, int[] visitOf) {
    this.visits = visits;
    this.visitOf = visitOf;
  }

  /** Works out what goes into and comes out of each call. */
  void connect(Graph graph, Node[] nodes) {
    int[] maker = new int[graph.values()];
    Arrays.fill(maker, -1);
    for (int i = 0; i < nodes.length; i++) {
      for (int output : nodes[i].outputs()) {
        if (output != Node.ABSENT) {
          maker[output] = visitOf[i];
        }
      }
    }
    for (int i = 0; i < nodes.length; i++) {
      if (visitOf[i] >= -1) {
        for (int input : nodes[i].inputs()) {
          if (input != Node.ABSENT && maker[input] >= -1) {
            cross(input, maker[input], visitOf[i]);
          }
        }
      }
    }
    for (int output : graph.outputs()) {
      if (maker[output] >= -1) {
        cross(output, maker[output], -1);
      }
    }
    for (Visit visit : visits) {
      visit.in.done();
      visit.out.done();
    }
  }

  /** A value goes out of every call between its maker and the one both stand in, and in again. */
  private void cross(int value, int from, int to) {
    int made = from;
    int read = to;
    while (made != read) {
      if (depth(made) >= depth(read)) {
        visits.get(made).out.add(value);
        made = visits.get(made).parent;
      } else {
        visits.get(read).in.add(value);
        read = visits.get(read).parent;
      }
    }
  }

  private int depth(int visit) {
    return visit < 0 ? 0 : visits.get(visit).depth;
  }

  /** Goes through the calls while a graph runs. */
  Walk walk(Execution execution) {
    return new Walk(execution);
  }

  /** Begins and ends the calls as the nodes run that stand in them. */
  final class Walk implements Execution.Steps {
    private final Execution execution;
    private final ForwardPass pass;
    private final List<Call> open = new ArrayList<>();
    private int current = -1;

    private Walk(Execution execution) {
      this.execution = execution;
      this.pass = execution.pass();
    }

    @Override
    public void before(int node) {
      int wanted = visitOf[node];
      if (wanted >= -1 && wanted != current) {
        move(wanted);
      }
    }

    void end() {
      move(-1);
    }

    private void move(int wanted) {
      int shared = current;
      for (int other = wanted; shared != other; ) {
        if (depth(shared) >= depth(other)) {
          shared = visits.get(shared).parent;
        } else {
          other = visits.get(other).parent;
        }
      }
      while (current != shared) {
        pass.end(open.remove(open.size() - 1), tensors(visits.get(current).out.values));
        current = visits.get(current).parent;
      }
      begin(wanted, shared);
    }

    private void begin(int wanted, int from) {
      if (wanted == from) {
        return;
      }
      Visit visit = visits.get(wanted);
      begin(visit.parent, from);
      Call call = pass.begin(visit.module, visit.module);
      Tensor[] given = given(visit.in.values);
      for (Tensor tensor : given) {
        pass.input(call, tensor);
      }
      // Attention to itself is given the same tensor as queries, keys and values.
      for (int i = given.length; given.length > 0 && i < visit.module.inputs(); i++) {
        pass.input(call, given[given.length - 1]);
      }
      open.add(call);
      current = wanted;
    }

    /** What a module is called with: a table that it has itself, where it is given nothing else. */
    private Tensor[] given(int[] values) {
      Tensor[] live = tensors(values);
      Value first = values.length == 0 ? null : execution.value(values[0]);
      return live.length > 0 || first == null || !first.sized()
          ? live
          : new Tensor[] {Observed.tensor(pass, Shape.of(first.sizes()))};
    }

    private Tensor[] tensors(int[] values) {
      Tensor[] tensors = new Tensor[values.length];
      int count = 0;
      for (int i : values) {
        Value value = execution.value(i);
        if (value != null && value.live() && value.sized()) {
          Tensor tensor = value.tensor(pass);
          if (!(tensor instanceof Parameter)) {
            tensors[count++] = tensor;
          }
        }
      }
      return Arrays.copyOf(tensors, count);
    }
  }
}
