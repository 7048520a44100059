package org.whichflops.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Network;
import org.whichflops.zoo.Zoo;

/**
 * Networks of the zoo that the arguments name, made on a thread of its own while the command line
 * is read, which takes as long. Whether an argument is a model is known only then; what was made
 * for nothing is lost.
 */
final class EarlyNetworks {
  /** For who has no arguments yet. */
  static final EarlyNetworks NONE = new EarlyNetworks();

  private final Map<String, FutureTask<Network>> made = new ConcurrentHashMap<>();

  private EarlyNetworks() {}

  /** Begins with the first of them. */
  static EarlyNetworks of(String... arguments) {
    EarlyNetworks early = new EarlyNetworks();
    Map<String, FutureTask<Network>> inOrder = new LinkedHashMap<>();
    for (int i = 1; i < arguments.length; i++) { // the first is the command
      String name = arguments[i];
      if (!name.startsWith("-") && !ModelArguments.looksLikeFile(name)) {
        inOrder.computeIfAbsent(name, any -> new FutureTask<>(() -> Zoo.build(any)));
      }
    }
    early.made.putAll(inOrder);
    if (!inOrder.isEmpty()) {
      Thread thread = new Thread(() -> make(inOrder), "early networks");
      thread.setDaemon(true);
      thread.start();
    }
    return early;
  }

  private static void make(Map<String, FutureTask<Network>> all) {
    all.forEach(
        (name, task) -> {
          if (Zoo.mayHave(name)) {
            task.run();
          }
        });
  }

  /** A network that was asked for, once; null where it was not made early, or cannot be. */
  @Nullable Network take(String name) {
    FutureTask<Network> task = made.remove(name);
    if (task == null) {
      return null;
    }
    task.run(); // here, unless it has begun there
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      return null; // made once more, it says what is wrong
    }
  }
}
