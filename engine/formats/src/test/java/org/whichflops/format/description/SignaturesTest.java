package org.whichflops.format.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.description.Syntax.Kind;

class SignaturesTest {
  private static final Syntax CALL = new Syntax(Kind.CALL, "", null, List.of(), 0);

  @Test
  void table_isReadAsPythonWritesIt() {
    Signatures table = new Signatures("relu relu6(input, inplace)\nview(input, *sizes)\nt()\n");
    assertThat(table.names()).containsExactly("relu", "relu6", "t", "view");
    assertThat(table.find("relu")).isEqualTo(new Signature(List.of("input", "inplace"), false));
    assertThat(table.find("relu6")).isEqualTo(table.find("relu"));
    assertThat(table.find("view")).isEqualTo(new Signature(List.of("input", "sizes"), true));
    assertThat(table.find("t")).isEqualTo(new Signature(List.of(), false));
    assertThat(table.find("tan")).isNull();
  }

  static Collection<String> functions() {
    return FunctionTable.names();
  }

  /** Given a tensor alone, it works or says what else it needs. */
  @ParameterizedTest
  @MethodSource("functions")
  void functionInTheTable_doesSomething(String name) {
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    Passed tensor = new Passed(List.of(pass.input(1, 4, 8, 8)), Map.of());
    doesSomething(() -> Objects.requireNonNull(FunctionTable.call(name, CALL, tensor, pass)));
  }

  static Collection<String> modules() {
    return TorchModules.names();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void moduleInTheTable_isMade(String name) {
    Passed nothing = new Passed(List.of(), Map.of());
    doesSomething(() -> TorchModules.maker(name, CALL, nothing).get());
  }

  private static void doesSomething(ThrowingCallable code) {
    try {
      code.call();
    } catch (SyntaxError e) {
      assertThat(e.getMessage()).isNotBlank();
    } catch (Throwable e) {
      assertThat(e).isInstanceOfAny(ShapeException.class, IllegalArgumentException.class);
    }
  }

  /** The second argument of F.relu is inplace, the third of F.leaky_relu: torch's documentation. */
  @ParameterizedTest
  @CsvSource({
    "F.relu(x), aten.relu",
    "'F.relu(x, True)', aten.relu_",
    "'F.leaky_relu(x, 0.2)', aten.leaky_relu",
    "'F.leaky_relu(x, 0.2, True)', aten.leaky_relu_",
    "'F.hardtanh(x, 0, 6, inplace=True)', aten.hardtanh_",
  })
  void inplaceByPosition_isUnderstood(String call, String operator) {
    ForwardPass pass =
        DescriptionTest.read("{\"input\": [1, 8], \"forward\": [\"return " + call + "\"]}")
            .forward(Mode.DECOMPOSED);
    assertThat(pass.call(pass.size() - 1).callee().key()).isEqualTo(operator);
  }
}
