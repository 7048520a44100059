package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.format.FormatException;
import org.whichflops.format.description.Syntax.Kind;
import org.whichflops.format.json.Json;

/** Reads one line of Python: an expression, an assignment or a return. */
final class Parser {
  private static final int DEEPEST = 100;
  private static final String[] AUGMENTED = {"+=", "-=", "*=", "/="};
  private static final String[][] LEVELS = {
    {"==", "!="}, {"+", "-"}, {"*", "//", "/", "%", "@"}, {"**"}
  };

  private final Json source;
  private final String text;
  private int at;
  private int depth;

  private Parser(Json source, String text) {
    this.source = source;
    this.text = text;
  }

  /** Reads an expression that stands beside a value, in its name. */
  static Syntax constant(Json source, String text) {
    Parser parser = new Parser(source, text);
    Syntax expression = parser.expression(0);
    parser.end();
    return expression;
  }

  /** Reads an expression. */
  static Syntax expression(Json source) {
    Parser parser = new Parser(source, source.text());
    Syntax expression = parser.tuple();
    parser.end();
    return expression;
  }

  /** Reads a statement of a forward. */
  static Syntax statement(Json source) {
    Parser parser = new Parser(source, source.text());
    Syntax statement = parser.statement();
    parser.end();
    return statement;
  }

  private Syntax statement() {
    skip();
    int start = at;
    if (word("return")) {
      return piece(Kind.RETURN, "return", start, tuple());
    }
    for (String keyword : new String[] {"for", "if", "while", "def", "with", "import", "lambda"}) {
      if (word(keyword)) {
        at = start;
        throw error(
            "a forward has assignments and a return only; write out what '%s' does"
                .formatted(keyword));
      }
    }
    Syntax left = tuple();
    for (String operator : AUGMENTED) {
      if (take(operator)) {
        return piece(Kind.ASSIGNMENT, operator, start, left, tuple());
      }
    }
    if (!text.startsWith("==", at) && take("=")) {
      return piece(Kind.ASSIGNMENT, "=", start, left, tuple());
    }
    return left;
  }

  /** One expression, or several with commas between, which make a tuple. */
  private Syntax tuple() {
    skip();
    int start = at;
    Syntax first = expression(0);
    if (!peek(",")) {
      return first;
    }
    List<Syntax> items = new ArrayList<>(List.of(first));
    while (take(",")) {
      if (at < text.length() && !peek("=")) {
        items.add(expression(0));
      }
    }
    return new Syntax(Kind.LIST, "", null, List.copyOf(items), source, start);
  }

  private Syntax expression(int level) {
    if (++depth > DEEPEST) {
      throw error("brackets deeper than %d".formatted(DEEPEST));
    }
    Syntax left = level == LEVELS.length ? postfix() : expression(level + 1);
    while (level < LEVELS.length) {
      String operator = operator(level);
      if (operator == null) {
        break;
      }
      left = piece(Kind.BINARY, operator, left.offset(), left, expression(level + 1));
    }
    depth--;
    return left;
  }

  private @Nullable String operator(int level) {
    skip();
    for (String operator : LEVELS[level]) {
      boolean longer =
          text.startsWith(operator + "=", at)
              || (operator.equals("*") && text.startsWith("**", at))
              || (operator.equals("/") && text.startsWith("//", at));
      if (!longer && text.startsWith(operator, at)) {
        at += operator.length();
        return operator;
      }
    }
    return null;
  }

  private Syntax postfix() {
    Syntax value = atom();
    while (true) {
      if (take(".")) {
        int start = at;
        value = piece(Kind.ATTRIBUTE, name(), start, value);
      } else if (take("(")) {
        value = call(value);
      } else if (take("[")) {
        value = subscript(value);
      } else {
        return value;
      }
    }
  }

  private Syntax call(Syntax function) {
    List<Syntax> parts = new ArrayList<>(List.of(function));
    while (!take(")")) {
      skip();
      int start = at;
      if (take("*")) {
        parts.add(piece(Kind.SPREAD, "*", start, expression(0)));
      } else {
        Syntax argument = expression(0);
        if (argument.kind() == Kind.NAME && !text.startsWith("==", at) && take("=")) {
          argument = piece(Kind.KEYWORD, argument.text(), start, expression(0));
        }
        parts.add(argument);
      }
      if (!peek(")") && !take(",")) {
        throw error("expected ',' or ')'");
      }
    }
    return new Syntax(Kind.CALL, "", null, List.copyOf(parts), source, function.offset());
  }

