package dev.parley.deployment;

import dev.parley.bpmn.Definitions;
import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.ProcessDefinition;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Partners.Surroundings;
import dev.parley.expression.Expressions;
import dev.parley.message.OperationName;
import dev.parley.wsdl.Contract;
import dev.parley.wsdl.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Compiles the processes of one file. */
final class ProcessCompiler {
  private final Definitions definitions;
  private final Contract contract;
  private final Expressions expressions;
  private final Settings settings;
  private final Findings findings;

  ProcessCompiler(
      Definitions definitions,
      Contract contract,
      Expressions expressions,
      Settings settings,
      Findings findings) {
    this.definitions = definitions;
    this.contract = contract;
    this.expressions = expressions;
    this.settings = settings;
    this.findings = findings;
  }

  /** Those in which nothing was found. */
  List<ExecutableProcess> compile() {
    var operations = new Operations(definitions, contract, findings);
    var correlations = new Correlations(definitions, expressions, findings);
    var surroundings =
        new Surroundings(
            definitions, contract, operations, settings.endpoints(), roles(operations));
    var compiled =
        definitions.processes().stream()
            .flatMap(p -> compile(p, correlations, surroundings).stream())
            .toList();
    correlations.warnOfUnusedKeys();
    return compiled;
  }

  private Map<String, Roles> roles(Operations operations) {
    var roles = new LinkedHashMap<String, Roles>();
    for (var process : definitions.processes()) {
      roles.put(process.id(), new Roles(definitions, process, operations, findings));
    }
    return roles;
  }

  private Optional<ExecutableProcess> compile(
      ProcessDefinition process, Correlations correlations, Surroundings surroundings) {
    checkKey(process);
    var graph = new Graph(process);
    var roles = Objects.requireNonNull(surroundings.roles().get(process.id()));
    var data = new DataItems(process, findings);
    var policies = new Policies(settings, process, findings);
    var partners = new Partners(surroundings, process, findings);
    var elements = elements(process, nodeCompiler(partners, graph, roles, data, policies));
    var messages = correlations.extractions(roles);
    var provided = new ProvidedPorts(process, contract, findings).of(roles);
    data.warnOfUnused(findings);
    if (elements.size() < process.nodes().size()) {
      return Optional.empty();
    }
    var compiled = nodes(process, graph, elements);
    return Optional.of(
        new ExecutableProcess(
            process.id(),
            process.name(),
            compiled,
            graph.flows(),
            data.items(),
            correlations.keys(),
            messages,
            operations(roles),
            provided,
            policies.ofProcess(),
            Reachability.of(compiled, graph.flows()),
            process.location()));
  }

  private NodeCompiler nodeCompiler(
      Partners partners, Graph graph, Roles roles, DataItems items, Policies policies) {
    var formulas = new Formulas(expressions, items, findings);
    var data = new DataJoin(items, formulas, findings);
    return new NodeCompiler(
        graph,
        new Interactions(roles, data, policies, partners, findings),
        new Errors(partners.operations(), roles, data, findings),
        data,
        formulas);
  }

  private static Map<String, Element> elements(ProcessDefinition process, NodeCompiler compiler) {
    var elements = new HashMap<String, Element>();
    // A boundary event may stand before the activity that it is attached to.
    for (boolean boundary : List.of(false, true)) {
      for (var node : process.nodes()) {
        if (node instanceof FlowNode.BoundaryErrorEvent == boundary) {
          compiler.compile(node, elements).ifPresent(e -> elements.put(node.id(), e));
        }
      }
    }
    return elements;
  }

  private static List<Node> nodes(
      ProcessDefinition process, Graph graph, Map<String, Element> elements) {
    var nodes = new ArrayList<Node>();
    for (var node : process.nodes()) {
      var common = node.common();
      var element = elements.get(node.id());
      if (element != null) {
        nodes.add(
            new Node(
                nodes.size(),
                node.id(),
                common.name(),
                element,
                graph.outgoing(node),
                common.incoming().size(),
                graph.boundary(node),
                node.location()));
      }
    }
    return nodes;
  }

  private static Map<OperationName, Operation> operations(Roles roles) {
    var operations = new HashMap<OperationName, Operation>();
    for (var use : roles.uses()) {
      roles.part(use).ifPresent(p -> operations.put(p.operation().name(), p.operation().wsdl()));
    }
    return operations;
  }

  private void checkKey(ProcessDefinition process) {
    if (!ProvidedPorts.ADDRESSABLE.matcher(process.id()).matches()) {
      findings.error(
          process.location(),
          process.id(),
          Rule.PROCESS_KEY,
          "Expected a process id of 1 to 128 letters, digits, dots, hyphens and underscores, for it is part of the address, but found '%s'."
              .formatted(process.id()),
          "Rename the process.");
    }
  }
}
