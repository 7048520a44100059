package org.whichflops.format.onnx;

/** Which elements of a small known tensor stand where in another, in row-major order. */
final class Indexing {
  /** The place, in the tensor read, of the element at given coordinates of the tensor made. */
  interface Place {
    int of(long[] at);
  }

  private Indexing() {}

  /** The numbers of a tensor of the given sizes, each taken from its place. */
  static Numbers of(Numbers from, long[] sizes, Place place) {
    int count = (int) TensorInfo.numel(sizes);
    int[] places = new int[count];
    long[] at = new long[sizes.length];
    for (int i = 0; i < count; i++) {
      places[i] = place.of(at);
      for (int dim = sizes.length - 1; dim >= 0 && ++at[dim] == sizes[dim]; dim--) {
        at[dim] = 0;
      }
    }
    return from.at(places);
  }

  /** The place of an element in row-major order. */
  static int flat(long[] sizes, long[] at) {
    long place = 0;
    for (int i = 0; i < sizes.length; i++) {
      place = place * sizes[i] + at[i];
    }
    return (int) place;
  }

  /** A tensor's numbers spread over larger sizes. */
  static Numbers broadcast(Numbers from, long[] old, long[] sizes) {
    int added = sizes.length - old.length;
    return of(
        from,
        sizes,
        at -> {
          long place = 0;
          for (int i = 0; i < old.length; i++) {
            place = place * old[i] + (old[i] == 1 ? 0 : at[i + added]);
          }
          return (int) place;
        });
  }
}