  private Syntax subscript(Syntax value) {
    List<Syntax> parts = new ArrayList<>(List.of(value));
    do {
      if (peek("]")) {
        break;
      }
      parts.add(index());
    } while (take(","));
    if (!take("]")) {
      throw error("expected ']'");
    }
    return new Syntax(Kind.SUBSCRIPT, "", null, List.copyOf(parts), source, value.offset());
  }

  private Syntax index() {
    skip();
    int start = at;
    if (take("...")) {
      return piece(Kind.NAME, "...", start);
    }
    Syntax first = peek(":") ? none() : expression(0);
    if (!take(":")) {
      return first;
    }
    Syntax last = peek(":") || peek("]") || peek(",") ? none() : expression(0);
    Syntax step = take(":") && !peek("]") && !peek(",") ? expression(0) : none();
    return piece(Kind.SLICE, ":", start, first, last, step);
  }

  private Syntax none() {
    return piece(Kind.NAME, "None", at);
  }

  private Syntax atom() {
    skip();
    int start = at;
    if (at == text.length()) {
      throw error("the line ends where something is expected");
    }
    char c = text.charAt(at);
    if (take("-")) {
      return piece(Kind.NEGATIVE, "-", start, expression(2));
    }
    if (c == '(' || c == '[') {
      at++;
      return list(c == '(' ? ")" : "]", start);
    }
    if (c == '\'' || c == '"') {
      return quoted(c, start);
    }
    if (Character.isDigit(c) || c == '.') {
      return number(start);
    }
    return piece(Kind.NAME, name(), start);
  }

  private Syntax list(String close, int start) {
    List<Syntax> items = new ArrayList<>();
    boolean comma = close.equals("]");
    while (!take(close)) {
      items.add(expression(0));
      if (take(",")) {
        comma = true;
      } else if (!peek(close)) {
        throw error("expected ',' or '%s'".formatted(close));
      }
    }
    return items.size() == 1 && !comma
        ? items.get(0)
        : new Syntax(Kind.LIST, "", null, List.copyOf(items), source, start);
  }

  private Syntax quoted(char quote, int start) {
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw error("the text is not closed");
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return piece(Kind.TEXT, value, start);
  }

  private Syntax number(int start) {
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at))
            || text.charAt(at) == '.'
            || text.charAt(at) == '_'
            || (at > start
                && (text.charAt(at) == '-' || text.charAt(at) == '+')
                && Character.toLowerCase(text.charAt(at - 1)) == 'e'))) {
      at++;
    }
    String digits = text.substring(start, at).replace("_", "");
    try {
      Number value =
          digits.indexOf('.') < 0 && digits.toLowerCase(java.util.Locale.ROOT).indexOf('e') < 0
              ? (Number) Long.valueOf(digits)
              : (Number) Double.valueOf(digits);
      return new Syntax(Kind.NUMBER, digits, value, List.of(), source, start);
    } catch (NumberFormatException e) {
      at = start;
      throw error("'%s' is no number".formatted(digits));
    }
  }

  private String name() {
    skip();
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    if (at == start) {
      throw error(
          at == text.length()
              ? "the line ends where a name is expected"
              : "'%s' is not expected here".formatted(text.charAt(at)));
    }
    return text.substring(start, at);
  }

  private Syntax piece(Kind kind, String text, int offset, Syntax... parts) {
    return new Syntax(kind, text, null, List.of(parts), source, offset);
  }

  private void skip() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean peek(String token) {
    skip();
    return text.startsWith(token, at);
  }

  private boolean take(String token) {
    if (peek(token)) {
      at += token.length();
      return true;
    }
    return false;
  }

  private boolean word(String word) {
    int end = at + word.length();
    boolean whole =
        text.startsWith(word, at)
            && (end == text.length()
                || !(Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_'));
    at += whole ? word.length() : 0;
    return whole;
  }

  private void end() {
    skip();
    if (at < text.length()) {
      throw error("'%s' is not expected here".formatted(text.charAt(at)));
    }
  }

  private FormatException error(String problem) {
    return source.error(at, problem);
  }
}
