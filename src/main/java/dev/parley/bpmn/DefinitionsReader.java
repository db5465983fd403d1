package dev.parley.bpmn;

import static java.util.Collections.unmodifiableMap;

import dev.parley.bpmn.Definitions.Collaboration;
import dev.parley.bpmn.Definitions.Import;
import dev.parley.finding.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole file (BPMN 2.0.2, clause 8.2.1), of which only what can execute matters. */
final class DefinitionsReader {

  private final XmlElement root;
  private final Findings findings;
  private final ImportReader imports;

  DefinitionsReader(XmlElement root, Findings findings, ImportReader imports) {
    this.root = root;
    this.findings = findings;
    this.imports = imports;
  }

  Definitions read() throws RefusedException {
    var executable = executable(root);
    if (executable.isEmpty()) {
      findings.warning(
          root,
          Rule.NOTHING_EXECUTABLE,
          "Expected a process with isExecutable=\"true\", but found none.",
          "Set isExecutable on the processes that are to run.");
      findings.refuseErrors();
      return definitions(List.of(), new Catalogue(), List.of(), List.of());
    }
    var references = new References(root, findings);
    var expressions = new Expressions(root, findings);
    new Vocabulary(references, findings).check(root, executable);
    var catalogue = new CatalogueReader(references, expressions, findings).read(root);
    var imported = imports.read(root);
    var pools = new CollaborationReader(root, references, catalogue, findings).read();
    var reader = new ProcessReader(references, expressions, catalogue, findings);
    var processes = new ArrayList<ProcessDefinition>();
    for (var process : executable) {
      for (var container : new ProcessTree(process).containers()) {
        new StructureRules(container, references, findings).check();
      }
      processes.add(reader.read(process));
    }
    findings.refuseErrors();
    return definitions(imported, catalogue, pools, processes);
  }

  static List<XmlElement> executable(XmlElement definitions) {
    return definitions.children("process").stream()
        .filter(p -> p.isTrue("isExecutable", false))
        .toList();
  }

  private Definitions definitions(
      List<Import> imported,
      Catalogue catalogue,
      List<Collaboration> collaborations,
      List<ProcessDefinition> processes) {
    return new Definitions(
        root.location().file(),
        root.attribute("targetNamespace").orElse(""),
        imported,
        unmodifiableMap(catalogue.items),
        unmodifiableMap(catalogue.messages),
        unmodifiableMap(catalogue.errors),
        unmodifiableMap(catalogue.operations),
        unmodifiableMap(catalogue.correlationProperties),
        collaborations,
        List.copyOf(processes),
        findings.warnings());
  }
}
