package org.whichflops.format.pt2;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.whichflops.engine.nn.Network;
import org.whichflops.format.Content;
import org.whichflops.format.FormatException;
import org.whichflops.format.ModelFormat;

/** What {@code torch.export.save} writes. */
public final class Pt2Format implements ModelFormat {
  private static final int HEADER = 30;
  private static final int LOCAL_HEADER = 0x504b0304;

  @Override
  public String name() {
    return "PyTorch .pt2";
  }

  @Override
  public boolean recognises(Content content) throws IOException {
    byte[] start = content.start();
    if (start.length < Integer.BYTES || ByteBuffer.wrap(start).getInt() != LOCAL_HEADER) {
      return false;
    }
    try (Archive archive = Archive.open(content.name(), content.file())) {
      return archive.isPt2();
    } catch (FormatException e) {
      return Archive.mayBegin(firstEntry(content)); // reading it will say what is wrong
    }
  }

  private static String firstEntry(Content content) throws IOException {
    byte[] start = content.start();
    if (start.length < HEADER) {
      return "";
    }
    int length = (start[26] & 0xff) | (start[27] & 0xff) << 8;
    return new String(
        start, HEADER, Math.min(length, start.length - HEADER), StandardCharsets.UTF_8);
  }

  @Override
  public Network read(Content content) throws IOException {
    try (Archive archive = Archive.open(content.name(), content.file())) {
      String entry = archive.program();
      try (InputStream stream = archive.stream(entry)) {
        Program program = ProgramParser.parse(content.name(), entry, stream);
        return NetworkBuilder.build(content.name(), program, archive.stored());
      } catch (IOException e) {
        throw new FormatException(content.name(), entry, "cannot be read: " + e.getMessage());
      }
    }
  }
}
