package org.whichflops.format.onnx;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Reads whatever comes as an ONNX file: a network or a FormatException, nothing else and in bounded
 * time. {@code mvn verify -Pfuzz -pl engine/formats -am -Dtest=OnnxFuzzTest
 * -Dsurefire.failIfNoSpecifiedTests=false} looks for more than the seeds.
 */
class OnnxFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void model_isReadOrRefused(byte[] bytes) {
    HostileFileTest.readOrRefuse(bytes);
  }
}
