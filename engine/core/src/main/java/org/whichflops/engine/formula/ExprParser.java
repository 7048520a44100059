package org.whichflops.engine.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions by recursive descent.
 *
 * <pre>
 * sum     = [ "-" ] product { ("+" | "-") product }
 * product = power { ("*" | "//" | "/") power }
 * power   = atom [ "^" atom ]
 * atom    = number | attribute | "numel(" role ")" | "spatial(" role ")" | role "[" dim "]"
 *         | "trunc(" sum ")" | "(" sum ")"
 * </pre>
 */
final class ExprParser {
  private static final int MAX_DEPTH = 100;

  private final String text;
  private int at;
  private int depth;
  private int truncations;

  ExprParser(String text) {
    this.text = text;
  }

  Expr parse() {
    Expr all = sum();
    if (!atEnd()) {
      throw wrong("unexpected '" + text.charAt(at) + "'");
    }
    return all;
  }

  private Expr sum() {
    if (++depth > MAX_DEPTH) {
      throw wrong("nested deeper than " + MAX_DEPTH);
    }
    Expr left = take("-") ? new Negative(product()) : product();
    while (true) {
      if (take("+")) {
        left = new Sum(left, product());
      } else if (take("-")) {
        left = new Difference(left, product());
      } else {
        depth--;
        return left;
      }
    }
  }

  private Expr product() {
    Expr left = power();
    while (true) {
      if (take("*")) {
        left = new Product(left, power());
      } else if (take("//")) {
        left = new FloorQuotient(left, power());
      } else if (take("/")) {
        if (truncations == 0) {
          at = text.lastIndexOf('/', at - 1);
          throw wrong("'/' is floating-point division and stands inside trunc(...); use '//'");
        }
        left = new Quotient(left, power());
      } else {
        return left;
      }
    }
  }

  private Expr power() {
    Expr base = atom();
    return take("^") ? new Power(base, atom()) : base;
  }

  private Expr atom() {
    if (take("(")) {
      Expr inner = sum();
      expect(")");
      return inner;
    }
    if (atEnd()) {
      throw wrong("a number, a quantity or '(' is missing");
    }
    return Character.isDigit(text.charAt(at)) ? new Constant(number()) : quantity();
  }

  private Expr quantity() {
    int start = at;
    String name = name();
    switch (name) {
      case "trunc":
        return truncated();
      case "numel":
        return new Numel(roleInParentheses());
      case "spatial":
        return new Spatial(roleInParentheses());
      default:
        break;
    }
    Role role = roleOf(name);
    if (role != null) {
      return new Size(role, dim());
    }
    Attribute attribute = Attribute.ofSymbol(name);
    if (attribute == null) {
      at = start;
      throw wrong("unknown quantity '%s'; %s".formatted(name, whatIsKnown(name)));
    }
    return attribute;
  }

  /** The nearest names, or all: most names of one or two letters are near. */
  private static String whatIsKnown(String name) {
    List<String> symbols = Arrays.stream(Attribute.values()).map(Attribute::symbol).toList();
    String all = "known are numel(x), spatial(x), x[0], trunc(), " + String.join(", ", symbols);
    List<String> known = new ArrayList<>(symbols);
    known.removeIf(symbol -> symbol.length() == 1);
    known.addAll(List.of("numel", "spatial", "trunc"));
    return name.length() < 3 ? all : NearestNames.suggestion(name, known, all);
  }

  private Expr truncated() {
    expect("(");
    truncations++;
    Expr inner = sum();
    truncations--;
    expect(")");
    return new Truncated(inner);
  }

  private Role roleInParentheses() {
    expect("(");
    int start = at;
    String name = name();
    Role role = roleOf(name);
    if (role == null) {
      at = start;
      throw wrong("'" + name + "' is no tensor; known are x, x2, x3, y, w");
    }
    expect(")");
    return role;
  }

  private static @Nullable Role roleOf(String name) {
    for (Role role : Role.values()) {
      if (role.symbol().equals(name)) {
        return role;
      }
    }
    return null;
  }

  private int dim() {
    expect("[");
    boolean negative = take("-");
    int start = at;
    long dim = number();
    if (dim > 64) {
      at = start;
      throw wrong("a tensor has no dimension " + dim);
    }
    expect("]");
    return (int) (negative ? -dim : dim);
  }

  private String name() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    if (start == at) {
      throw wrong("a name was expected");
    }
    return text.substring(start, at);
  }

  private long number() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    try {
      return Long.parseLong(text.substring(start, at));
    } catch (NumberFormatException e) {
      at = start;
      throw wrong("a whole number below 2^63 was expected");
    }
  }

  private boolean take(String token) {
    skipBlanks();
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    skipBlanks();
    return true;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw wrong("'" + token + "' was expected");
    }
  }

  private boolean atEnd() {
    skipBlanks();
    return at >= text.length();
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private FormulaSyntaxException wrong(String expectation) {
    return new FormulaSyntaxException(text, at + 1, expectation);
  }
}
