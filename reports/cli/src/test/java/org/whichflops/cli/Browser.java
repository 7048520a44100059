package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser without a window: the machine's own Chromium, never one from the net. */
final class Browser implements AutoCloseable {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> DRIVERS = List.of("chromedriver", "chromium-driver");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts it; a machine without one skips the test, and says so. */
  static Browser open() {
    File browser = find(BROWSERS);
    File chromedriver = find(DRIVERS);
    assumeTrue(
        browser != null && chromedriver != null,
        "skipped: no Chromium with its driver on the PATH (.ci/run installs both)");
    // Without these Selenium would look for a driver of its own on the net.
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Objects.requireNonNull(chromedriver))
            .usingAnyFreePort()
            .build();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Objects.requireNonNull(browser));
    options.addArguments(
        "--headless=new",
        // Continuous integration is root in a container, where Chromium's sandbox does not start.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        "--window-size=1280,900");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    // It warns that it does not know this version's protocol, which is not used by way of it.
    java.util.logging.Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE);
    ChromeDriver driver = new ChromeDriver(service, options);
    // A machine with other work to do takes its time over axe.
    driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(3));
    return new Browser(driver);
  }

  private static @Nullable File find(List<String> names) {
    for (String folder : Objects.toString(System.getenv("PATH"), "").split(File.pathSeparator)) {
      for (String name : names) {
        File file = new File(folder, name);
        if (file.canExecute()) {
          return file;
        }
      }
    }
    return null;
  }

  /** Opens a file as a double click would. */
  void open(Path page) {
    driver.get(page.toUri().toString());
  }

  /** Makes the window a size, and light or dark. */
  void look(int width, int height, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** What a script returns. */
  Object js(String script, Object... arguments) {
    return Objects.requireNonNull(driver.executeScript(script, arguments), script);
  }

  /** The words of every element of a kind. */
  List<String> texts(String css) {
    Object texts =
        js("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", css);
    return ((List<?>) texts).stream().map(String::valueOf).toList();
  }

  /** The same once there is one: the table of layers is drawn anew some time after a click. */
  List<String> textsOnceDrawn(String css) {
    driver.executeAsyncScript(
        "const [css, done] = arguments;"
            + "const look = () => document.querySelector(css) ? done() : setTimeout(look, 20);"
            + "look()",
        css);
    return texts(css);
  }

  WebElement element(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  /** Scrolls to something, and waits until what is drawn only when it is seen has been drawn. */
  void show(String css) {
    driver.executeAsyncScript(
        "document.querySelector(arguments[0]).scrollIntoView(); const done = arguments[1];"
            + "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 200)))",
        css);
  }

  /** Where the keyboard is. */
  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  void click(String css) {
    element(css).click();
  }

  /** Chooses an entry of a selection by what it says. */
  void choose(String id, String text) {
    element("#" + id).findElements(By.tagName("option")).stream()
        .filter(option -> option.getText().equals(text))
        .findFirst()
        .orElseThrow()
        .click();
  }

  /** Clicks a button that copies, and reads the clipboard. */
  String copied(String css) {
    driver.executeCdpCommand(
        "Browser.grantPermissions",
        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    js("document.querySelector('#status').textContent = ''; return true");
    js(
        "const e = document.querySelector(arguments[0]); e.closest('details')?.setAttribute('open', ''); return true",
        css);
    click(css);
    Object text =
        driver.executeAsyncScript(
            "const done = arguments[0]; const read = () =>"
                + " document.querySelector('#status').textContent.startsWith('Copied')"
                + " ? navigator.clipboard.readText().then(done) : setTimeout(read, 20); read();");
    return String.valueOf(text);
  }

  /** What it complained of since the last time: errors, and what the page's policy kept out. */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      complaints.add(entry.toString());
    }
    return complaints;
  }

  /** Every address that it asked for since the last time. */
  List<String> requests() throws IOException {
    List<String> addresses = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = new ObjectMapper().readTree(entry.getMessage()).path("message");
      if (message.path("method").asText().equals("Network.requestWillBeSent")) {
        addresses.add(message.at("/params/request/url").asText());
      }
    }
    return addresses;
  }

  /** What axe finds that keeps somebody from using the page: the rule and where. */
  List<String> barriers() throws IOException {
    try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
      driver.executeScript(
          new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
    }
    Object found =
        driver.executeAsyncScript(
            "const done = arguments[0]; axe.run().then(r => done(r.violations"
                + ".filter(v => v.impact === 'serious' || v.impact === 'critical')"
                + ".map(v => v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary))))");
    List<String> barriers = ((List<?>) found).stream().map(String::valueOf).toList();
    assertThat(js("return typeof axe.run")).isEqualTo("function");
    return barriers;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
