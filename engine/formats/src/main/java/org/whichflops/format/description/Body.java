package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.format.FormatException;
import org.whichflops.format.description.Syntax.Kind;
import org.whichflops.format.json.Json;

/**
 * The statements of a forward, run over tensors without data.
 *
 * @param inputs the names of the inputs
 * @param numbers what the arguments of a definition are
 */
record Body(
    List<String> inputs, List<Statement> statements, Map<String, @Nullable Object> numbers) {
  /** A statement, and the line that it is written in. */
  record Statement(Syntax syntax, Json line) {
    FormatException error(String problem) {
      return syntax.error(problem).in(line);
    }
  }

  private static final int MOST_CALLS = 500_000;

  /** Runs the statements; what they return are tensors. */
  Tensor[] run(Module module, Tensor... given) {
    if (given.length != inputs.size()) {
      throw new ShapeException(
          "%s takes %d inputs, %s, but is given %d"
              .formatted(module.type(), inputs.size(), String.join(", ", inputs), given.length));
    }
    Map<String, @Nullable Object> names = new HashMap<>(numbers);
    for (int i = 0; i < given.length; i++) {
      names.put(inputs.get(i), given[i]);
    }
    Evaluator evaluator = new Evaluator(module, names, given[0].pass());
    Object last = null;
    Statement at = null;
    for (Statement statement : statements) {
      if (given[0].pass().size() > MOST_CALLS) {
        throw new ShapeException("a forward makes more than %d calls".formatted(MOST_CALLS));
      }
      last = run(evaluator, statement);
      at = statement;
      if (statement.syntax().kind() == Kind.RETURN) {
        break;
      }
    }
    List<Tensor> results = new ArrayList<>();
    collect(last, results);
    if (results.isEmpty()) {
      throw at == null
          ? new ShapeException(module.type() + " has an empty forward")
          : placed(at.error("a forward returns tensors, not " + Values.text(last)));
    }
    return results.toArray(Tensor[]::new);
  }

  /** A statement, whose failure names its place in the file once. */
  private static @Nullable Object run(Evaluator evaluator, Statement statement) {
    try {
      return evaluator.statement(statement.syntax());
    } catch (SyntaxError e) {
      throw placed(e.in(statement.line()));
    } catch (ShapeException e) {
      throw e.getCause() instanceof FormatException
          ? e
          : placed(statement.error(String.valueOf(e.getMessage())));
    } catch (ArithmeticException e) {
      throw placed(statement.error("a tensor has more than 2^63 - 1 elements"));
    } catch (IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException
        | IndexOutOfBoundsException e) {
      throw placed(statement.error(String.valueOf(e.getMessage())));
    }
  }

  private static ShapeException placed(FormatException e) {
    ShapeException placed = new ShapeException(String.valueOf(e.getMessage()));
    placed.initCause(e);
    return placed;
  }

  /** Tensors may come in lists of lists; a forward of the engine returns them side by side. */
  private static void collect(@Nullable Object value, List<Tensor> into) {
    if (value instanceof Tensor tensor) {
      into.add(tensor);
    } else if (value instanceof List<?> list) {
      list.forEach(item -> collect(item, into));
    }
  }
}
