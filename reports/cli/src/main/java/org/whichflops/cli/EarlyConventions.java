package org.whichflops.cli;

import org.whichflops.convention.Conventions;

/**
 * Looks up what conventions there are while the arguments are read: both take about as long. Who
 * looks them up in a moment finds the jar's table of contents read and the families' classes
 * loaded, which is what takes the time.
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
