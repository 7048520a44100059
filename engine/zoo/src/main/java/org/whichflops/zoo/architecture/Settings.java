package org.whichflops.zoo.architecture;

import java.util.Map;

/** The values that an architecture's options have in one request. */
public final class Settings {
  private final Map<String, Object> values;

  Settings(Map<String, Object> values) {
    this.values = Map.copyOf(values);
  }

  /** The value of an option: the one given, or its fallback. */
  @SuppressWarnings("unchecked") // a value was made by the reader of the option of that name
  public <T> T get(Option<T> option) {
    Object value = values.get(option.name());
    return value == null ? option.fallback() : (T) value;
  }
}
