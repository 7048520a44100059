package org.whichflops.report.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A script or a style sheet that stands inside a page. The page's policy names it by its hash, so
 * that a browser runs it and nothing else.
 *
 * @param text as it stands in the page
 */
public record InlineSource(String text) {
  /** Checks that it can stand inside a page. */
  public InlineSource {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String ends : new String[] {"</script", "</style", "<!--"}) {
      if (lower.contains(ends)) {
        throw new IllegalArgumentException(
            "a source with %s cannot stand in a page".formatted(ends));
      }
    }
  }

  /** Reads a resource beside a class, or with a leading slash from the root of the class path. */
  public static InlineSource of(Class<?> beside, String name) {
    return new InlineSource(text(beside, name));
  }

  /** The same for a library, without the comment that leads to a file which is not there. */
  public static InlineSource ofLibrary(Class<?> beside, String name) {
    String text = text(beside, name);
    int map = text.lastIndexOf("sourceMappingURL=");
    int line = map < 0 ? text.length() : text.lastIndexOf('\n', map) + 1;
    return new InlineSource(text.substring(0, line));
  }

  /** The text of a resource; lines end as a page's lines do, whatever they ended with. */
  public static String text(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The policy of a page with these sources: they are all it may run, show or load.
   *
   * @param scripts what it runs
   * @param styles what it looks by
   */
  public static String policy(List<InlineSource> scripts, List<InlineSource> styles) {
    return "default-src 'none'; script-src %s; style-src %s; base-uri 'none'; form-action 'none'"
        .formatted(hashes(scripts), hashes(styles));
  }

  private static String hashes(List<InlineSource> sources) {
    StringBuilder hashes = new StringBuilder();
    for (InlineSource source : sources) {
      hashes.append(hashes.length() == 0 ? "" : " ").append(source.hash());
    }
    return hashes.length() == 0 ? "'none'" : hashes.toString();
  }

  private String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
