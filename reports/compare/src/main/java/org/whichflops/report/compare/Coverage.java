package org.whichflops.report.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Tally;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Operator;

/**
 * What a convention did not see of a network, and what that is worth: not counted is a result too.
 *
 * <p>Conventions watch modules, functions or operators. An operator that executes something is seen
 * where a rule sees it, a call around it, or the operators that it is made of; a rule that counts
 * nothing sees all the same. Worth is the multiply-accumulates of {@code mac}, and every elementary
 * operation.
 */
public final class Coverage {
  private final Network network;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  private Coverage(Network network) {
    this.network = network;
  }

  /** A layer, as {@link Layers} has it. */
  private static final class Row {
    private final String path;
    private final String type;
    private long macs;
    private long macsHere;
    private long seenHere;
    private boolean fusedSeen;
    private long operations;
    private long unseenOperations;

    Row(String path, String type) {
      this.path = path;
      this.type = type;
    }

    /** What no operator of {@code mac} makes is a fused operator's, which is seen or is not. */
    long seen() {
      return macs > macsHere && fusedSeen ? macs - macsHere + seenHere : Math.min(seenHere, macs);
    }
  }

  /**
   * Layers of one kind that were not seen, or not wholly.
   *
   * @param place their path, {@code *} for numbers
   * @param type the module's or function's name, as rules have it
   * @param layers how many there are
   * @param seen the multiply-accumulates that were seen
   * @param macs all of them
   * @param operations elementary operations that were not seen
   */
  public record Gap(String place, String type, int layers, long seen, long macs, long operations) {}

  /**
   * Compares what a convention's rules saw with what a network executes.
   *
   * @param mac the convention that says what multiply-accumulates there are
   * @return null where the tool fails on this network
   */
  public static @Nullable Coverage of(
      Network network, Shape input, Convention convention, Convention mac) {
    ForwardPass pass = network.forward(convention.mode(), input);
    Tally tally;
    try {
      tally = convention.counter(network).tally(pass);
    } catch (ToolFailureException e) {
      return null;
    }
    boolean[] seen = new boolean[pass.size()];
    for (Tally.Line line : tally.lines()) {
      Call call = pass.call(line.call());
      // A container that is known and free, as thop's nn.Sequential, hides nothing inside it.
      if (line.amount() != 0 || RowNames.callsNoModule(pass, call)) {
        Arrays.fill(seen, call.index(), call.end(), true);
      }
    }
    Coverage coverage = new Coverage(network);
    ForwardPass whole = network.forward(mac.mode(), input);
    coverage.look(pass, seen, mac, calledIn(whole));
    coverage.measure(whole, mac);
    return coverage;
  }

  private static Set<Callee> calledIn(ForwardPass pass) {
    Set<Callee> called = new HashSet<>();
    for (int i = 0; i < pass.size(); i++) {
      called.add(pass.call(i).callee());
    }
    return called;
  }

  /** What is executed in the tool's own run, and what of it was seen. */
  private void look(ForwardPass pass, boolean[] seen, Convention mac, Set<Callee> known) {
    Map<Integer, Long> products = macs(pass, mac);
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.callee() instanceof Operator operator && operator.arithmetic().isPresent()) {
        Row row = row(pass, call);
        long operations = operator.arithmetic().get().value(call);
        long macs = products.getOrDefault(i, 0L);
        row.operations += operations;
        row.unseenOperations += seen[i] ? 0 : operations;
        row.macsHere += macs;
        row.seenHere += seen[i] ? macs : 0;
        row.fusedSeen |= seen[i] && !known.contains(operator);
      }
    }
  }

  /** What multiply-accumulates there are, at the rows of the tool's own run. */
  private void measure(ForwardPass whole, Convention mac) {
    macs(whole, mac)
        .forEach(
            (index, macs) -> {
              Row row = row(whole, whole.call(index));
              // In a fused run a layer's children may have no calls: then it is the layer's.
              String path = row.path;
              while (row.operations == 0 && !path.isEmpty()) {
                int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('/'));
                path = path.substring(0, Math.max(0, end));
                row = rows.getOrDefault(path, row);
              }
              row.macs += macs;
            });
  }

  private Map<Integer, Long> macs(ForwardPass pass, Convention mac) {
    Map<Integer, Long> macs = new HashMap<>();
    for (Tally.Line line : mac.counter(network).tally(pass).lines()) {
      macs.put(line.call(), line.amount());
    }
    return macs;
  }

  private Row row(ForwardPass pass, Call operator) {
    Call outermost = RowNames.outermost(pass, operator);
    Call owner = pass.call(outermost.parent());
    Module module = (Module) owner.callee();
    if (RowNames.callsNoModule(pass, owner)) {
      return rows.computeIfAbsent(network.path(module), path -> new Row(path, module.key()));
    }
    String path = RowNames.path(network, module, RowNames.function(pass, outermost));
    return rows.computeIfAbsent(path, p -> new Row(p, outermost.callee().key()));
  }

  /** All multiply-accumulates. */
  public long macs() {
    return rows.values().stream().mapToLong(row -> row.macs).sum();
  }

  /** Those that were seen. */
  public long seen() {
    return rows.values().stream().mapToLong(Row::seen).sum();
  }

  /** What was not seen, layers of one kind together, those with most multiply-accumulates first. */
  public List<Gap> gaps() {
    Map<List<String>, Gap> gaps = new LinkedHashMap<>();
    for (Row row : rows.values()) {
      if (row.seen() < row.macs || row.unseenOperations > 0) {
        String place = place(row);
        gaps.merge(
            List.of(place, row.type),
            new Gap(place, row.type, 1, row.seen(), row.macs, row.unseenOperations),
            (a, b) ->
                new Gap(
                    a.place,
                    a.type,
                    a.layers + b.layers,
                    a.seen + b.seen,
                    a.macs + b.macs,
                    a.operations + b.operations));
      }
    }
    List<Gap> sorted = new ArrayList<>(gaps.values());
    sorted.sort(
        Comparator.comparingLong((Gap gap) -> gap.seen - gap.macs)
            .thenComparingLong(gap -> -gap.operations));
    return sorted;
  }

  /** A row's path with {@code *} for numbers, which a function's name keeps. */
  private static String place(Row row) {
    int slash = row.path.indexOf('/');
    String module = slash < 0 ? row.path : row.path.substring(0, slash);
    return module.replaceAll("\\d+", "*") + (slash < 0 ? "" : "/" + row.type);
  }

  /** All in words, from the whole to the least. */
  public String text(LongFunction<String> number) {
    StringBuilder text = new StringBuilder(of(seen(), macs(), number));
    for (Gap gap : gaps()) {
      text.append("; ").append(gap.place.isEmpty() ? "(root)" : gap.place);
      if (!gap.place.endsWith("/" + gap.type)) {
        text.append(' ').append(gap.type);
      }
      text.append(": ")
          .append(
              gap.seen < gap.macs
                  ? of(gap.seen, gap.macs, number)
                  : number.apply(gap.operations) + " operations not seen");
    }
    return text.toString();
  }

  /** One layer in words; null where all of it was seen, or it executes nothing. */
  public @Nullable String text(Layer layer, LongFunction<String> number) {
    Row row = rows.get(layer.path());
    if (row == null || (row.seen() == row.macs && row.unseenOperations == 0)) {
      return null;
    }
    return row.seen() < row.macs
        ? of(row.seen(), row.macs, number)
        : number.apply(row.unseenOperations) + " operations not seen";
  }

  private static String of(long seen, long macs, LongFunction<String> number) {
    return number.apply(seen) + " of " + number.apply(macs) + " MACs seen";
  }
}
