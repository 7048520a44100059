package org.whichflops.cli;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.report.identify.PrintedNumber;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Holds models to limits, for build pipelines. */
final class CheckCommand implements Command {
  private static final String PARAMETERS = "params";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "check",
            "Holds models to limits: exit status 3, and one line for each limit broken.",
            "check mobilenet_v2 --max mac=320M --max params=4M",
            "check net.onnx --batch 1 --resolution 320 --max \"fvcore(grad=false)=1.2G\"");
    ModelArguments.addTo(spec, "1..*");
    spec.addOption(
        Specs.values(
            "ID=VALUE",
            "The most a convention may count, or 'params' may be: mac=300M. May be repeated.",
            "--max"));
    InputOptions.addTo(spec);
    return spec;
  }

  @Override
  public void run(ParseResult request, Writer out) throws IOException {
    List<Limit> limits = new ArrayList<>();
    for (String text : request.matchedOptionValue("--max", List.<String>of())) {
      limits.add(Limit.parse(text, Conventions.installed()));
    }
    if (limits.isEmpty()) {
      throw new RequestException("check takes --max, for instance --max mac=300M");
    }
    InputOptions inputs = InputOptions.of(request);
    StringBuilder broken = new StringBuilder();
    for (Network network : ModelArguments.of(request)) {
      Shape input = inputs.only(network, "check");
      for (Limit limit : limits) {
        long value = limit.of(network, input);
        if (BigDecimal.valueOf(value).compareTo(limit.most()) > 0) {
          broken.append(limit.broken(network, input, value)).append('\n');
        }
      }
    }
    out.append(broken);
    if (!broken.isEmpty()) {
      throw new LimitsBrokenException();
    }
  }

  /**
   * One limit.
   *
   * @param text as it was given
   * @param id the convention, or {@code params}
   * @param conventions the convention; none for parameters
   * @param most the largest number that is allowed
   */
  private record Limit(String text, String id, List<Convention> conventions, BigDecimal most) {
    static Limit parse(String text, Conventions installed) {
      int equals = text.lastIndexOf('=');
      if (equals < 1) {
        throw new RequestException(
            "--max is ID=VALUE such as mac=300M or params=4M, not '%s'".formatted(text));
      }
      String id = text.substring(0, equals).trim();
      BigDecimal most = PrintedNumber.parse(text.substring(equals + 1)).value();
      return id.equals(PARAMETERS)
          ? new Limit(text, id, List.of(), most)
          : new Limit(
              text, id, List.of(ConventionOption.find(installed, id, List.of(PARAMETERS))), most);
    }

    long of(Network network, Shape input) {
      if (conventions.isEmpty()) {
        return network.parameters();
      }
      Convention convention = conventions.get(0);
      try {
        return convention.counter(network).total(network.forward(convention.mode(), input));
      } catch (ToolFailureException e) {
        throw new RequestException(
            "%s fails on %s: %s"
                .formatted(convention.about().tool(), network.name(), e.getMessage()));
      }
    }

    String broken(Network network, Shape input, long value) {
      String place = conventions.isEmpty() ? "" : " at " + input;
      return String.format(
          Locale.ROOT,
          "%s%s: %s is %,d, %,d more than %s allows",
          network.name(),
          place,
          id,
          value,
          BigDecimal.valueOf(value)
              .subtract(most)
              .setScale(0, java.math.RoundingMode.CEILING)
              .toBigInteger(),
          text);
    }
  }
}
