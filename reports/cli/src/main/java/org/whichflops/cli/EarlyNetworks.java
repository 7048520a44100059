package org.whichflops.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Network;
import org.whichflops.zoo.Zoo;

/**
 * Networks that the arguments name, of the zoo or in files, made on a thread of its own while the
 * command line is read, which takes as long. Whether an argument is a model is known only then;
 * what was made for nothing is lost. Of files, those that can be read twice: no pipe.
 *
 * <p>Written without lambdas: a program's first takes milliseconds to link, which this thread can
 * spend and the one that starts it need not.
 */
final class EarlyNetworks {
  /** For who has no arguments yet. */
  static final EarlyNetworks NONE = new EarlyNetworks();

  private final Map<String, Early> made = new ConcurrentHashMap<>();

  private EarlyNetworks() {}

  /** Begins with the first of them. */
  static EarlyNetworks of(String... arguments) {
    EarlyNetworks early = new EarlyNetworks();
    List<Early> inOrder = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) { // the first is the command
      String name = arguments[i];
      if (!name.startsWith("-")) {
        Early one = new Early(name);
        if (early.made.putIfAbsent(name, one) == null) {
          inOrder.add(one);
        }
      }
    }
    if (!inOrder.isEmpty()) {
      new Making(inOrder).start();
    }
    return early;
  }

  /** A network that was asked for, once; null where it was not made early, or cannot be. */
  @Nullable Network take(String name) {
    Early early = made.remove(name);
    return early == null ? null : early.network();
  }

  /** Makes one after the other. */
  private static final class Making extends Thread {
    private final List<Early> all;

    Making(List<Early> all) {
      super("early networks");
      setDaemon(true);
      this.all = all;
    }

    @Override
    public void run() {
      for (Early early : all) {
        if (ModelArguments.looksLikeFile(early.name) || Zoo.mayHave(early.name)) {
          early.network();
        }
      }
    }
  }

  /** One of them. */
  private static final class Early {
    private final String name;
    private boolean tried;
    private @Nullable Network network;

    Early(String name) {
      this.name = name;
    }

    /** Makes it, by whoever comes first; null where it cannot be. */
    synchronized @Nullable Network network() {
      if (!tried) {
        tried = true;
        try {
          network = made();
        } catch (RuntimeException | Error e) {
          network = null; // made once more, where somebody hears what is wrong
        }
      }
      return network;
    }

    private @Nullable Network made() {
      if (!ModelArguments.looksLikeFile(name)) {
        return Zoo.build(name);
      }
      return ModelArguments.isFile(name) ? ModelArguments.file(name) : null;
    }
  }
}
