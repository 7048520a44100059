package org.whichflops.cli;

import org.whichflops.convention.ConventionFamily;

/**
 * Has the jar's table of contents read while the arguments are: both take about as long, and
 * nothing waits for this but whoever needs the jar.
 */
final class JarOpening extends Thread {
  JarOpening() {
    super("jar opening");
    setDaemon(true);
  }

  @Override
  public void run() {
    // What ServiceLoader looks for in a moment; that the jar is open then is all that matters.
    var unused = Main.class.getResource("/META-INF/services/" + ConventionFamily.class.getName());
  }
}
