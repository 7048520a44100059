package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page of a report, driven in a real browser. */
class ReportPageTest {
  private static final String LAYERS = "#layers-table .tabulator-tableholder .tabulator-row";
  private static final String HEAD = "#layers-table .tabulator-col[tabulator-field='%s']";

  /** Names that would be markup, scripts, formulas, placeholders or control characters. */
  private static final String HOSTILE =
      """
      {"input": [1, 3, 8, 8], "modules": {
        "<img src=x onerror=alert(1)>": "Conv2d(3, 4, 3)",
        "=1+1": "ReLU()",
        "</script><script>alert(1)//": "Conv2d(4, 4, 3)",
        "<!--": "ReLU()",
        "@x\\u202ey": "ReLU()",
        "-2": "Conv2d(4, 4, 1)",
        "+a\\u0001\\tb": "ReLU()",
        "{{data}}": "ReLU()"}}
      """;

  @TempDir private static Path folder;
  private static Browser browser;
  private static Path two;
  private static Path hostile;
  private static Path hostileModel;

  @BeforeAll
  static void writePages() throws IOException {
    two = page("two.html", "resnet18", "mobilenet_v3_small");
    hostileModel = Files.writeString(folder.resolve("<b>&'=.json"), HOSTILE);
    hostile = page("hostile.html", hostileModel.toString());
    browser = Browser.open();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void openPage() throws IOException {
    browser.look(1280, 900, "light");
    open(two);
  }

  private static void open(Path page) throws IOException {
    browser.complaints();
    browser.requests();
    browser.open(page);
  }

  private static Path page(String name, String... request) {
    Path file = folder.resolve(name);
    List<String> line = new ArrayList<>(List.of("report"));
    line.addAll(List.of(request));
    line.addAll(List.of("-o", file.toString()));
    run(line.toArray(String[]::new));
    return file;
  }

  private static String run(String... line) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertThat(Main.run(out, new PrintWriter(err, true), line)).as(err.toString()).isZero();
    return out.toString();
  }

  private static String layers(String... request) {
    List<String> line = new ArrayList<>(List.of("layers"));
    line.addAll(List.of(request));
    line.addAll(List.of("--format", "csv"));
    return run(line.toArray(String[]::new));
  }

