package org.whichflops.format.description;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of Python, and where in its text it stands. It does not know where that text stands: the
 * same text in many places of a file is one piece.
 *
 * @param kind what it is
 * @param text a name, a text's value, or an operator
 * @param number the value of a number
 * @param parts what it is made of: operands, or the function and its arguments
 * @param offset where in the text
 */
record Syntax(Kind kind, String text, @Nullable Number number, List<Syntax> parts, int offset) {
  /** What a piece of Python is. */
  enum Kind {
    /** {@code x}. */
    NAME,
    /** {@code 3} or {@code 0.5}. */
    NUMBER,
    /** {@code 'same'}. */
    TEXT,
    /** {@code (a, b)} or {@code [a, b]}. */
    LIST,
    /** {@code a.name}. */
    ATTRIBUTE,
    /** {@code a(b, name=c)}: the function, then the arguments. */
    CALL,
    /** {@code name=c} among arguments. */
    KEYWORD,
    /** {@code *c} among arguments. */
    SPREAD,
    /** {@code a[b]}: the value, then the indices. */
    SUBSCRIPT,
    /** {@code a:b:c} in a subscript; a missing one is the name None. */
    SLICE,
    /** {@code -a}. */
    NEGATIVE,
    /** {@code a + b}. */
    BINARY,
    /** {@code a = b}, {@code a += b}: the target, then the value. */
    ASSIGNMENT,
    /** {@code return a}. */
    RETURN
  }

  /** A complaint about this piece. */
  SyntaxError error(String problem) {
    return new SyntaxError(offset, problem);
  }

  /** Whether this is a call whose arguments mean the same wherever it stands. */
  boolean hasConstantArguments() {
    return !parts.isEmpty() && areConstant(parts.subList(1, parts.size()));
  }

  private static boolean areConstant(List<Syntax> parts) {
    for (Syntax part : parts) {
      boolean constant =
          switch (part.kind) {
            case NUMBER, TEXT -> true;
            case NAME ->
                part.text.equals("True") || part.text.equals("False") || part.text.equals("None");
            case LIST, NEGATIVE, KEYWORD -> areConstant(part.parts);
            default -> false;
          };
      if (!constant) {
        return false;
      }
    }
    return true;
  }

  /** The name that an attribute path spells, such as {@code F.relu}; empty where it is none. */
  String path() {
    if (kind == Kind.NAME) {
      return text;
    }
    if (kind == Kind.ATTRIBUTE) {
      String before = parts.get(0).path();
      return before.isEmpty() ? "" : before + "." + text;
    }
    return "";
  }

  /** The first name of an attribute path: {@code F} of {@code F.relu}; empty where it is none. */
  String head() {
    Syntax first = this;
    while (first.kind == Kind.ATTRIBUTE) {
      first = first.parts.get(0);
    }
    return first.kind == Kind.NAME ? first.text : "";
  }
}
