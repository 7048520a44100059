package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.format.pt2.SizeExpr.Operation.Kind;

/**
 * Reads sizes as torch writes them: sympy's srepr since 2.6, {@code Mul(Integer(32), Symbol('s3',
 * integer=True))}, and plain text before, {@code s0*((s1 - 1)//16 + 1)}. One grammar has both:
 *
 * <pre>
 * sum     = product (("+" | "-") product)*
 * product = power (("*" | "/" | "//" | "%") power)*
 * power   = "-" power | atom ["**" power]
 * atom    = number | name | name "(" argument ("," argument)* ")" | "(" sum ")"
 * </pre>
 */
final class SizeParser {
  private static final int MOST_NESTED = 200;

  /** The text is not of this grammar, or names a function that is not known. */
  private static final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotUnderstood(String message) {
      super(message, null, false, false);
    }
  }

  private final String text;
  private final Symbols symbols;
  private int at;
  private int depth;

  private SizeParser(String text, Symbols symbols) {
    this.text = text;
    this.symbols = symbols;
  }

  /** The expression that a text stands for, or null where it is not understood. */
  static @Nullable SizeExpr parse(String text, Symbols symbols) {
    SizeParser parser = new SizeParser(text, symbols);
    try {
      SizeExpr expr = parser.sum();
      return parser.peek() == 0 ? expr : null;
    } catch (NotUnderstood | ArithmeticException e) {
      return null;
    }
  }

  private SizeExpr sum() {
    if (++depth > MOST_NESTED) {
      throw new NotUnderstood("nested too deeply");
    }
    List<SizeExpr> terms = new ArrayList<>(List.of(product()));
    while (peek() == '+' || peek() == '-') {
      boolean minus = text.charAt(at++) == '-';
      SizeExpr term = product();
      terms.add(minus ? negative(term) : term);
    }
    depth--;
    return all(Kind.SUM, terms);
  }

  private SizeExpr product() {
    SizeExpr left = power();
    while (peek() == '*' || peek() == '/' || peek() == '%') {
      char operator = text.charAt(at++);
      boolean floor = operator == '/' && at < text.length() && text.charAt(at) == '/';
      at += floor ? 1 : 0;
      SizeExpr right = power();
      left =
          switch (operator) {
            case '*' -> product(List.of(left, right));
            case '%' -> two(Kind.REMAINDER, left, right);
            default ->
                floor ? two(Kind.FLOOR_QUOTIENT, left, right) : two(Kind.QUOTIENT, left, right);
          };
    }
    return left;
  }

  private SizeExpr power() {
    if (peek() == '-') {
      at++;
      if (++depth > MOST_NESTED) {
        throw new NotUnderstood("nested too deeply");
      }
      SizeExpr negated = negative(power());
      depth--;
      return negated;
    }
    SizeExpr base = atom();
    if (peek() == '*' && at + 1 < text.length() && text.charAt(at + 1) == '*') {
      at += 2;
      return power(base, power());
    }
    return base;
  }

  private SizeExpr atom() {
    char c = peek();
    if (c == '(') {
      at++;
      SizeExpr inner = sum();
      expect(')');
      return inner;
    }
    String word = word();
    if (Character.isDigit(c)) {
      try {
        return new SizeExpr.Number(Long.parseLong(word));
      } catch (NumberFormatException e) {
        throw new NotUnderstood("no whole number");
      }
    }
    return peek() == '(' ? call(word) : symbols.named(word);
  }

  private SizeExpr call(String function) {
    expect('(');
    if (function.equals("Symbol")) {
      return symbol();
    }
    List<SizeExpr> arguments = new ArrayList<>();
    do {
      arguments.add(sum());
    } while (accept(','));
    expect(')');
    return apply(function, arguments);
  }

  /** {@code 's0', positive=True, integer=True)}: all after the name says nothing about its size. */
  private SizeExpr symbol() {
    expect('\'');
    int end = text.indexOf('\'', at);
    if (end < 0) {
      throw new NotUnderstood("a name ends with a quote");
    }
    String name = text.substring(at, end);
    at = end + 1;
    while (accept(',')) {
      word();
      expect('=');
      word();
    }
    expect(')');
    return symbols.named(name);
  }

  private static SizeExpr apply(String function, List<SizeExpr> of) {
    return switch (function) {
      case "Add" -> all(Kind.SUM, of);
      case "Mul" -> product(of);
      case "Max" -> all(Kind.GREATEST, of);
      case "Min" -> all(Kind.LEAST, of);
      case "Integer", "TruncToInt", "ToFloat", "Identity" -> exactly(1, of).get(0);
      case "Rational", "CleanDiv", "IntTrueDiv", "FloatTrueDiv" -> both(Kind.QUOTIENT, of);
      case "Pow", "PowByNatural" -> power(exactly(2, of).get(0), of.get(1));
      case "FloorDiv" -> both(Kind.FLOOR_QUOTIENT, of);
      case "CeilDiv" -> both(Kind.CEILING_QUOTIENT, of);
      case "Mod", "PythonMod" -> both(Kind.REMAINDER, of);
      case "floor", "FloorToInt" -> rounded(Kind.FLOOR_QUOTIENT, exactly(1, of).get(0));
      case "ceiling", "CeilToInt" -> rounded(Kind.CEILING_QUOTIENT, exactly(1, of).get(0));
      default -> throw new NotUnderstood("unknown function " + function);
    };
  }

  private static List<SizeExpr> exactly(int count, List<SizeExpr> of) {
    if (of.size() != count) {
      throw new NotUnderstood("wrong number of arguments");
    }
    return of;
  }

  private static SizeExpr both(Kind kind, List<SizeExpr> of) {
    return two(kind, exactly(2, of).get(0), of.get(1));
  }

  private static SizeExpr all(Kind kind, List<SizeExpr> of) {
    return of.size() == 1 ? of.get(0) : SizeExpr.of(kind, of);
  }

  /** A quotient of two numbers stays one until it is rounded or multiplied away. */
  private static SizeExpr two(Kind kind, SizeExpr a, SizeExpr b) {
    return kind == Kind.QUOTIENT
        ? new SizeExpr.Operation(kind, List.of(a, b))
        : SizeExpr.of(kind, List.of(a, b));
  }

  private static SizeExpr negative(SizeExpr expr) {
    return product(List.of(new SizeExpr.Number(-1), expr));
  }

  /** A product, its fractions made one: {@code Mul(Rational(1, 2), s0)} is s0 / 2. */
  private static SizeExpr product(List<SizeExpr> of) {
    List<SizeExpr> above = new ArrayList<>();
    List<SizeExpr> below = new ArrayList<>();
    for (SizeExpr factor : of) {
      if (factor instanceof SizeExpr.Operation o && o.kind() == Kind.QUOTIENT) {
        above.add(o.of().get(0));
        below.add(o.of().get(1));
      } else {
        above.add(factor);
      }
    }
    SizeExpr product = all(Kind.PRODUCT, above);
    return below.isEmpty() ? product : two(Kind.QUOTIENT, product, all(Kind.PRODUCT, below));
  }

  private static SizeExpr power(SizeExpr base, SizeExpr exponent) {
    Long constant = exponent.constant();
    if (constant == null || constant < -Long.SIZE || constant > Long.SIZE) {
      throw new NotUnderstood("a power is a small number");
    }
    SizeExpr power =
        SizeExpr.of(Kind.POWER, List.of(base, new SizeExpr.Number(Math.abs(constant))));
    return constant >= 0 ? power : two(Kind.QUOTIENT, new SizeExpr.Number(1), power);
  }

  private static SizeExpr rounded(Kind kind, SizeExpr expr) {
    return expr instanceof SizeExpr.Operation o && o.kind() == Kind.QUOTIENT
        ? SizeExpr.of(kind, o.of())
        : expr;
  }

  private String word() {
    peek();
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    if (from == at) {
      throw new NotUnderstood("a name or number is expected");
    }
    return text.substring(from, at);
  }

  /** The next character that is no space; 0 at the end. */
  private char peek() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean accept(char c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw new NotUnderstood("'" + c + "' is expected");
    }
  }
}
