/** The rules papers on language models use. */
@NullMarked
package org.whichflops.convention.languagemodels;

import org.jspecify.annotations.NullMarked;
