package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.format.description.Syntax.Kind;

/** Reads one line of Python: an expression, an assignment or a return. */
final class Parser {
  private static final int DEEPEST = 100;
  private static final int NEGATION = 2;
  private static final int DIGITS_OF_LONG = 19;
  private static final Set<String> UNKNOWN_STATEMENTS =
      Set.of("for", "if", "while", "def", "with", "import", "lambda");

  /** What stands where the text has ended. */
  private static final char END = '\0';

  private final String text;

  /** Where the next token begins: never at a space. */
  private int at;

  private int depth;

  private Parser(String text) {
    this.text = text;
    to(0);
  }

  /** Reads one expression without commas outside of brackets. */
  static Syntax constant(String text) {
    Parser parser = new Parser(text);
    Syntax expression = parser.expression(0);
    parser.end();
    return expression;
  }

  /** Reads an expression. */
  static Syntax expression(String text) {
    Parser parser = new Parser(text);
    Syntax expression = parser.tuple();
    parser.end();
    return expression;
  }

  /** Reads a statement of a forward. */
  static Syntax statement(String text) {
    Parser parser = new Parser(text);
    Syntax statement = parser.statement();
    parser.end();
    return statement;
  }

  private Syntax statement() {
    int start = at;
    String word = text.substring(at, endOfName());
    if (word.equals("return")) {
      to(at + word.length());
      return piece(Kind.RETURN, word, start, tuple());
    }
    if (UNKNOWN_STATEMENTS.contains(word)) {
      throw error(
          "a forward has assignments and a return only; write out what '%s' does".formatted(word));
    }
    Syntax left = tuple();
    String operator = assignment();
    if (operator.isEmpty()) {
      return left;
    }
    to(at + operator.length());
    return piece(Kind.ASSIGNMENT, operator, start, left, tuple());
  }

  /** The assignment that stands here: {@code =}, {@code +=} and its like, or empty. */
  private String assignment() {
    boolean equals = after(1) == '=';
    return switch (next()) {
      case '=' -> equals ? "" : "=";
      case '+' -> equals ? "+=" : "";
      case '-' -> equals ? "-=" : "";
      case '*' -> equals ? "*=" : "";
      case '/' -> equals ? "/=" : "";
      default -> "";
    };
  }

  /** One expression, or several with commas between, which make a tuple. */
  private Syntax tuple() {
    int start = at;
    Syntax first = expression(0);
    if (next() != ',') {
      return first;
    }
    List<Syntax> items = new ArrayList<>();
    items.add(first);
    while (take(',')) {
      if (at < text.length() && next() != '=') {
        items.add(expression(0));
      }
    }
    return new Syntax(Kind.LIST, "", null, List.copyOf(items), start);
  }

  /** An expression whose operators outside of brackets bind as tightly as said, or tighter. */
  private Syntax expression(int tightness) {
    if (++depth > DEEPEST) {
      throw error("brackets deeper than %d".formatted(DEEPEST));
    }
    Syntax left = postfix();
    String operator = operator();
    while (tightness(operator) >= tightness) {
      to(at + operator.length());
      Syntax right = expression(tightness(operator) + 1);
      left = piece(Kind.BINARY, operator, left.offset(), left, right);
      operator = operator();
    }
    depth--;
    return left;
  }

  /** The operator of two values that stands here; empty where there is none. */
  private String operator() {
    char c = next();
    boolean twice = after(1) == c;
    String operator =
        switch (c) {
          case '=' -> twice ? "==" : "";
          case '!' -> after(1) == '=' ? "!=" : "";
          case '+' -> "+";
          case '-' -> "-";
          case '*' -> twice ? "**" : "*";
          case '/' -> twice ? "//" : "/";
          case '%' -> "%";
          case '@' -> "@";
          default -> "";
        };
    return after(operator.length()) == '=' ? "" : operator;
  }

  private static int tightness(String operator) {
    return switch (operator) {
      case "==", "!=" -> 0;
      case "+", "-" -> 1;
      case "*", "//", "/", "%", "@" -> NEGATION;
      case "**" -> 3;
      default -> -1;
    };
  }

  private Syntax postfix() {
    Syntax value = atom();
    while (true) {
      switch (next()) {
        case '.' -> {
          int start = at + 1;
          to(start);
          value = piece(Kind.ATTRIBUTE, name(), start, value);
        }
        case '(' -> {
          to(at + 1);
          value = call(value);
        }
        case '[' -> {
          to(at + 1);
          value = subscript(value);
        }
        default -> {
          return value;
        }
      }
    }
  }

  private Syntax call(Syntax function) {
    List<Syntax> parts = new ArrayList<>();
    parts.add(function);
    while (!take(')')) {
      int start = at;
      if (take('*')) {
        parts.add(piece(Kind.SPREAD, "*", start, expression(0)));
      } else {
        Syntax argument = expression(0);
        if (argument.kind() == Kind.NAME && assignment().equals("=")) {
          to(at + 1);
          argument = piece(Kind.KEYWORD, argument.text(), start, expression(0));
        }
        parts.add(argument);
      }
      if (next() != ')' && !take(',')) {
        throw error("expected ',' or ')'");
      }
    }
    return new Syntax(Kind.CALL, "", null, List.copyOf(parts), function.offset());
  }

