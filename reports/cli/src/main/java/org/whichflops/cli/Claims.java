package org.whichflops.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.explain.Answer;
import org.whichflops.report.explain.Ledger;
import org.whichflops.report.explain.NetworkSide;
import org.whichflops.report.explain.Side;
import org.whichflops.report.identify.Candidate;
import org.whichflops.report.identify.Identification;
import org.whichflops.report.identify.PrintedNumber;
import org.whichflops.report.identify.Slip;
import org.whichflops.zoo.ModelRequest;
import org.whichflops.zoo.Zoo;

/** What a claimed number is, in words. */
final class Claims {
  private static final int TOLD_APART = 3;

  private Claims() {}

  /** Looks for readings of a claim about one model. */
  static Identification of(
      PrintedNumber claim, String request, Network network, List<Convention> conventions) {
    return isOfZoo(request)
        ? Identification.ofModel(claim, request, network, conventions)
        : Identification.ofFile(claim, network, conventions);
  }

  private static boolean isOfZoo(String request) {
    try {
      return !ModelArguments.looksLikeFile(request)
          && Zoo.architecture(ModelRequest.parse(request).name()) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** How many readings there are, or that there is none. */
  static String answer(Identification found, int top) {
    PrintedNumber claim = found.claim();
    int size = found.candidates().size();
    if (!found.found()) {
      return (claim.saysParameters() ? "Nothing known has %s" : "Nothing known is printed as %s")
              .formatted(claim.text())
          + (size == 0
              ? ", nor anything near."
              : String.format(
                  Locale.ROOT,
                  "; these come nearest, the first %.3g %% off.",
                  100 * found.candidates().get(0).distance()));
    }
    String plainest = size > top ? "; the plainest " + top + " first." : ", the plainest first.";
    List<Candidate> ofParameters =
        found.candidates().stream().filter(Candidate::ofParameters).toList();
    if (ofParameters.size() == size) {
      List<String> networks = ofParameters.stream().map(Candidate::model).distinct().toList();
      String who =
          networks.size() == 1 ? networks.get(0) + " has" : networks.size() + " networks have";
      return (claim.saysParameters()
              ? "%s is what %s."
              : "No count of operations is printed as %s, but it is how many parameters %s.")
          .formatted(claim.text(), who);
    }
    return "%d count%s printed as %s%s%s"
        .formatted(
            size,
            size == 1 ? " is" : "s are",
            claim.text(),
            plainest,
            ofParameters.isEmpty()
                ? ""
                : " Of these %d %s parameters, not operations."
                    .formatted(ofParameters.size(), ofParameters.size() == 1 ? "counts" : "count"));
  }

  /** The same, with what separates the readings from the model's multiply-accumulates. */
  static String explained(Identification found, Network network, int top) {
    StringBuilder text = new StringBuilder(answer(found, top));
    List<Candidate> told = new ArrayList<>();
    Map<Long, Candidate> distinct = new LinkedHashMap<>();
    found.candidates().forEach(c -> distinct.putIfAbsent(c.value(), c));
    for (Candidate candidate : distinct.values()) {
      if (told.size() < TOLD_APART) {
        told.add(candidate);
      }
    }
    for (Candidate candidate : told) {
      text.append("\n\n").append(reading(candidate, found, network));
    }
    if (told.stream().anyMatch(Candidate::ofParameters)) {
      text.append("\n\n").append(operations(network));
    }
    return text.toString();
  }

  private static String reading(Candidate candidate, Identification found, Network network) {
    if (candidate.ofParameters()) {
      return "%s has %s parameters%s."
          .formatted(
              candidate.model(),
              count(candidate.value()),
              candidate.slip() == Slip.NONE ? "" : ", printed with " + candidate.slip().words());
    }
    String lead =
        "%s prints %s: %s counts %s%s."
            .formatted(
                candidate.convention(),
                candidate.printed(),
                named(candidate),
                count(candidate.value()),
                candidate.slip() == Slip.NONE ? "" : ", " + candidate.slip().words());
    String why = why(candidate, network);
    return found.found() ? lead + " " + why : "Nearest: " + lead + " " + why;
  }

  /** What somebody who has read a number of parameters as one of operations was looking for. */
  private static String operations(Network network) {
    Side side = Side.of(Conventions.installed().find("mac"), network, network.input().shape());
    return "Parameters are what a network stores, not operations that it takes: %s at %s takes %s multiply-accumulates."
        .formatted(network.name(), network.input().shape(), count(side.total()));
  }

  private static String named(Candidate candidate) {
    String input =
        candidate.height() == 0 ? "" : " at %dx%d".formatted(candidate.height(), candidate.width());
    String batch = candidate.batch() == 1 ? "" : ", batch " + candidate.batch();
    return candidate.model() + input + batch;
  }

  /** The ledger from the model's multiply-accumulates, or from the model under that convention. */
  private static String why(Candidate candidate, Network network) {
    Convention convention = Conventions.installed().find(candidate.convention());
    Convention mac = Conventions.installed().find("mac");
    if (candidate.change().startsWith("without")) {
      return "The last layer is left out.";
    }
    if (candidate.rank() == 0) {
      if (convention.about().id().equals("mac")) {
        return "";
      }
      return Answer.of(
          "Against multiply-accumulates",
          Ledger.between(
              Side.of(mac, network, network.input().shape()),
              Side.of(convention, network, network.input().shape())));
    }
    Network other =
        candidate.model().equals(network.name()) ? network : Zoo.build(candidate.model());
    return Answer.of(
        "Under " + convention.about().id(),
        Ledger.between(
            NetworkSide.of(convention, network, network.input().shape()),
            NetworkSide.of(
                convention,
                other,
                candidate.height() == 0
                    ? other.input().at(candidate.batch())
                    : other.input().at(candidate.batch(), candidate.height(), candidate.width()))));
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
