package dev.parley.conformance.language;

import dev.parley.deployment.Bundles;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ServicePort;
import dev.parley.deployment.Settings;
import dev.parley.expression.Expressions;
import dev.parley.finding.Finding;
import dev.parley.finding.RefusedException;
import dev.parley.message.OperationName;
import dev.parley.wsdl.Operation;
import dev.parley.wsdl.SoapVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the bundles of cases provide; each is compiled once. */
public final class Contracts {
  public static final Contracts SHARED = new Contracts();

  private final Deployer deployer = new Deployer(new Expressions(), Settings.DEFAULT);
  private final Map<Path, Read> read = new ConcurrentHashMap<>();

  /** What a bundle holds, or why it cannot be deployed. */
  private record Read(List<ExecutableProcess> processes, List<Finding> findings) {
    Stream<Listening> ports() {
      return processes.stream().flatMap(p -> p.provided().stream().map(s -> listening(p, s)));
    }

    private static Listening listening(ExecutableProcess process, ServicePort port) {
      var received =
          process.nodes().stream()
              .flatMap(n -> n.element().receive().stream())
              .filter(r -> r.kind() == r.operation().pattern().first())
              .map(r -> r.operation().name())
              .collect(Collectors.toSet());
      var operations = port.service().operations();
      return new Listening(
          port, operations.stream().filter(o -> received.contains(o.name())).toList());
    }
  }

  /** A port, and the operations whose first message its process takes there: in or out. */
  private record Listening(ServicePort port, List<Operation> operations) {}

  /** Where a message goes. */
  public record Target(ServicePort port, Operation operation) {}

  private Contracts() {}

  /** Why a bundle cannot be deployed. */
  List<Finding> findings(Path bundle) {
    return read(bundle).findings();
  }

  /** The same; at a port of this version of SOAP where there is one. */
  public Target target(
      Collection<Path> bundles, Optional<String> process, String operation, SoapVersion version) {
    return targets(bundles, process, operation).stream()
        .filter(t -> t.port().port().soapVersion() == version)
        .findFirst()
        .orElseGet(() -> target(bundles, process, operation));
  }

  /**
   * The port and operation; throws IllegalArgumentException where {@link #problem} has something to
   * say.
   */
  public Target target(Collection<Path> bundles, Optional<String> process, String operation) {
    return targets(bundles, process, operation).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(operation));
  }

  /** What is wrong with such an address. */
  Optional<String> problem(Collection<Path> bundles, Optional<String> process, String operation) {
    var found = targets(bundles, process, operation);
    long processes = found.stream().map(t -> t.port().process()).distinct().count();
    if (processes == 1) {
      return Optional.empty();
    }
    var known = new TreeSet<String>();
    ports(bundles)
        .forEach(
            p ->
                p.operations()
                    .forEach(o -> known.add(p.port().process() + "/" + o.name().operation())));
    return Optional.of(
        "Expected an operation of one process, but found '%s', which %s; there are (process/operation): %s."
            .formatted(
                process.map(p -> p + "/").orElse("") + operation,
                found.isEmpty() ? "none has" : "several have",
                String.join(", ", known)));
  }

  private List<Target> targets(
      Collection<Path> bundles, Optional<String> process, String operation) {
    var found = new ArrayList<Target>();
    for (var listening : ports(bundles)) {
      var port = listening.port();
      if (process.isEmpty() || process.get().equals(port.process())) {
        listening.operations().stream()
            .filter(o -> o.name().operation().equals(operation))
            .forEach(o -> found.add(new Target(port, o)));
      }
    }
    return found;
  }

  /** What is wrong with such a simple message. */
  Optional<String> problem(Collection<Path> bundles, Letter.Simple letter) {
    var known =
        processes(bundles)
            .filter(p -> letter.process().map(p.key()::equals).orElse(true))
            .flatMap(p -> p.operations().keySet().stream())
            .filter(OperationName::isSimpleMessage)
            .map(OperationName::operation)
            .collect(Collectors.toSet());
    return problem("simple message", letter.name(), known);
  }

  /** What is wrong with starting such a process. */
  Optional<String> startProblem(Collection<Path> bundles, String process) {
    var known = processes(bundles).map(ExecutableProcess::key).collect(Collectors.toSet());
    return problem("process", process, known);
  }

  /** What is wrong with completing such a user task. */
  Optional<String> taskProblem(Collection<Path> bundles, Optional<String> process, String task) {
    var known =
        processes(bundles)
            .filter(p -> process.map(p.key()::equals).orElse(true))
            .flatMap(p -> p.nodes().stream())
            .filter(n -> n.element() instanceof Element.UserTask)
            .map(ExecutableProcess.Node::id)
            .collect(Collectors.toSet());
    return problem("user task", task, known);
  }

  private static Optional<String> problem(String what, String found, Set<String> known) {
    return known.contains(found)
        ? Optional.empty()
        : Optional.of(
            "Expected a %s of the bundles, but found '%s'; there are: %s."
                .formatted(what, found, String.join(", ", new TreeSet<>(known))));
  }

  private Stream<ExecutableProcess> processes(Collection<Path> bundles) {
    return bundles.stream().flatMap(b -> read(b).processes().stream());
  }

  private List<Listening> ports(Collection<Path> bundles) {
    return bundles.stream().flatMap(b -> read(b).ports()).toList();
  }

  private Read read(Path bundle) {
    return read.computeIfAbsent(bundle.toAbsolutePath().normalize(), this::compile);
  }

  private Read compile(Path bundle) {
    try {
      var compiled = deployer.compile(Bundles.read(bundle));
      return new Read(compiled.processes(), List.of());
    } catch (RefusedException e) {
      return new Read(List.of(), e.findings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
