package org.whichflops.engine.nn;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The exact Python class of a module. Tools that look a module up by its type do not see a
 * subclass, so {@code Conv2dNormActivation} is not {@code Sequential}.
 *
 * @param qualifiedName the class with its Python module: {@code torch.nn.modules.conv.Conv2d}
 * @param base the class it is derived from, null for {@code nn.Module} itself
 * @param key the name that rules look up: {@code nn.Conv2d}, or the qualified name of a foreign
 *     class
 */
public record ModuleType(String qualifiedName, @Nullable ModuleType base, String key) {
  private static final String TORCH = "torch.nn.modules.";

  /** The classes of torch.nn by name: a network has hundreds of modules of a few. */
  private static final Map<String, ModuleType> NN = new ConcurrentHashMap<>();

  /** A class derived from another, or from {@code nn.Module} itself. */
  public ModuleType(String qualifiedName, @Nullable ModuleType base) {
    this(
        qualifiedName,
        base,
        // interned, since tables look for the same text again and again
        (qualifiedName.startsWith(TORCH) ? "nn." + lastPart(qualifiedName) : qualifiedName)
            .intern());
  }

  private static String lastPart(String qualifiedName) {
    return qualifiedName.substring(qualifiedName.lastIndexOf('.') + 1);
  }

  /** A class of {@code torch.nn}, such as {@code ("conv", "Conv2d")}. */
  public static ModuleType nn(String file, String name) {
    ModuleType known = NN.get(name);
    if (known == null) {
      known = new ModuleType(TORCH + file + "." + name, null);
      NN.put(name, known);
    }
    return known;
  }

  /** A class derived from {@code nn.Module} itself. */
  public static ModuleType of(String qualifiedName) {
    return new ModuleType(qualifiedName, null);
  }

  /** A class derived from this one. */
  public ModuleType subclass(String qualifiedName) {
    return new ModuleType(qualifiedName, this);
  }

  /** The class name alone: {@code Conv2d}. */
  public String name() {
    return lastPart(qualifiedName);
  }

  /** Whether a class of that key is this one or one it is derived from, Python's isinstance. */
  public boolean isA(String key) {
    for (ModuleType type = this; type != null; type = type.base) {
      if (type.key().equals(key)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return name();
  }
}
