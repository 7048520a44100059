package org.whichflops.convention.torchstat;

import org.whichflops.convention.Counter;
import org.whichflops.convention.Tally;
import org.whichflops.engine.tensor.Course;
import org.whichflops.engine.tensor.ForwardPass;

/** Counts one image whatever the batch. */
final class ImageCounter implements Counter {
  private final OneImage image;
  private final Counter counter;

  ImageCounter(OneImage image, Counter counter) {
    this.image = image;
    this.counter = counter;
  }

  @Override
  public long total(ForwardPass pass) {
    return counter.total(image.of(pass));
  }

  @Override
  public Course course(ForwardPass pass, long kept, long now) {
    return Course.CONSTANT;
  }

  @Override
  public long slope(ForwardPass pass) {
    return 0;
  }

  @Override
  public long parameters(ForwardPass pass) {
    return counter.parameters(pass);
  }

  @Override
  public Tally tally(ForwardPass pass) {
    return counter.tally(image.of(pass));
  }
}
