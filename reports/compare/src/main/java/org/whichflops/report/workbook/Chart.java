package org.whichflops.report.workbook;

import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xddf.usermodel.XDDFColor;
import org.apache.poi.xddf.usermodel.XDDFLineProperties;
import org.apache.poi.xddf.usermodel.XDDFSolidFillProperties;
import org.apache.poi.xddf.usermodel.chart.AxisCrosses;
import org.apache.poi.xddf.usermodel.chart.AxisOrientation;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.AxisTickLabelPosition;
import org.apache.poi.xddf.usermodel.chart.BarDirection;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.LegendPosition;
import org.apache.poi.xddf.usermodel.chart.MarkerStyle;
import org.apache.poi.xddf.usermodel.chart.XDDFBarChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xddf.usermodel.chart.XDDFLineChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFNumericalDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFValueAxis;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFDrawing;

/**
 * A chart of cells, and of what they hold, for programs that do not look there.
 *
 * @param title what stands above it
 * @param sheet the sheet that it stands on and whose cells it shows
 * @param categories what is compared: texts in a column
 * @param series the numbers: a column each
 */
record Chart(String title, Grid sheet, Categories categories, List<Series> series) {
  /** Cells below each other. */
  record Categories(int row, int column, List<String> texts) {}

  /** Numbers beside the categories, and the cell with their name. */
  record Series(int headRow, int column, String name, List<Long> numbers) {}

  /** How it is drawn. */
  enum Kind {
    /** A line a series. */
    LINES,
    /** Upright bars, side by side. */
    COLUMNS,
    /** Bars to the right or left, the first on top. */
    BARS
  }

  /** How many series are told apart, also by eyes that do not see all colours. */
  static final int MOST = 8;

  /** Okabe and Ito's colours. */
  private static final int[] COLORS = {
    0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000, 0xF0E442
  };

  private static final double TITLE_POINTS = 12;
  private static final double LINE_POINTS = 2;
  private static final long THOUSAND = 1000;

  /** Room that it takes: rows, and columns. */
  static final int HEIGHT = 20;

  private static final int WIDTH = 9;

  /** Draws it beside a table. */
  void draw(Kind kind, int row, int column) {
    XSSFDrawing drawing = sheet.drawing();
    XSSFChart chart =
        drawing.createChart(
            drawing.createAnchor(0, 0, 0, 0, column, row, column + WIDTH, row + HEIGHT - 1));
    chart.setTitleText(title);
    chart.setTitleOverlay(false);
    chart.getTitle().getBody().getParagraph(0).getTextRuns().get(0).setFontSize(TITLE_POINTS);
    boolean bars = kind == Kind.BARS;
    if (series.size() > 1) {
      chart.getOrAddLegend().setPosition(LegendPosition.BOTTOM);
    }
    XDDFCategoryAxis across =
        chart.createCategoryAxis(bars ? AxisPosition.LEFT : AxisPosition.BOTTOM);
    XDDFValueAxis up = chart.createValueAxis(bars ? AxisPosition.BOTTOM : AxisPosition.LEFT);
    up.setCrosses(bars ? AxisCrosses.MAX : AxisCrosses.AUTO_ZERO);
    up.setNumberFormat(format());
    across.setTickLabelPosition(AxisTickLabelPosition.LOW);
    if (bars) {
      across.setOrientation(AxisOrientation.MAX_MIN);
    }
    XDDFChartData data =
        chart.createData(kind == Kind.LINES ? ChartTypes.LINE : ChartTypes.BAR, across, up);
    data.setVaryColors(false);
    if (data instanceof XDDFBarChartData barData) {
      barData.setBarDirection(bars ? BarDirection.BAR : BarDirection.COL);
    }
    for (Series one : series) {
      XDDFChartData.Series drawn = data.addSeries(names(), numbers(one));
      drawn.setTitle(
          one.name(), new CellReference(sheet.name(), one.headRow(), one.column(), true, true));
      color(drawn, COLORS[data.getSeriesCount() - 1]);
    }
    chart.plot(data);
  }

  private static void color(XDDFChartData.Series series, int rgb) {
    byte[] bytes = {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb};
    XDDFSolidFillProperties fill = new XDDFSolidFillProperties(XDDFColor.from(bytes));
    if (series instanceof XDDFLineChartData.Series line) {
      line.setSmooth(false);
      line.setMarkerStyle(MarkerStyle.NONE);
      XDDFLineProperties pen = new XDDFLineProperties(fill);
      pen.setWidth(LINE_POINTS);
      line.setLineProperties(pen);
    } else {
      series.setFillProperties(fill);
    }
  }

  /** Numbers on the axis in the unit that suits the largest. */
  private String format() {
    long largest = 0;
    for (Series one : series) {
      for (long number : one.numbers()) {
        largest = Math.max(largest, Math.abs(number));
      }
    }
    StringBuilder format = new StringBuilder("#,##0.0");
    String unit = "";
    for (String next : new String[] {"K", "M", "G", "T"}) {
      if (largest >= THOUSAND) {
        largest /= THOUSAND;
        format.append(',');
        unit = next;
      }
    }
    return unit.isEmpty() ? "#,##0" : format + "\" " + unit + "\"";
  }

  private XDDFCategoryDataSource names() {
    return XDDFDataSourcesFactory.fromArray(
        categories.texts().toArray(String[]::new), range(categories.column()));
  }

  private XDDFNumericalDataSource<Double> numbers(Series one) {
    List<Double> numbers = new ArrayList<>();
    one.numbers().forEach(number -> numbers.add((double) number));
    return XDDFDataSourcesFactory.fromArray(numbers.toArray(Double[]::new), range(one.column()));
  }

  /** A column beside the categories, or theirs. */
  private String range(int column) {
    int last = categories.row() + categories.texts().size() - 1;
    return "%s!%s:%s"
        .formatted(sheet.name(), Cells.fixed(categories.row(), column), Cells.fixed(last, column));
  }
}
