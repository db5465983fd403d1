package dev.parley.deployment;

import dev.parley.bpmn.Bpmn;
import dev.parley.bpmn.Definitions;
import dev.parley.expression.Expressions;
import dev.parley.finding.RefusedException;
import dev.parley.wsdl.Contract;
import dev.parley.wsdl.Wsdl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Makes a bundle runnable, or says all that is wrong with it (BPMN 2.0.2, clause 2.2.2). */
public final class Deployer {
  private final Expressions expressions;
  private final Settings settings;

  public Deployer(Expressions expressions, Settings settings) {
    this.expressions = expressions;
    this.settings = settings;
  }

  /** The same bundle always gives the same; refused with every finding of every file at once. */
  public Deployable compile(Bundle bundle) throws RefusedException {
    var findings = new Findings();
    var contract = contract(bundle, findings);
    var models = models(bundle, findings);
    var processes = new ArrayList<ExecutableProcess>();
    for (var model : models) {
      contract.ifPresent(
          c ->
              processes.addAll(
                  new ProcessCompiler(model, c, expressions, settings, findings).compile()));
    }
    checkUnique(models, findings);
    warnOfCalls(processes, findings);
    findings.refuseErrors();
    return new Deployable(bundle, processes, findings.sorted());
  }

  private static Optional<Contract> contract(Bundle bundle, Findings findings) {
    try {
      var contract = Wsdl.read(bundle.root(), bundle.filesEndingWith(".wsdl"));
      findings.addAll(contract.warnings());
      return Optional.of(contract);
    } catch (RefusedException e) {
      findings.addAll(e.findings());
      return Optional.empty();
    }
  }

  private static List<Definitions> models(Bundle bundle, Findings findings) {
    var models = new ArrayList<Definitions>();
    for (var file : bundle.filesEndingWith(".bpmn")) {
      try {
        var model = Bpmn.read(bundle.root(), file);
        findings.addAll(model.warnings());
        models.add(model);
      } catch (RefusedException e) {
        findings.addAll(e.findings());
      }
    }
    return models;
  }

  /** What a call activity calls may be in another bundle. */
  private static void warnOfCalls(List<ExecutableProcess> processes, Findings findings) {
    var keys = processes.stream().map(ExecutableProcess::key).toList();
    for (var process : processes) {
      for (var node : process.nodes()) {
        if (node.element() instanceof Element.CallActivity call && !keys.contains(call.process())) {
          findings.warning(
              node.location(),
              node.id(),
              Rule.CALLED_ELSEWHERE,
              "Expected '%s' to call a process of this bundle, but it has no '%s'."
                  .formatted(node.name(), call.process()),
              "Correct calledElement, or deploy the bundle that has it before it is called.");
        }
      }
    }
  }

  private static void checkUnique(List<Definitions> models, Findings findings) {
    var files = new HashMap<String, String>();
    for (var model : models) {
      for (var process : model.processes()) {
        var other = files.putIfAbsent(process.id(), model.file());
        if (other != null) {
          findings.error(
              process.location(),
              process.id(),
              Rule.DUPLICATE_PROCESS,
              "Expected every process of the bundle to have an id of its own, but %s has '%s' too."
                  .formatted(other, process.id()),
              "Rename one of the processes.");
        }
      }
    }
  }
}