  private static List<String> names() {
    return browser.textsOnceDrawn(LAYERS + " [tabulator-field='name']");
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
  void page_keepsNobodyOut_drawsEveryChart_andLoadsNothing(int width, String scheme)
      throws IOException {
    browser.look(width, 900, scheme);
    open(two);
    for (String chart : List.of("ladder-chart", "waterfall-chart", "sweep-chart")) {
      Object colors =
          browser.js(
              "const c = document.getElementById(arguments[0]);"
                  + "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                  + "const seen = new Set(); let painted = 0;"
                  + "for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 0) {"
                  + " painted++; seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]); }"
                  + "return painted > 2000 ? seen.size : 0",
              chart);
      assertThat((Long) colors).as(chart).isGreaterThan(10);
      // What is drawn is also said, and stands in a table.
      assertThat(browser.element("#" + chart).getAttribute("aria-label")).hasSizeGreaterThan(20);
      String table = "#" + chart.replace("-chart", "-table") + " tbody tr";
      assertThat(browser.texts(table)).hasSizeGreaterThan(3);
    }
    Object overflow =
        browser.js(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(overflow).as("what hangs over the window's edge").isEqualTo(0L);
    browser.js(
        "document.querySelectorAll('section:not(#conventions) details, #conventions details:first-of-type')"
            + ".forEach(d => { d.open = true }); return true");
    assertThat(browser.barriers()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).containsOnly(two.toUri().toString());
  }

  @Test
  void layers_sortByExactCounts() {
    browser.click("#tree");
    String mac = HEAD.formatted("n3");
    browser.click(mac);
    browser.element(mac).sendKeys(Keys.ENTER);
    assertThat(browser.element(mac).getAttribute("aria-sort")).isEqualTo("descending");
    List<Long> counts =
        layers("resnet18")
            .lines()
            .skip(1)
            .map(line -> Long.valueOf(line.split(",")[7]))
            .sorted(Comparator.reverseOrder())
            .toList();
    List<String> shown = browser.texts(LAYERS + " [tabulator-field='n3']");
    assertThat(shown).hasSizeGreaterThan(5);
    for (int i = 0; i < shown.size(); i++) {
      assertThat(Long.valueOf(shown.get(i).replace(",", ""))).isEqualTo(counts.get(i));
    }
  }

  @Test
  void search_leavesLayersThatMatch_andTheGroupsAroundThem() {
    browser.element("#search").sendKeys("downsample conv");
    assertThat(names()).contains("layer2", "downsample").doesNotContain("conv1", "layer1", "fc");
    assertThat(browser.element("#layers-words").getText()).contains("3 of ");
    assertThat(browser.element("#status").getText()).contains("3 of ");
    browser.element("#search").sendKeys("no such layer");
    assertThat(browser.element("#layers-table").getText()).contains("No layer matches.");
  }

  @Test
  void tree_foldsByMouseAndKeyboard_withSumsInItsGroups() {
    assertThat(names()).contains("layer1", "0", "1").doesNotContain("conv2");
    browser.show("#layers");
    browser.click("#fold");
    assertThat(names()).contains("layer1", "fc").doesNotContain("0");
    browser.js(
        "[...document.querySelectorAll(arguments[0])].find(row => row.textContent.startsWith('layer1'))"
            + ".querySelector('button').focus(); return true",
        LAYERS);
    browser.focused().sendKeys(Keys.ENTER);
    assertThat(names()).contains("0", "1");
    assertThat(browser.focused().getAttribute("aria-label")).isEqualTo("Fold");
    assertThat(browser.texts(LAYERS + "[aria-expanded='true'] [tabulator-field='name']"))
        .containsExactly("layer1");
    long sum =
        layers("resnet18")
            .lines()
            .filter(line -> line.startsWith("layer1."))
            .mapToLong(line -> Long.parseLong(line.split(",")[7]))
            .sum();
    assertThat(browser.texts(LAYERS + "[aria-expanded='true'] [tabulator-field='n3']"))
        .containsExactly("%,d".formatted(sum));
    browser.click("#unfold");
    assertThat(names()).contains("conv2");
  }

  @Test
  void waterfall_isTheLedgerOfTheConventionsChosen() {
    browser.choose("model", "mobilenet_v3_small");
    browser.choose("from", "exact");
    browser.choose("to", "ptflops");
    String[] request = {"explain", "mobilenet_v3_small", "--from", "exact", "--to", "ptflops"};
    String[] csv = Arrays.copyOf(request, request.length + 2);
    csv[request.length] = "--format";
    csv[request.length + 1] = "csv";
    assertThat(browser.copied("#waterfall-table button")).isEqualTo(run(csv));
    browser.click("#swap");
    assertThat(browser.texts("#from option:checked, #to option:checked"))
        .containsExactly("ptflops", "exact");
    assertThat(browser.element("#waterfall-words").getText()).startsWith("ptflops counts ");
  }

  @Test
  void ladder_stepsAddUpFromTheFirstConventionToTheLast() {
    long first = Long.parseLong(String.valueOf(data("#ladder-table tr:first-child data")));
    Object steps =
        browser.js(
            "return [...document.querySelectorAll('#ladder-table tbody tr')]"
                + ".map(r => r.cells[2].querySelector('data')?.value).filter(Boolean)");
    long last =
        ((List<?>) steps).stream().mapToLong(step -> Long.parseLong(step.toString())).sum() + first;
    assertThat(data("#ladder-table tbody tr:last-child data")).isEqualTo(Long.toString(last));
    assertThat(String.join(" ", browser.texts("#ladder-table td:last-child")))
        .contains("batch norm not counted by mac");
  }

  private static String data(String css) {
    return String.valueOf(browser.element(css).getAttribute("value"));
  }

  @Test
  void sweep_runsOverBatchesToo_ofOneModelUnderEveryConvention() {
    browser.choose("axis", "batch");
    browser.choose("sweep-model", "resnet18");
    browser.choose("sweep-convention", "all");
    List<String> copied = browser.copied("#sweep-table button").lines().toList();
    List<String> expected =
        run("compare", "resnet18", "-b", "1,2,4,8,16,32,64", "-c", "thop", "--format", "csv")
            .lines()
            .skip(1)
            .map(line -> line.split(","))
            .map(cells -> "resnet18,thop,%s,224,224,%s".formatted(cells[1], cells[5]))
            .toList();
    assertThat(expected).hasSize(7);
    assertThat(copied).containsAll(expected);
  }

  @Test
  void copiedSummary_isTheCommandLinesTable() {
    assertThat(browser.copied("[data-csv=summary]"))
        .isEqualTo(run("compare", "resnet18", "mobilenet_v3_small", "--format", "csv"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void hostileNames_stayNames_onThePageAndInWhatIsCopied(String scheme) throws IOException {
    browser.look(1280, 900, scheme);
    open(hostile);
    String expected = layers(hostileModel.toString());
    assertThat(expected).contains("'=1+1", "'@x", "'-2", "'+a");
    assertThat(browser.copied("#layers-csv")).isEqualTo(expected);
    browser.click("#tree");
    assertThat(names()).contains("<img src=x onerror=alert(1)>", "</script><script>alert(1)//");
    assertThat(String.join("", names())).doesNotContain("\u0001", "\t").contains("{{data}}");
    assertThat(browser.element("h1").getText()).isEqualTo("<b>&'=.json");
    assertThat(browser.texts("h1 b, main img")).isEmpty();
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).containsOnly(hostile.toUri().toString());
  }

  @Test
  void policy_keepsOutWhatIsNotThePagesOwn() {
    Object ran =
        browser.js(
            "const script = document.createElement('script');"
                + "script.textContent = 'window.ran = true'; document.body.append(script);"
                + "const image = new Image(); image.src = 'file:///x.png'; document.body.append(image);"
                + "return String(window.ran)");
    assertThat(ran).isEqualTo("undefined");
    assertThat(String.join(" ", browser.complaints()))
        .contains("script-src")
        .contains("default-src");
  }

  @Test
  void countsPastWhatJavaScriptsNumbersHold_keepEveryDigit() throws IOException {
    // An odd batch, so that the digits at the end are none that a float would show by chance.
    Path page = page("large.html", "resnet18", "-b", "999999937", "-c", "mac,exact");
    open(page);
    String[] total =
        run("compare", "resnet18", "-b", "999999937", "-c", "mac,exact", "--format", "csv")
            .lines()
            .toList()
            .get(1)
            .split(",");
    assertThat(Long.parseLong(total[5])).isGreaterThan(1L << 53);
    String mac = "%,d".formatted(Long.parseLong(total[5]));
    assertThat(browser.texts(".tabulator-footer [tabulator-field='n3']")).containsExactly(mac);
    assertThat(browser.texts("#summary tbody td")).contains(mac);
    assertThat(browser.copied("#layers-csv"))
        .isEqualTo(layers("resnet18", "-b", "999999937", "-c", "mac,exact"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void printedPage_hasEveryLayer() {
    browser.click("#tree");
    browser.js("dispatchEvent(new Event('beforeprint')); return true");
    int layers = (int) layers("resnet18").lines().skip(1).count();
    assertThat(browser.texts("#layers-print tbody tr")).hasSize(layers);
    browser.js("dispatchEvent(new Event('afterprint')); return true");
    assertThat(browser.texts("#layers-print tr")).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void plainTables_arePagesThatKeepNobodyOut() throws IOException {
    for (String[] request :
        new String[][] {
          {"compare", "resnet18", "vgg11"},
          {"layers", hostileModel.toString()},
          {"explain", "resnet18"},
          {"conventions"},
        }) {
      Path file = folder.resolve(request[0] + "-table.html");
      String[] line = Arrays.copyOf(request, request.length + 2);
      line[request.length] = "-o";
      line[request.length + 1] = file.toString();
      run(line);
      open(file);
      assertThat(browser.texts("tbody tr")).as(request[0]).hasSizeGreaterThan(1);
      assertThat(browser.element("caption").getText()).isNotEmpty();
      assertThat(browser.barriers()).as(request[0]).isEmpty();
      assertThat(browser.complaints()).as(request[0]).isEmpty();
      assertThat(browser.requests()).containsOnly(file.toUri().toString());
    }
  }
}