  private Syntax subscript(Syntax value) {
    List<Syntax> parts = new ArrayList<>();
    parts.add(value);
    do {
      if (next() == ']') {
        break;
      }
      parts.add(index());
    } while (take(','));
    if (!take(']')) {
      throw error("expected ']'");
    }
    return new Syntax(Kind.SUBSCRIPT, "", null, List.copyOf(parts), value.offset());
  }

  private Syntax index() {
    int start = at;
    if (text.startsWith("...", at)) {
      to(at + 3);
      return piece(Kind.NAME, "...", start);
    }
    Syntax first = next() == ':' ? none() : expression(0);
    if (!take(':')) {
      return first;
    }
    char next = next();
    Syntax last = next == ':' || next == ']' || next == ',' ? none() : expression(0);
    Syntax step = take(':') && next() != ']' && next() != ',' ? expression(0) : none();
    return piece(Kind.SLICE, ":", start, first, last, step);
  }

  private Syntax none() {
    return piece(Kind.NAME, "None", at);
  }

  private Syntax atom() {
    int start = at;
    if (at == text.length()) {
      throw error("the line ends where something is expected");
    }
    char c = text.charAt(at);
    if (c == '-') {
      to(at + 1);
      return piece(Kind.NEGATIVE, "-", start, expression(NEGATION));
    }
    if (c == '(' || c == '[') {
      to(at + 1);
      return list(c == '(' ? ')' : ']', start);
    }
    if (c == '\'' || c == '"') {
      return quoted(c, start);
    }
    if (Character.isDigit(c) || c == '.') {
      return number(start);
    }
    return piece(Kind.NAME, name(), start);
  }

  private Syntax list(char close, int start) {
    List<Syntax> items = new ArrayList<>();
    boolean comma = close == ']';
    while (!take(close)) {
      items.add(expression(0));
      if (take(',')) {
        comma = true;
      } else if (next() != close) {
        throw error("expected ',' or '%s'".formatted(close));
      }
    }
    return items.size() == 1 && !comma
        ? items.get(0)
        : new Syntax(Kind.LIST, "", null, List.copyOf(items), start);
  }

  private Syntax quoted(char quote, int start) {
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw error("the text is not closed");
    }
    String value = text.substring(at + 1, end);
    to(end + 1);
    return piece(Kind.TEXT, value, start);
  }

  private Syntax number(int start) {
    int end = start;
    while (end < text.length() && isOfNumber(end, start)) {
      end++;
    }
    String digits = text.substring(start, end);
    Number value = end - start < DIGITS_OF_LONG ? small(digits) : null;
    if (value == null) {
      digits = digits.replace("_", "");
      value = number(digits);
    }
    to(end);
    return new Syntax(Kind.NUMBER, digits, value, List.of(), start);
  }

  /** A whole number that is nothing but digits, as nearly all are; null for any other. */
  private static @Nullable Long small(String digits) {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      number = 10 * number + c - '0';
    }
    return number;
  }

  private Number number(String digits) {
    boolean whole = digits.indexOf('.') < 0 && digits.indexOf('e') < 0 && digits.indexOf('E') < 0;
    try {
      return whole ? (Number) Long.valueOf(digits) : (Number) Double.valueOf(digits);
    } catch (NumberFormatException e) {
      throw error("'%s' is no number".formatted(digits));
    }
  }

  private boolean isOfNumber(int place, int start) {
    char c = text.charAt(place);
    return isOfName(c)
        || c == '.'
        || ((c == '-' || c == '+') && place > start && (text.charAt(place - 1) | 0x20) == 'e');
  }

  private String name() {
    int end = endOfName();
    if (end == at) {
      throw error(
          at == text.length()
              ? "the line ends where a name is expected"
              : "'%s' is not expected here".formatted(text.charAt(at)));
    }
    String name = text.substring(at, end);
    to(end);
    return name;
  }

  private int endOfName() {
    int end = at;
    while (end < text.length() && isOfName(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private Syntax piece(Kind kind, String text, int offset) {
    return new Syntax(kind, text, null, List.of(), offset);
  }

  private Syntax piece(Kind kind, String text, int offset, Syntax... parts) {
    return new Syntax(kind, text, null, List.of(parts), offset);
  }

  /** Goes on at a place, or after the spaces there. */
  private void to(int place) {
    at = place;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char next() {
    return after(0);
  }

  /** What stands so many characters further on. */
  private char after(int characters) {
    return at + characters < text.length() ? text.charAt(at + characters) : END;
  }

  private boolean take(char token) {
    if (next() == token) {
      to(at + 1);
      return true;
    }
    return false;
  }

  private void end() {
    if (at < text.length()) {
      throw error("'%s' is not expected here".formatted(text.charAt(at)));
    }
  }

  private SyntaxError error(String problem) {
    return new SyntaxError(at, problem);
  }
}
