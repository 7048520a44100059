package org.whichflops.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A .pt2 of ResNet-18 with weights in it: a test's file, which has none, and a hundred entries
 * beside, stored as torch.export.save of torch 2.13 stores them.
 */
final class StoredWeights {
  private static final Path WITHOUT =
      ReadersBenchmark.FILES.resolve("pt2/torch2.13.resnet18.static.pt2");
  private static final String FOLDER = "resnet18.static/data/weights/weight_";
  private static final int ENTRIES = 100;

  private StoredWeights() {}

  /** Writes it to a temporary file, with so many bytes of weights, all zero. */
  static Path of(long bytes) throws IOException {
    Path file = Files.createTempFile("weights", ".pt2");
    long each = bytes / ENTRIES;
    CRC32 check = new CRC32();
    for (long left = each; left > 0; left -= SparseFile.ZEROS.length) {
      check.update(SparseFile.ZEROS, 0, (int) Math.min(left, SparseFile.ZEROS.length));
    }
    try (ZipFile without = new ZipFile(WITHOUT.toFile());
        ZipOutputStream out = new ZipOutputStream(new SparseFile(file))) {
      for (int i = 0; i < ENTRIES; i++) {
        ZipEntry weight = new ZipEntry(FOLDER + i);
        weight.setMethod(ZipEntry.STORED);
        weight.setSize(each);
        weight.setCrc(check.getValue());
        out.putNextEntry(weight);
        SparseFile.zeros(out, each);
      }
      Enumeration<? extends ZipEntry> entries = without.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        out.putNextEntry(new ZipEntry(entry.getName()));
        try (InputStream in = without.getInputStream(entry)) {
          in.transferTo(out);
        }
      }
    }
    return file;
  }
}
