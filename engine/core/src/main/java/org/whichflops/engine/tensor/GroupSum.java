package org.whichflops.engine.tensor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Constant;
import org.whichflops.engine.formula.Difference;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.formula.Negative;
import org.whichflops.engine.formula.Product;
import org.whichflops.engine.formula.Sum;
import org.whichflops.engine.formula.Term;

/**
 * What a formula comes to over all calls of a group, by the laws of sums: a sum of differences is
 * the difference of two sums, and a factor that all calls have in common stands before the sum. So
 * formulas that differ in such factors only share the sum, as {@code 2 * numel(x)} and {@code
 * numel(x)} do.
 */
public final class GroupSum {
  private final ForwardPass pass;
  private final CallGroup group;
  private final Formula formula;
  private Part @Nullable [] parts;

  /** What the formula reads from calls, and the courses from which its own was found. */
  private Column[] reads = {};

  private Course[] courses = {};
  private @Nullable Course course;
  private @Nullable Polynomial polynomial;
  private @Nullable Symbols polynomialOf;
  private boolean usesReals;
  private boolean asked;
  private long value;
  private int valueOf = Column.NEVER;

  GroupSum(CallGroup group, Formula formula) {
    this.pass = group.pass();
    this.group = group;
    this.formula = formula;
  }

  private Part[] parts() {
    Part[] known = parts;
    if (known == null) {
      List<Part> all = new ArrayList<>();
      for (Term term : formula.terms()) {
        add(group, term.expr(), 1, all);
      }
      known = all.toArray(new Part[0]);
      parts = known;
    }
    return known;
  }

  /** What it comes to for whatever input, or null where that is not known, or no polynomial. */
  @Nullable Polynomial polynomial() {
    Symbols symbols = pass.symbols();
    if (symbols != polynomialOf) {
      polynomialOf = symbols;
      polynomial = null;
      if (symbols != null) {
        SymbolicCount counts = new SymbolicCount(symbols);
        polynomial = group.polynomial(formula, counts);
        usesReals = counts.usesReals();
      }
    }
    return polynomial;
  }

  /** Whether {@link #polynomial} holds below 2<sup>53</sup> only, where doubles are exact. */
  boolean usesReals() {
    return usesReals;
  }

  /** The first time, all that is read from a call is asked at once. */
  private void askTogether() {
    Set<Column> unasked = new LinkedHashSet<>();
    for (Part part : parts()) {
      part.unasked(unasked);
    }
    if (unasked.size() > 1) {
      Column.askTogether(unasked);
    }
    asked = true;
  }

  private static void add(CallGroup group, Expr expr, long factor, List<Part> all) {
    if (expr instanceof Sum sum) {
      add(group, sum.left(), factor, all);
      add(group, sum.right(), factor, all);
    } else if (expr instanceof Difference difference) {
      add(group, difference.left(), factor, all);
      add(group, difference.right(), Math.negateExact(factor), all);
    } else if (expr instanceof Negative negative) {
      add(group, negative.inner(), Math.negateExact(factor), all);
    } else {
      all.add(part(group, expr, factor));
    }
  }

  private static Part part(CallGroup group, Expr expr, long factor) {
    List<Column> sized = new ArrayList<>();
    List<Column> fixed = new ArrayList<>();
    long constant = factor;
    for (Expr one : factors(expr, new ArrayList<>())) {
      if (one instanceof Constant number) {
        constant = Math.multiplyExact(constant, number.number());
      } else {
        Column column = group.column(one);
        (column.isFixed() ? fixed : sized).add(column);
      }
    }
    Column common = group.product(fixed);
    Column differing = group.product(sized);
    if (common == null || differing == null) {
      Column only = common == null ? differing : common;
      return new Part(constant, only == null ? group.column(new Constant(1)) : only, null, null);
    }
    return new Part(constant, differing, common, group.product(List.of(differing, common)));
  }

  private static List<Expr> factors(Expr expr, List<Expr> found) {
    if (expr instanceof Product product) {
      factors(product.left(), found);
      factors(product.right(), found);
    } else {
      found.add(expr);
    }
    return found;
  }

  /**
   * A number times the sum of a column.
   *
   * @param fixed what the column is to be multiplied with call by call, if anything; fixed by
   *     arguments
   * @param product that product
   */
  private record Part(
      long factor, Column column, @Nullable Column fixed, @Nullable Column product) {
    /** What has not been asked of any call yet. */
    void unasked(Set<Column> found) {
      column.unasked(found);
      if (fixed != null) {
        fixed.unasked(found);
      }
    }

    /** What each call comes to. */
    void addTo(long[] sums, int[] places) {
      if (!isNothing()) {
        differing().addTo(common(), sums, places);
      }
    }

    long value() {
      long common = common();
      return common == 0 && column.hasValues() ? 0 : Math.multiplyExact(common, differing().sum());
    }

    /** What all calls have as a factor. */
    private long common() {
      return fixed == null || !fixed.isUniform()
          ? factor
          : Math.multiplyExact(factor, fixed.first());
    }

    /** The rest of the product. */
    private Column differing() {
      return product == null || fixed == null || fixed.isUniform() ? column : product;
    }

    /** Whether it is 0 whatever the sizes; but each quantity has been asked for once. */
    private boolean isNothing() {
      return column.hasValues() && common() == 0;
    }
  }

  /**
   * Adds what each call comes to, to one element of an array.
   *
   * @param places the element for each call
   * @throws ArithmeticException as {@link #value} does
   */
  public void addTo(long[] sums, int[] places) {
    for (Part part : parts()) {
      part.addTo(sums, places);
    }
  }

  /** Keeps what calls have in this run, for {@link #course}. */
  void keep() {
    if (reads.length == 0) {
      List<Expr> all = new ArrayList<>();
      for (Term term : formula.terms()) {
        ColumnCourse.reads(term.expr(), all);
      }
      reads = all.stream().map(group::column).distinct().toArray(Column[]::new);
      courses = new Course[reads.length];
    }
    for (Column read : reads) {
      read.keep();
    }
  }

  /**
   * How the sum depends on the batch, from the run that was kept and this one.
   *
   * @param kept the batch of that run
   * @param now the batch of this one
   */
  Course course(long kept, long now) {
    boolean known = course != null;
    for (int i = 0; i < reads.length; i++) {
      Course one = reads[i].compare(kept, now);
      known &= one == courses[i];
      courses[i] = one;
    }
    Course found = course;
    if (!known || found == null) {
      ColumnCourse columns = new ColumnCourse(group, kept, now);
      found = Course.NOTHING;
      for (Term term : formula.terms()) {
        found = found.plus(columns.of(term.expr()));
      }
      course = columns.lookedAtNumbers() ? null : found;
    }
    return found;
  }

  /**
   * The sum for what the pass holds now, exactly.
   *
   * @throws ArithmeticException past 2<sup>63</sup> - 1, or where a call has no value
   * @throws org.whichflops.engine.formula.UnknownQuantityException where a call lacks a quantity
   */
  public long value() {
    int now = pass.run();
    if (valueOf != now) {
      Polynomial known = polynomial();
      value = known != null ? known.value() : sum();
      if (known != null && usesReals && value >= PassSum.EXACT) {
        value = sum();
      }
      valueOf = now;
    }
    return value;
  }

  private long sum() {
    if (!asked) {
      askTogether();
    }
    long sum = 0;
    for (Part part : parts()) {
      sum = Math.addExact(sum, part.value());
    }
    return sum;
  }
}
