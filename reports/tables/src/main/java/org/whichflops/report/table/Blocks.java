package org.whichflops.report.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the columns of a table stand on a screen: side by side, or where it is too narrow in several
 * blocks below each other, each of which repeats the columns that tell the rows apart. Names are
 * shortened for that, and sentences broken into lines; numbers never.
 *
 * @param columns the columns of each block, as indices
 * @param widths the characters of every column, 0 for those that are left out
 */
@SuppressWarnings("ArrayRecordComponent")
record Blocks(List<List<Integer>> columns, int[] widths) {
  /** Between columns. */
  static final String GAP = "  ";

  /** What a table with sentences is as wide as where nothing limits it. */
  private static final int USUAL_WIDTH = 100;

  private static final int NARROWEST_PROSE = 24;
  private static final int NARROWEST_NAME = 16;

  /**
   * Lays a table out.
   *
   * @param natural the width that each column needs, 0 for one that is empty
   */
  static Blocks of(Screen screen, List<Column> columns, List<String[]> rows, int[] natural) {
    int[] widths = natural.clone();
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0) {
        all.add(i);
      }
    }
    List<List<Integer>> blocks = List.of(all);
    if (screen.isLimited() && needed(all, columns, widths) > screen.width()) {
      for (int i : all) {
        int widest = i == all.get(0) ? screen.width() * 2 / 5 : screen.width();
        if (columns.get(i).kind() == Column.Kind.TEXT) {
          widths[i] = Math.min(widths[i], Math.max(NARROWEST_NAME, widest));
        }
      }
      blocks = broken(screen.width(), all, columns, widths, key(all, columns, rows));
    }
    for (List<Integer> block : blocks) {
      narrowProse(screen.isLimited() ? screen.width() : USUAL_WIDTH, block, columns, widths);
    }
    return new Blocks(blocks, widths);
  }

  /** The width of a block in which sentences are as narrow as they may be. */
  private static int needed(List<Integer> block, List<Column> columns, int[] widths) {
    int needed = -GAP.length();
    for (int i : block) {
      needed += least(columns.get(i), widths[i]) + GAP.length();
    }
    return needed;
  }

  private static int least(Column column, int width) {
    return column.kind() == Column.Kind.PROSE ? Math.min(width, NARROWEST_PROSE) : width;
  }

  /** Fills block after block; a block has one column besides its key at least. */
  private static List<List<Integer>> broken(
      int width, List<Integer> all, List<Column> columns, int[] widths, List<Integer> key) {
    List<List<Integer>> blocks = new ArrayList<>();
    List<Integer> block = new ArrayList<>();
    blocks.add(block);
    int own = 0;
    for (int i : all) {
      block.add(i);
      own++;
      if (own > 1 && needed(block, columns, widths) > width) {
        block.remove(block.size() - 1);
        block = new ArrayList<>(key);
        block.remove((Integer) i); // where the key itself is too wide
        block.add(i);
        blocks.add(block);
        own = 1;
      }
    }
    return blocks;
  }

  /**
   * The columns that tell the rows apart: the first, and as many of those after it that are not the
   * same everywhere as are needed, up to the first count.
   */
  private static List<Integer> key(List<Integer> all, List<Column> columns, List<String[]> rows) {
    List<Integer> key = new ArrayList<>(all.subList(0, 1));
    for (int i : all.subList(1, all.size())) {
      if (columns.get(i).kind() == Column.Kind.COUNT || distinct(rows, key) == rows.size()) {
        break;
      }
      if (distinct(rows, List.of(i)) > 1) {
        key.add(i);
      }
    }
    return key;
  }

  private static int distinct(List<String[]> rows, List<Integer> columns) {
    Set<List<String>> values = new HashSet<>();
    for (String[] row : rows) {
      values.add(columns.stream().map(i -> row[i]).toList());
    }
    return values.size();
  }

  /** Gives a block's columns of sentences an equal part each of the width that the others leave. */
  private static void narrowProse(
      int width, List<Integer> block, List<Column> columns, int[] widths) {
    int others = -GAP.length();
    int prose = 0;
    for (int i : block) {
      boolean sentences = columns.get(i).kind() == Column.Kind.PROSE;
      prose += sentences ? 1 : 0;
      others += sentences ? GAP.length() : widths[i] + GAP.length();
    }
    for (int i : block) {
      if (columns.get(i).kind() == Column.Kind.PROSE) {
        widths[i] = Math.min(widths[i], Math.max(NARROWEST_PROSE, (width - others) / prose));
      }
    }
  }
}
