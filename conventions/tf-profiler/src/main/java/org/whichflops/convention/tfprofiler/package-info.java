/** What TensorFlow's profiler prints. */
@NullMarked
package org.whichflops.convention.tfprofiler;

import org.jspecify.annotations.NullMarked;
