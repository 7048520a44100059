package org.whichflops.report.compare;

import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;

/** Where a call belongs in a list of layers. */
final class RowNames {
  private RowNames() {}

  /** Whether a call is a module's. */
  static boolean isModule(ForwardPass pass, int index) {
    return index >= 0 && pass.call(index).callee().kind() == Callee.Kind.MODULE;
  }

  /** Whether no module is called inside a call. */
  static boolean callsNoModule(ForwardPass pass, Call call) {
    for (int i = call.index() + 1; i < call.end(); i++) {
      if (isModule(pass, i)) {
        return false;
      }
    }
    return true;
  }

  /** The call that a module made itself and that a call is, or is inside of. */
  static Call outermost(ForwardPass pass, Call call) {
    Call outermost = call;
    while (!isModule(pass, outermost.parent())) {
      outermost = pass.call(outermost.parent());
    }
    return outermost;
  }

  /** The module that a call is made in. */
  static Module owner(ForwardPass pass, Call call) {
    Call owner = pass.call(call.parent());
    while (!(owner.callee() instanceof Module)) {
      owner = pass.call(owner.parent());
    }
    return (Module) owner.callee();
  }

  /** A function's name among those that its caller calls: #2 for the second. */
  static String function(ForwardPass pass, Call call) {
    Call owner = pass.call(call.parent());
    while (!(owner.callee() instanceof Module)) {
      owner = pass.call(owner.parent());
    }
    int occurrence = 1;
    for (int i = owner.index() + 1; i < call.index(); i++) {
      Call earlier = pass.call(i);
      if (earlier.callee() == call.callee() && earlier.parent() == call.parent()) {
        occurrence++;
      }
    }
    return call.callee().key() + (occurrence == 1 ? "" : "#" + occurrence);
  }

  /** The path of a function's row. */
  static String path(Network network, Module module, String function) {
    return network.path(module) + "/" + function;
  }
}
