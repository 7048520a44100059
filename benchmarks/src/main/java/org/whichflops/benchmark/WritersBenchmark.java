package org.whichflops.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.ComparisonTable;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.compare.Sweep;
import org.whichflops.report.table.Caption;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.Format;
import org.whichflops.report.table.TableWriter;
import org.whichflops.report.table.Unit;
import org.whichflops.zoo.Zoo;

/**
 * Writing the long form of a sweep that is there already, a row an operation; and beside each
 * writer its library alone, which is given the same cells and nothing to decide. Markdown has no
 * library: its limit is joining the cells.
 *
 * <p>Run with {@code java -jar benchmarks/target/benchmarks.jar WritersBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WritersBenchmark {
  private static final int ROWS = 2 * 500 * 10;

  private List<Column> columns;
  private List<Object[]> rows;

  /** Makes the rows. */
  @Setup
  public void build() throws IOException {
    List<Network> networks = Stream.of("alexnet", "mobilenet_v2").map(Zoo::build).toList();
    List<Resolution> resolutions =
        LongStream.rangeClosed(1, 500).mapToObj(i -> new Resolution(124 + i, 124 + i)).toList();
    KeptRows kept = new KeptRows();
    ComparisonTable.longForm(kept)
        .write(
            new Sweep(
                networks,
                List.of(1L),
                resolutions,
                CountBenchmark.CONVENTIONS.stream().map(Conventions.installed()::find).toList()));
    columns = kept.columns();
    rows = kept.rows();
    if (rows.size() != ROWS) {
      throw new IllegalStateException(rows.size() + " rows");
    }
  }

  /** CSV. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void csv() throws IOException {
    write(Format.CSV.writer(Writer.nullWriter(), Unit.ONE));
  }

  /** The limit of CSV. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void csvAlone() {
    CsvWriter writer = new CsvWriter(Writer.nullWriter(), new CsvWriterSettings());
    writer.writeHeaders(columns.stream().map(Column::name).toList());
    for (Object[] row : rows) {
      writer.writeRow(row);
    }
    writer.close();
  }

  /** JSON. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void json() throws IOException {
    write(Format.JSON.writer(Writer.nullWriter(), Unit.ONE));
  }

  /** The limit of JSON. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void jsonAlone() throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(Writer.nullWriter())) {
      json.writeStartArray();
      for (Object[] row : rows) {
        json.writeStartObject();
        for (int i = 0; i < row.length; i++) {
          json.writeFieldName(columns.get(i).name());
          if (row[i] instanceof Long number) {
            json.writeNumber(number);
          } else {
            json.writeString((String) row[i]);
          }
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  /** A workbook. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void xlsx() throws IOException {
    write(Format.XLSX.binaryWriter(OutputStream.nullOutputStream(), Caption.NONE));
  }

  /** The limit of a workbook: values without styles, widths or notes. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void xlsxAlone() throws IOException {
    try (Workbook workbook = new Workbook(OutputStream.nullOutputStream(), "Benchmark", null)) {
      Worksheet sheet = workbook.newWorksheet("Table");
      for (int k = 0; k < rows.size(); k++) {
        Object[] row = rows.get(k);
        for (int i = 0; i < row.length; i++) {
          if (row[i] instanceof Long number) {
            sheet.value(k, i, number);
          } else {
            sheet.value(k, i, (String) row[i]);
          }
        }
      }
    }
  }

  /** Markdown. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void markdown() throws IOException {
    write(Format.MARKDOWN.writer(Writer.nullWriter(), Unit.ONE));
  }

  /** The limit of Markdown. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void markdownAlone() throws IOException {
    Writer out = Writer.nullWriter();
    StringBuilder line = new StringBuilder();
    for (Object[] row : rows) {
      line.setLength(0);
      line.append('|');
      for (Object cell : row) {
        line.append(' ').append(cell).append(" |");
      }
      out.append(line.append('\n'));
    }
  }

  private void write(TableWriter table) throws IOException {
    table.begin(columns);
    for (Object[] row : rows) {
      table.row(row);
    }
    table.close();
  }
}
