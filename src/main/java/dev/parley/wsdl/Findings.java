package dev.parley.wsdl;

import dev.parley.finding.Finding;
import dev.parley.finding.Location;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Collects findings, so that a reader may go on after the first. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  void error(Element at, String rule, String problem, String remedy) {
    error(LocatedXml.location(at), nameOf(at), rule, problem, remedy);
  }

  void error(Location at, String element, String rule, String problem, String remedy) {
    add(Finding.error(at, element, rule, problem, remedy));
  }

  void warning(Element at, String rule, String problem, String remedy) {
    add(Finding.warning(LocatedXml.location(at), nameOf(at), rule, problem, remedy));
  }

  boolean hasErrors() {
    return all.stream().anyMatch(Finding::isError);
  }

  List<Finding> all() {
    return all.stream().sorted().toList();
  }

  // A message that several operations share is looked at several times.
  private void add(Finding finding) {
    if (!all.contains(finding)) {
      all.add(finding);
    }
  }

  private static String nameOf(Element at) {
    for (Node node = at; node instanceof Element element; node = node.getParentNode()) {
      if (element.hasAttribute("name")) {
        return element.getAttribute("name");
      }
    }
    return "";
  }
}
