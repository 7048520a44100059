/** What DeepSpeed's profiler and calflops print. */
@NullMarked
package org.whichflops.convention.deepspeed;

import org.jspecify.annotations.NullMarked;
