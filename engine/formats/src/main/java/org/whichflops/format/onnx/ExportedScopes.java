package org.whichflops.format.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * Where torch.export found a node: module paths from the root inwards, and their classes beside
 * them. The last entry of both is the operator itself.
 *
 * @param paths {@code ['', 'layer1', 'layer1.0', 'layer1.0.conv1', 'conv2d']}
 * @param classes {@code ['models.ResNet', ..., 'torch.nn.modules.conv.Conv2d', 'aten.conv2d']}
 */
record ExportedScopes(List<String> paths, List<String> classes) {
  private static final int DEEPEST = 64;

  /** The entries of a Python list of strings as its {@code repr} writes it. */
  static List<String> list(String text) {
    List<String> entries = new ArrayList<>();
    int at = 0;
    while (at < text.length() && entries.size() < DEEPEST) {
      char quote = text.charAt(at++);
      if (quote == '\'' || quote == '"') {
        int end = text.indexOf(quote, at);
        if (end < 0) {
          break;
        }
        entries.add(text.substring(at, end));
        at = end + 1;
      }
    }
    return entries;
  }
}
