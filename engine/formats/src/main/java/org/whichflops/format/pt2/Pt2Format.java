package org.whichflops.format.pt2;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.whichflops.engine.nn.Network;
import org.whichflops.format.Content;
import org.whichflops.format.FormatException;
import org.whichflops.format.ModelFormat;

/** What {@code torch.export.save} writes. */
public final class Pt2Format implements ModelFormat {
  private static final int LOCAL_HEADER = 0x504b0304;

  @Override
  public String name() {
    return "PyTorch .pt2";
  }

  @Override
  public boolean recognises(Content content) throws IOException {
    byte[] start = content.bytes(0, Integer.BYTES);
    if (start.length < Integer.BYTES || java.nio.ByteBuffer.wrap(start).getInt() != LOCAL_HEADER) {
      return false;
    }
    try (Archive archive = Archive.open(content.name(), content.file())) {
      return archive.isPt2();
    } catch (FormatException e) {
      return false;
    }
  }

  @Override
  public Network read(Content content) throws IOException {
    try (Archive archive = Archive.open(content.name(), content.file())) {
      String entry = archive.program();
      try (InputStream stream = archive.stream(entry)) {
        Program program = ProgramParser.parse(content.name(), entry, stream);
        return NetworkBuilder.build(content.name(), program, archive.stored());
      } catch (ZipException | EOFException e) {
        throw new FormatException(content.name(), entry, "cannot be read: " + e.getMessage());
      }
    }
  }
}
