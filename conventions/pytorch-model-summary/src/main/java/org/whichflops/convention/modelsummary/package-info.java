/** What pytorch_model_summary prints. */
@NullMarked
package org.whichflops.convention.modelsummary;

import org.jspecify.annotations.NullMarked;
