/** What onnx-tool prints. */
@NullMarked
package org.whichflops.convention.onnxtool;

import org.jspecify.annotations.NullMarked;
