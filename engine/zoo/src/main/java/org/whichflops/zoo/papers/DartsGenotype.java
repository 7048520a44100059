package org.whichflops.zoo.papers;

import static org.whichflops.zoo.papers.DartsOperation.AVG_POOL_3;
import static org.whichflops.zoo.papers.DartsOperation.DILATED_3;
import static org.whichflops.zoo.papers.DartsOperation.MAX_POOL_3;
import static org.whichflops.zoo.papers.DartsOperation.SEPARABLE_3;
import static org.whichflops.zoo.papers.DartsOperation.SKIP;

import java.util.List;

/**
 * The two cells that a search of DARTS found, cnn/genotypes.py: in each, two edges for each of four
 * nodes.
 *
 * @param normal the cell that keeps the resolution
 * @param reduction the cell that halves it
 */
record DartsGenotype(List<Edge> normal, List<Edge> reduction) {
  /**
   * An operation over an earlier state: 0 and 1 are the cell's inputs, 2 and more its nodes.
   *
   * @param operation what is done
   * @param state to which state
   */
  record Edge(DartsOperation operation, int state) {}

  /** Found with first-order approximation. */
  static final DartsGenotype V1 =
      new DartsGenotype(
          List.of(
              new Edge(SEPARABLE_3, 1),
              new Edge(SEPARABLE_3, 0),
              new Edge(SKIP, 0),
              new Edge(SEPARABLE_3, 1),
              new Edge(SKIP, 0),
              new Edge(SEPARABLE_3, 1),
              new Edge(SEPARABLE_3, 0),
              new Edge(SKIP, 2)),
          List.of(
              new Edge(MAX_POOL_3, 0),
              new Edge(MAX_POOL_3, 1),
              new Edge(SKIP, 2),
              new Edge(MAX_POOL_3, 0),
              new Edge(MAX_POOL_3, 0),
              new Edge(SKIP, 2),
              new Edge(SKIP, 2),
              new Edge(AVG_POOL_3, 0)));

  /** Found with second-order approximation. */
  static final DartsGenotype V2 =
      new DartsGenotype(
          List.of(
              new Edge(SEPARABLE_3, 0),
              new Edge(SEPARABLE_3, 1),
              new Edge(SEPARABLE_3, 0),
              new Edge(SEPARABLE_3, 1),
              new Edge(SEPARABLE_3, 1),
              new Edge(SKIP, 0),
              new Edge(SKIP, 0),
              new Edge(DILATED_3, 2)),
          List.of(
              new Edge(MAX_POOL_3, 0),
              new Edge(MAX_POOL_3, 1),
              new Edge(SKIP, 2),
              new Edge(MAX_POOL_3, 1),
              new Edge(MAX_POOL_3, 0),
              new Edge(SKIP, 2),
              new Edge(SKIP, 2),
              new Edge(MAX_POOL_3, 1)));
}
