package org.whichflops.report.formula;

import java.util.ArrayList;
import java.util.List;

/**
 * Which sizes of a subject a polynomial can be in, and which are held at one value.
 *
 * @param courses the variables
 * @param held the others, each with its value and why, in words
 */
record Variables(List<Course> courses, List<String> held) {
  Variables {
    courses = List.copyOf(courses);
    held = List.copyOf(held);
  }

  static Variables of(Subject subject, long[] own, Counts counts) {
    List<Course> courses = new ArrayList<>();
    List<String> held = new ArrayList<>();
    List<Course> refused = new ArrayList<>();
    List<String> symbols = subject.symbols();
    for (int i = 0; i < symbols.size(); i++) {
      Course course = Course.of(new Axis(symbols.get(i), List.of(i)), counts, own);
      if (course.isFound()) {
        courses.add(course);
      } else if (course.takesOthers()) {
        held.add(noPolynomial(symbols.get(i), own[i]));
      } else {
        refused.add(course);
      }
    }
    List<Integer> sides = refused.stream().flatMap(c -> c.axis().sizes().stream()).toList();
    if (sides.equals(List.of(1, 2)) && own[1] == own[2]) {
      Course square = Course.of(new Axis("S", sides), counts, own);
      if (square.isFound()) {
        courses.add(square);
        held.add("H = W = S: the network takes squares only");
        refused.clear();
      }
    }
    for (Course course : refused) {
      held.add(
          "%s = %d: the network takes no other"
              .formatted(course.axis().symbol(), course.axis().of(own)));
    }
    return new Variables(courses, held);
  }

  private static String noPolynomial(String symbol, long value) {
    return "%s = %d: no polynomial in %s was found".formatted(symbol, value, symbol);
  }

  /** The same with every size held but those of some symbols. */
  Variables only(List<String> symbols, long[] own) {
    List<Course> kept = new ArrayList<>();
    List<String> all = new ArrayList<>(held);
    for (Course course : courses) {
      if (symbols.contains(course.axis().symbol())) {
        kept.add(course);
      } else {
        all.add(noPolynomial(course.axis().symbol(), course.axis().of(own)));
      }
    }
    return new Variables(kept, all);
  }
}
