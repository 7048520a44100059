package org.whichflops.custom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Rule;
import org.whichflops.engine.tensor.Operator;

/**
 * What a rule can see: the modules, functions and methods of PyTorch 2.6 (the names that {@code
 * dir()} lists in torch.nn, torch.nn.functional, torch and torch.Tensor, in {@code
 * torch-2.6-names.txt}), the engine's operators, whatever a built-in convention sees, and any class
 * or function of another library by its full name.
 */
final class KnownNames {
  /** The heights at which calls are seen. */
  enum Height {
    MODULES,
    FUNCTIONS,
    OPERATORS
  }

  private static final String FILE = "torch-2.6-names.txt";

  private final Set<String> names = new TreeSet<>();

  KnownNames(Conventions installed) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(KnownNames.class.getResourceAsStream(FILE)),
                StandardCharsets.UTF_8))) {
      lines.lines().forEach(names::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Operator operator : Operator.all()) {
      names.add(operator.key());
      names.add(operator.variantKey());
    }
    for (Convention convention : installed.all()) {
      for (Rule rule : convention.rules().rules()) {
        names.addAll(rule.keys());
      }
    }
  }

  /** Whether a rule can see this, as far as can be known. */
  boolean has(String key) {
    int bracket = key.endsWith("]") ? key.indexOf('[') : -1;
    return names.contains(key)
        || isForeign(key)
        // a variant that a convention tells apart: aten.batch_norm[folded]
        || (bracket > 0 && names.contains(key.substring(0, bracket)));
  }

  /** All names but those of other libraries. */
  Set<String> all() {
    return names;
  }

  private static boolean isForeign(String key) {
    int dot = key.indexOf('.');
    return dot > 0
        && dot < key.length() - 1
        && !Set.of("nn", "F", "torch", "Tensor", "aten").contains(key.substring(0, dot));
  }

  /** The height at which something is seen; a class of another library begins with a capital. */
  static Height height(String key) {
    if (key.startsWith("aten.")) {
      return Height.OPERATORS;
    }
    if (key.startsWith("F.") || key.startsWith("torch.") || key.startsWith("Tensor.")) {
      return Height.FUNCTIONS;
    }
    char first = key.charAt(key.lastIndexOf('.') + 1);
    return Character.isUpperCase(first) ? Height.MODULES : Height.FUNCTIONS;
  }
}
