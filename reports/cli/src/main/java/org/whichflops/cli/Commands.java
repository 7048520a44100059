package org.whichflops.cli;

import java.io.Writer;
import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, handing them the writer that results go to. */
final class Commands implements IFactory {
  private final Writer out;

  Commands(Writer out) {
    this.out = out;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    try {
      Constructor<K> constructor = type.getDeclaredConstructor(Writer.class);
      return constructor.newInstance(out);
    } catch (NoSuchMethodException e) {
      return CommandLine.defaultFactory().create(type);
    }
  }
}
