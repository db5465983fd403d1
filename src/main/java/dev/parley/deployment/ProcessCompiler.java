package dev.parley.deployment;

import dev.parley.bpmn.Definitions;
import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.ProcessDefinition;
import dev.parley.deployment.ExecutableProcess.Flow;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.ExecutableProcess.ScopeDefinition;
import dev.parley.deployment.Partners.Shared;
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
    var shared =
        new Shared(definitions, contract, operations, settings.endpoints(), roles(operations));
    var compiled =
        definitions.processes().stream()
            .flatMap(p -> compile(p, correlations, shared).stream())
            .toList();
    correlations.warnOfUnusedKeys();
    return compiled;
  }

  private Map<String, Roles> roles(Operations operations) {
    var roles = new LinkedHashMap<String, Roles>();
    for (var process : definitions.processes()) {
      roles.put(
          process.id(), new Roles(definitions, process, new Graph(process), operations, findings));
    }
    return roles;
  }

  private Optional<ExecutableProcess> compile(
      ProcessDefinition process, Correlations correlations, Shared shared) {
    checkKey(process);
    int before = findings.errors();
    var graph = new Graph(process);
    var scopes = new Scopes(process);
    var roles = Objects.requireNonNull(shared.roles().get(process.id()));
    var data = new DataItems(process, scopes, findings);
    var ownEndpoints = new OwnEndpoints(findings);
    var policies = new Policies(settings, process, graph, contract.schemas(), findings);
    var joined = joined(roles, data, policies, ownEndpoints);
    var partners = new Partners(shared, process, findings);
    var nodes = nodes(process, nodeCompiler(partners, graph, scopes, joined));
    var computed = correlations.computed(process, joined.formulas());
    var messages = correlations.extractions(roles, ownEndpoints.areAskedFor());
    var provided =
        new ProvidedPorts(process, contract, settings.address(), policies.understood(), findings)
            .of(roles);
    ownEndpoints.check(provided);
    var processData = data.ofProcess(process);
    data.warnOfUnused();
    // What hinders a node may have been found before, with the operations.
    if (findings.errors() > before || nodes.size() < process.nodes().size()) {
      return Optional.empty();
    }
    var keyScopes = new KeyScopes(roles, scopes, messages);
    var keys = correlations.keys(keyScopes, computed, ownEndpoints.areAskedFor());
    var content = new Content(nodes, graph.flows(), scopes.definitions(graph, data), processData);
    return Optional.of(executable(process, content, joined, keys, messages, provided));
  }

  private record Content(
      List<Node> nodes, List<Flow> flows, List<ScopeDefinition> scopes, ProcessData data) {}

  private static ExecutableProcess executable(
      ProcessDefinition process,
      Content content,
      Joined joined,
      List<ExecutableProcess.Key> keys,
      Map<MessageName, KeyExtraction> messages,
      List<ServicePort> provided) {
    return new ExecutableProcess(
        process.id(),
        process.name(),
        content.nodes(),
        content.flows(),
        content.scopes(),
        joined.items().items(),
        content.data(),
        keys,
        messages,
        operations(joined.roles()),
        provided,
        joined.policies().ofProcess(),
        joined.policies().ofAnswers(),
        InclusiveJoins.of(content.nodes(), content.flows()),
        process.location());
  }

  private record Joined(Roles roles, DataItems items, Policies policies, Formulas formulas) {}

  private Joined joined(Roles roles, DataItems data, Policies policies, OwnEndpoints ownEndpoints) {
    var formulas = new Formulas(expressions, data, ownEndpoints, findings);
    return new Joined(roles, data, policies, formulas);
  }

  private NodeCompiler nodeCompiler(Partners partners, Graph graph, Scopes scopes, Joined joined) {
    var formulas = joined.formulas();
    var data = new DataJoin(joined.items(), formulas, findings);
    var interactions =
        new Interactions(
            new Interactions.Joins(joined.roles(), data, formulas, joined.policies()),
            partners,
            findings);
    var errors = new Errors(partners.operations(), joined.roles(), data, findings);
    return new NodeCompiler(
        graph,
        scopes,
        new NodeCompiler.Joins(interactions, data, formulas),
        new EventCompiler(graph, interactions, errors, data, formulas),
        new LoopCompiler(scopes, joined.items(), formulas));
  }

  private static List<Node> nodes(ProcessDefinition process, NodeCompiler compiler) {
    var elements = new HashMap<String, Element>();
    // A boundary event may stand before the activity that it is attached to.
    for (boolean boundary : List.of(false, true)) {
      for (var node : process.nodes()) {
        if (node instanceof FlowNode.BoundaryEvent == boundary) {
          compiler.compile(node, elements).ifPresent(e -> elements.put(node.id(), e));
        }
      }
    }
    var nodes = new ArrayList<Node>();
    for (var node : process.nodes()) {
      var element = elements.get(node.id());
      if (element != null) {
        nodes.add(compiler.node(node, element));
      }
    }
    return nodes;
  }

  private static Map<OperationName, Operation> operations(Roles roles) {
    var operations = new HashMap<OperationName, Operation>();
    for (var use : roles.uses()) {
      Correlations.parts(use, roles)
          .forEach(p -> operations.put(p.operation().name(), p.operation().wsdl()));
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
