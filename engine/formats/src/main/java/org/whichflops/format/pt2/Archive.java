package org.whichflops.format.pt2;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.whichflops.format.FormatException;

/**
 * The zip archive of a {@code .pt2}, of which only what is asked for is ever read.
 *
 * <p>Torch up to 2.7 writes the program as an entry of its own at the root; from 2.8 on all lies in
 * a folder, whose {@code archive_format} says {@code pt2}.
 */
final class Archive implements AutoCloseable {
  private static final String FLAT = "serialized_exported_program.json";
  private static final String STATE = "serialized_state_dict.pt";
  private static final String WEIGHTS = "data/weights/model_weights_config.json";
  private static final String MARK = "/archive_format";
  private static final long MOST_JSON = 256L << 20;
  private static final int MOST_ENTRIES = 100_000;

  private final String name;
  private final ZipFile zip;

  private Archive(String name, ZipFile zip) {
    this.name = name;
    this.zip = zip;
  }

  /** Opens a file under the name that messages call it. */
  static Archive open(String name, Path path) throws IOException {
    try {
      ZipFile zip = new ZipFile(path.toFile(), ZipFile.OPEN_READ, StandardCharsets.UTF_8);
      if (zip.size() > MOST_ENTRIES) {
        zip.close();
        throw new FormatException(name, "", "its archive has more than 100000 entries");
      }
      return new Archive(name, zip);
    } catch (ZipException | IllegalArgumentException e) {
      throw new FormatException(name, "", "its archive cannot be read: " + e.getMessage());
    }
  }

  /** Whether an archive that begins with an entry of this name is one of the two layouts. */
  static boolean mayBegin(String entry) {
    return entry.equals(FLAT) || entry.contains("/data/weights/") || entry.endsWith(MARK);
  }

  /** Whether this is one of the two layouts. */
  boolean isPt2() {
    return zip.getEntry(FLAT) != null || root() != null;
  }

  private @Nullable String root() {
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      String entry = entries.nextElement().getName();
      if (entry.endsWith(MARK) || entry.equals(MARK.substring(1))) {
        return entry.substring(0, entry.length() - MARK.length() + 1);
      }
    }
    return null;
  }

  /** The one entry with a program. */
  String program() {
    if (zip.getEntry(FLAT) != null) {
      return FLAT;
    }
    String root = root();
    String models = (root == null ? "" : root) + "models/";
    List<String> found = new ArrayList<>();
    zip.entries()
        .asIterator()
        .forEachRemaining(
            entry -> {
              if (entry.getName().startsWith(models) && entry.getName().endsWith(".json")) {
                found.add(entry.getName());
              }
            });
    if (found.isEmpty()) {
      throw new FormatException(
          name, "", "there is no program in it: compiled code alone cannot be counted");
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    String usual = models + "model.json";
    if (found.contains(usual)) {
      return usual;
    }
    throw new FormatException(
        name, models, "%d programs are there and none is model.json".formatted(found.size()));
  }

  /** What the archive says of the tensors that it stores. */
  Stored stored() throws IOException {
    ZipEntry dictionary = zip.getEntry(STATE);
    if (dictionary != null) {
      try (InputStream stream = new BufferedInputStream(stream(STATE))) {
        return StoredTensors.ofStateDict(stream);
      }
    }
    String root = root();
    String config = (root == null ? "" : root) + WEIGHTS;
    if (zip.getEntry(config) == null) {
      return Stored.NOTHING;
    }
    try (InputStream stream = stream(config)) {
      return StoredTensors.ofConfig(name, config, stream);
    }
  }

  /** An entry's bytes, up to the most that a program has. */
  InputStream stream(String entry) throws IOException {
    ZipEntry known = zip.getEntry(entry);
    if (known == null) {
      throw new FormatException(name, entry, "there is no such entry");
    }
    boolean found = false;
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      boolean same = entries.nextElement().getName().equals(entry);
      if (same && found) {
        throw new FormatException(name, entry, "is there more than once");
      }
      found |= same;
    }
    try {
      return new Limited(zip.getInputStream(known), entry);
    } catch (ZipException e) {
      throw new FormatException(name, entry, "cannot be read: " + e.getMessage());
    }
  }

  /** Ends a stream that inflates without end. */
  private final class Limited extends FilterInputStream {
    private final String entry;
    private long left = MOST_JSON;

    Limited(InputStream in, String entry) {
      super(in);
      this.entry = entry;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int count) throws IOException {
      int read = super.read(buffer, from, count);
      left -= Math.max(0, read);
      if (left < 0) {
        throw new FormatException(name, entry, "is larger than %d MiB".formatted(MOST_JSON >> 20));
      }
      return read;
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
