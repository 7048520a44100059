/**
 * Keras models: {@code .keras} files and the JSON of {@code model.to_json()}, new and old.
 *
 * <p>A layer becomes a module of its exact Keras class. Inside it two things are written down: the
 * functions that do its arithmetic, as Keras runs them on PyTorch (channels first, with padding of
 * their own), and the nodes of the TensorFlow graph that Keras makes of it ({@code tf.Conv2D},
 * {@code tf.BiasAdd}), which is what TensorFlow's profiler looks at.
 */
@NullMarked
package org.whichflops.format.keras;

import org.jspecify.annotations.NullMarked;
