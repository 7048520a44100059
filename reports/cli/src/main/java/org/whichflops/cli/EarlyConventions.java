package org.whichflops.cli;

import org.whichflops.convention.Conventions;

/**
 * Looks up what conventions there are while the arguments are read: both take about as long, most
 * of it to read the jar's table of contents. Who asks for them in a moment finds them there.
 */
final class EarlyConventions extends Thread {
  EarlyConventions() {
    super("early conventions");
    setDaemon(true);
  }

  @Override
  public void run() {
    var unused = Conventions.installed();
  }
}
